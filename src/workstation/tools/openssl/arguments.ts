import { FileError } from "@/posix/files/file-system";
import { resolvePath } from "@/posix/files/path";
import type { ToolContext } from "../tool";

/** What ends an openssl command early, with its exit code. */
export class OpensslError extends Error {
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}

/** The options of one subcommand: `-name` alone, or with the next word where `valued` says so. */
export interface Arguments {
  has(name: string): boolean;
  value(name: string): string | undefined;
  all(name: string): string[];
  rest: string[];
}

export function parseArguments(
  command: string,
  argv: readonly string[],
  valued: readonly string[],
  flags: readonly string[],
): Arguments {
  const values: [string, string][] = [];
  const rest: string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index]!;
    if (!word.startsWith("-") || word === "-") {
      rest.push(word);
      continue;
    }
    const name = word.replace(/^--?/, "");
    if (valued.includes(name)) {
      const value = argv[++index];
      if (value === undefined)
        throw new OpensslError(`${command}: Option -${name} needs a value\n${command}: Use -help for summary.`);
      values.push([name, value]);
    } else if (flags.includes(name)) values.push([name, ""]);
    else throw new OpensslError(`${command}: Unknown option: ${word}\n${command}: Use -help for summary.`);
  }
  return {
    rest,
    has: (name) => values.some(([key]) => key === name),
    value: (name) => values.find(([key]) => key === name)?.[1],
    all: (name) => values.filter(([key]) => key === name).map(([, value]) => value),
  };
}

/** The file's text, or stdin where no file is named. */
export async function readInput(context: ToolContext, path: string | undefined, what: string): Promise<string> {
  if (path === undefined || path === "-") return context.stdin.readAll();
  try {
    return context.files.readFile(resolvePath(context.cwd, path));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new OpensslError(`Can't open "${path}" for reading, ${error.message}\nCould not read ${what} from ${path}`);
  }
}

/** Writes to the file, or to stdout where none is named. */
export async function writeOutput(
  context: ToolContext,
  path: string | undefined,
  content: string,
  mode?: number,
): Promise<void> {
  if (path === undefined || path === "-") {
    await context.stdout.write(content);
    return;
  }
  try {
    context.files.writeFile(resolvePath(context.cwd, path), content, mode);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new OpensslError(`Can't open "${path}" for writing, ${error.message}`);
  }
}
