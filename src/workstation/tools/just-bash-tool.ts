import { Bash } from "just-bash";
import { latin1FromText } from "@/posix/files/bytes";
import { justBashFiles } from "./just-bash-files";
import type { Tool, ToolContext } from "./tool";

/** Text tools that need all of their input before they say anything. Each run is one command of just-bash over our files. */
export const JUST_BASH_NAMES = [
  "awk",
  "jq",
  "yq",
  "column",
  "comm",
  "join",
  "fold",
  "expand",
  "unexpand",
  "strings",
  "split",
  "tree",
  "od",
  "file",
  "md5sum",
  "sha1sum",
  "sha256sum",
  "gzip",
  "gunzip",
  "zcat",
  "tar",
  "xan",
] as const;

/** Loops, output and time of one command; more ends it with an error. */
const LIMITS = { maxCommandCount: 1000, maxLoopIterations: 1_000_000, maxCallDepth: 50 };

/** Those that read standard input only where no file is named. */
const FILES_FIRST = new Set(["comm", "join", "tree", "file", "tar", "split"]);

export function justBashTool(name: (typeof JUST_BASH_NAMES)[number], busy: (work: Promise<unknown>) => void): Tool {
  return {
    name,
    async run(context) {
      const stdin = readsInput(name, context) ? await context.stdin.readAll() : "";
      // `awk` prints as it reads in the real world: here, when its input has ended.
      const work = execute(name, context, stdin);
      busy(work);
      const result = await context.wait(work);
      if (result.stdout !== "") await context.stdout.write(result.stdout);
      if (result.stderr !== "") await context.stderr.write(result.stderr.replace(/^bash: (line \d+: )?/gm, ""));
      return result.exitCode;
    },
  };
}

function readsInput(name: string, { argv }: ToolContext): boolean {
  const operands = argv.slice(1).filter((word) => word === "-" || !word.startsWith("-"));
  if (operands.includes("-")) return true;
  if (FILES_FIRST.has(name)) return false;
  if (name === "jq" && argv.some((word) => /^-\w*n/.test(word) || word === "--null-input")) return false;
  // A program text is an operand of these, so that a file is the second.
  const programs =
    name === "awk" || name === "jq" || name === "yq"
      ? argv.some((word) => word === "-f" || word === "--from-file")
        ? 0
        : 1
      : 0;
  const values =
    name === "awk"
      ? argv.filter((word) => word === "-v" || word === "-F").length
      : name === "jq"
        ? argv.filter((word) => word === "--arg" || word === "--argjson").length * 2
        : argv.filter((word) => /^-[wdfNtn]$/.test(word)).length;
  return operands.length - programs - values <= 0;
}

async function execute(
  name: string,
  context: ToolContext,
  stdin: string,
): Promise<{ stdout: string; stderr: string; exitCode: number }> {
  const executable = `/usr/bin/${name}`;
  const bash = new Bash({
    fs: justBashFiles(context.files, executable),
    cwd: context.cwd,
    env: { ...context.env, PATH: "/usr/bin" },
    commands: [name as never],
    executionLimits: LIMITS,
  });
  const bytes = latin1FromText(stdin);
  const result = await bash.exec(name, {
    args: context.argv.slice(1),
    stdin: bytes,
    stdinKind: "bytes",
    rawScript: true,
  } as Parameters<Bash["exec"]>[1]);
  return result;
}
