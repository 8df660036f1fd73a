import type { FileEntry } from "@/posix/files/tree";
import type { Image } from "../image";
import { commandNames } from "./commands";

export { type CommandResult, runCommand } from "./run-command";
export { shellProgram } from "./shell-program";

const BINARY: FileEntry = { content: "\u007fELF", mode: 0o755 };

/** The commands that an image's userland has, as files of `/bin` (and `/usr/bin` for what it adds). */
export function userlandFiles(image: Image): Record<string, FileEntry> {
  if (image.userland === "none") return {};
  const files: Record<string, FileEntry> = {};
  for (const name of commandNames(image.userland)) files[`/bin/${name}`] = BINARY;
  files["/usr/bin/env"] = BINARY;
  for (const name of image.extraCommands ?? []) files[`/usr/bin/${name}`] = BINARY;
  return files;
}
