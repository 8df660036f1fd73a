/** Lines that a shell remembers. */
export const HISTORY_LIMIT = 500;

/** Adds a line unless it repeats the last or begins with a space. */
export function remember(history: string[], line: string): string[] {
  const text = line.replace(/\n+$/, "");
  if (text.trim() === "" || text.startsWith(" ") || history.at(-1) === text) return history;
  return [...history, text].slice(-HISTORY_LIMIT);
}

/** A command of several lines as history shows it (bash's cmdhist); here-documents and quoted line ends stay. */
export function oneLine(text: string): string {
  const lines = text.replace(/\n+$/, "").split("\n");
  if (lines.length === 1 || /<<-?\s*\S/.test(text) || /["'`]/.test(text)) return lines.join("\n");
  return lines.reduce((joined, line) => {
    if (joined.endsWith("\\")) return joined.slice(0, -1) + line;
    const open = /(^|[\s;])(do|then|else|\{|\(|in)$|(&&|\|\||\||;|&|\()$/.test(joined.trimEnd());
    return `${joined.trimEnd()}${open ? " " : "; "}${line.trim()}`;
  });
}

/** `!!`, `!$`, `!n`, `!-n`, `!word`, `^old^new`. Undefined where the event is not found: its text is in `missing`. */
export function expandHistory(
  line: string,
  history: readonly string[],
): { text: string; changed: boolean } | { missing: string } {
  const quick = /^\^([^^]+)\^([^^]*)\^?$/.exec(line);
  if (quick) {
    const last = history.at(-1) ?? "";
    if (!last.includes(quick[1]!)) return { missing: `:s${line}` };
    return { text: last.replace(quick[1]!, quick[2]!), changed: true };
  }
  if (!line.includes("!")) return { text: line, changed: false };
  let text = "";
  let changed = false;
  let single = false;
  let double = false;
  for (let index = 0; index < line.length; index++) {
    const char = line[index]!;
    if (char === "\\" && !single) {
      text += char + (line[++index] ?? "");
      continue;
    }
    if (char === "'" && !double) single = !single;
    if (char === '"' && !single) double = !double;
    const event =
      char === "!" && !single && line[index - 1] !== "{" && line[index - 1] !== "$"
        ? /^!(!|\$|\^|\*|-?\d+|\?[^?\n]+\??|[A-Za-z./][^\s;|&"'()<>]*)/.exec(line.slice(index))
        : null;
    if (!event || (double && line[index + 1] === '"')) {
      text += char;
      continue;
    }
    const found = lookUp(event[1]!, history);
    if (found === undefined) return { missing: event[0] };
    text += found;
    changed = true;
    index += event[0].length - 1;
  }
  return { text, changed };
}

function lookUp(event: string, history: readonly string[]): string | undefined {
  const words = (history.at(-1) ?? "").trim().split(/\s+/);
  if (event === "!") return history.at(-1);
  if (event === "$") return words.at(-1);
  if (event === "^") return words[1];
  if (event === "*") return words.slice(1).join(" ");
  if (/^-\d+$/.test(event)) return history.at(Number(event));
  if (/^\d+$/.test(event)) return history[Number(event) - 1];
  if (event.startsWith("?")) return history.findLast((line) => line.includes(event.slice(1).replace(/\?$/, "")));
  return history.findLast((line) => line.startsWith(event));
}
