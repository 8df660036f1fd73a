import { commands as plainCommands } from "@/posix/commands";
import type { Command } from "../command";
import { extraCommands, networkCommands } from "./network";
import { adapted } from "./posix";

const SHELLS = new Set(["sh", "bash", "ash", "dash"]);

/** All commands that a script in a container may call, by name; which of them an image has is said by its files. */
export const commands: Readonly<Record<string, Command>> = {
  ...Object.fromEntries(Object.entries(plainCommands).map(([name, command]) => [name, adapted(command)])),
  ...networkCommands,
  ...extraCommands,
};

export const isShell = (name: string): boolean => SHELLS.has(name);

/** procps is no part of a slim Debian image. */
const PROCPS = new Set(["ps", "pgrep", "pkill", "free", "uptime"]);
/** What an exec session has besides: they run as tools of the session, not inside a script. */
const SESSION_ONLY = [
  "awk",
  "diff",
  "gzip",
  "gunzip",
  "zcat",
  "md5sum",
  "sha1sum",
  "sha256sum",
  "comm",
  "fold",
  "od",
  "more",
  "getent",
];

/** Names of the commands of a userland, for the files of `/bin`. */
export function commandNames(userland: "busybox" | "alpine" | "debian"): string[] {
  const names = new Set([...Object.keys(plainCommands), ...SESSION_ONLY, "sh"]);
  if (userland === "debian") {
    for (const name of PROCPS) names.delete(name);
    for (const name of ["bash", "dash"]) names.add(name);
  } else {
    for (const name of ["stdbuf", "dir"]) names.delete(name);
    if (userland === "busybox") names.delete("getent");
    for (const name of ["ash", "vi", "less", "watch", "clear", ...Object.keys(networkCommands)]) names.add(name);
  }
  return [...names].sort();
}
