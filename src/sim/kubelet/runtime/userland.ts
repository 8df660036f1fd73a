import type { FileEntry } from "@/posix/files/tree";
import type { Image } from "../../images/image";
import type { ProgramContext } from "../../images/program";

export interface CommandResult {
  exitCode: number;
  stdout: string;
  stderr: string;
  /** How long it ran. */
  tookMs: number;
}

export function userlandFiles(image: Image): Record<string, FileEntry> {
  if (image.userland === "none") return {};
  return Object.fromEntries(
    ["sh", "cat", "ls", "sleep", "echo", "true", "false"].map((name) => [
      `/bin/${name}`,
      { content: "\u007fELF", mode: 0o755 },
    ]),
  );
}

export function runInUserland(argv: readonly string[], context: ProgramContext): CommandResult {
  if (argv[0] === "cat") {
    try {
      return { exitCode: 0, stdout: context.files.readFile(argv[1]!), stderr: "", tookMs: 10 };
    } catch {
      return {
        exitCode: 1,
        stdout: "",
        stderr: `cat: can't open '${argv[1]}': No such file or directory\n`,
        tookMs: 10,
      };
    }
  }
  if (argv[0] === "sleep") return { exitCode: 0, stdout: "", stderr: "", tookMs: Number(argv[1]) * 1000 };
  return { exitCode: argv[0] === "true" ? 0 : 1, stdout: "", stderr: "", tookMs: 10 };
}
