import type { Command } from "../command";
import { fileCommands } from "./files";
import { extraCommands, networkCommands } from "./network";
import { systemCommands } from "./system";
import { textCommands } from "./text";

const SHELLS = new Set(["sh", "bash", "ash", "dash"]);

/** All commands that a script in a container may call, by name; which of them an image has is said by its files. */
export const commands: Readonly<Record<string, Command>> = {
  ...textCommands,
  ...fileCommands,
  ...systemCommands,
  ...networkCommands,
  ...extraCommands,
};

export const isShell = (name: string): boolean => SHELLS.has(name);

/** Names of the commands of every userland, for the files of `/bin`. */
export const commandNames: readonly string[] = [
  ...Object.keys(textCommands),
  ...Object.keys(fileCommands),
  ...Object.keys(systemCommands),
  "sh",
  "true",
  "false",
  "echo",
  "printf",
  "test",
  "[",
].sort();
/** What busybox has and a slim Debian has not. */
export const networkCommandNames: readonly string[] = Object.keys(networkCommands).sort();
