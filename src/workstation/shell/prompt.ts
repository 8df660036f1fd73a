import { basename } from "@/posix/files/path";
import { formatTime } from "@/posix/shell/strftime";
import type { MachineInfo } from "../tools/tool";

/** PS1 and PS2 with bash's backslash escapes. */
export function expandPrompt(
  text: string,
  place: { cwd: string; info: MachineInfo; nowMs: number; status: number; history: number; shell: string },
): string {
  const { cwd, info, nowMs } = place;
  const short = cwd === info.home ? "~" : cwd.startsWith(`${info.home}/`) ? `~${cwd.slice(info.home.length)}` : cwd;
  return text.replace(/\\(?:([0-7]{3})|D\{([^}]*)\}|([\s\S]))/g, (all, octal, format, letter: string) => {
    if (octal) return String.fromCharCode(Number.parseInt(octal, 8));
    if (format !== undefined) return formatTime(format || "%X", nowMs);
    switch (letter) {
      case "u":
        return info.user.name;
      case "h":
        return info.hostname.split(".")[0]!;
      case "H":
        return info.hostname;
      case "w":
        return short;
      case "W":
        return short === "~" || short === "/" ? short : basename(short);
      case "$":
        return info.user.uid === 0 ? "#" : "$";
      case "n":
        return "\n";
      case "t":
        return formatTime("%H:%M:%S", nowMs);
      case "A":
        return formatTime("%H:%M", nowMs);
      case "d":
        return formatTime("%a %b %d", nowMs);
      case "s":
        return place.shell;
      case "!":
      case "#":
        return String(place.history + 1);
      case "?":
        return String(place.status);
      case "e":
        return "\x1b";
      case "a":
        return "\x07";
      case "\\":
        return "\\";
      case "[":
      case "]":
        return "";
      default:
        return all;
    }
  });
}
