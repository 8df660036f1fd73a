import type { FileSystem } from "@/posix/files/file-system";
import { resolvePath } from "@/posix/files/path";
import type { ProgramContext } from "../program";
import type { UserlandProcess } from "./state";

/** What one step of a command comes to. */
export type CommandStep =
  | { exit: number }
  /** Goes on when standard input has more. */
  | { wait: "stdin" }
  /** Goes on at this moment of the cluster's time. */
  | { wakeMs: number }
  /** Turns into another command: `env A=b cmd`, `timeout`, `sh`. */
  | { exec: string[]; env?: Record<string, string> };

/** What a command of a container's userland may do. It remembers between its steps what is in `memory`, and nothing else. */
export interface CommandIo {
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
  cwd: string;
  nowMs: number;
  files: FileSystem;
  context: ProgramContext;
  memory: Record<string, string | number | boolean>;
  /** Some data, null at the end, undefined where the command must wait for it. */
  read(): string | null | undefined;
  out(text: string): void;
  err(text: string): void;
  resolve(path: string): string;
  processes(): readonly UserlandProcess[];
  kill(pid: number, signal: string): boolean;
}

export type Command = (io: CommandIo) => CommandStep;

export const DONE: CommandStep = { exit: 0 };

/** A command that wants all of its input (its files, or standard input to the end) and then prints at once. */
export function filter(
  print: (text: string, io: CommandIo, files: string[]) => string | CommandStep,
  filesOf: (io: CommandIo) => string[] = plainWords,
): Command {
  return (io) => {
    const files = filesOf(io);
    let text = String(io.memory.input ?? "");
    if (files.length === 0) {
      for (let data = io.read(); data !== null; data = io.read()) {
        if (data === undefined) {
          io.memory.input = text;
          return { wait: "stdin" };
        }
        text += data;
      }
    }
    let missing = 0;
    for (const file of files) {
      const content = readOr(io, file);
      if (content === undefined) missing = 1;
      else text += content;
    }
    const result = print(text, io, files);
    if (typeof result !== "string") return result;
    io.out(result);
    return { exit: missing };
  };
}

/** Words that are not options. */
export const plainWords = (io: CommandIo): string[] =>
  io.argv.slice(1).filter((word) => word === "-" || !word.startsWith("-"));

/** The file's text; complains as busybox does and gives undefined where it cannot be read. */
export function readOr(io: CommandIo, file: string): string | undefined {
  try {
    return io.files.readFile(resolvePath(io.cwd, file));
  } catch (error) {
    io.err(`${io.argv[0]}: can't open '${file}': ${(error as Error).message}\n`);
    return undefined;
  }
}

export const linesOf = (text: string): string[] => (text === "" ? [] : text.replace(/\n$/, "").split("\n"));
export const unlines = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");
