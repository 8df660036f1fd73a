import type { FileError } from "../files/file-system";
import { basename, joinPath } from "../files/path";
import { attempt, badOption, type Command, type CommandIo, complain, nameOf, parseOptions, pathOf } from "./command";
import { missingOperand } from "./files";

/** Where `cp` and `mv` put a source: into a directory under its own name, or at the target. */
export function placed(io: CommandIo, source: string, target: string): string {
  const path = pathOf(io, target);
  return io.files.stat(path)?.type === "directory" ? joinPath(path, basename(source)) : path;
}

function sourcesAndTarget(
  io: CommandIo,
  rest: string[],
  values: Record<string, string>,
): { sources: string[]; target: string } | undefined {
  if (values.t) return { sources: rest, target: values.t };
  if (rest.length === 0) missingOperand(io, "file operand");
  else if (rest.length === 1)
    io.err(
      `${nameOf(io)}: missing destination file operand after '${rest[0]}'\nTry '${nameOf(io)} --help' for more information.\n`,
    );
  else {
    const target = rest.at(-1)!;
    if (rest.length > 2 && io.files.stat(pathOf(io, target))?.type !== "directory") {
      complain(
        io,
        io.style === "gnu"
          ? `target '${target}' is not a directory`
          : `target '${target}': ${io.files.stat(pathOf(io, target)) ? "Not a directory" : "No such file or directory"}`,
      );
      return undefined;
    }
    return { sources: rest.slice(0, -1), target };
  }
  return undefined;
}

const copyError = (io: CommandIo, name: string) => (error: FileError) =>
  io.style === "gnu"
    ? `cannot create regular file '${name}': ${error.message}`
    : `can't create '${name}': ${error.message}`;

export function copy(io: CommandIo, from: string, to: string, label: string, keep: boolean): boolean {
  const stat = io.files.stat(from);
  if (stat?.type === "directory") {
    const made = attempt(
      io,
      () => {
        if (!io.files.stat(to)) io.files.makeDirectory(to, { mode: stat.mode });
      },
      copyError(io, label),
    );
    return (
      made &&
      io.files
        .readDirectory(from)
        .every((name) => copy(io, joinPath(from, name), joinPath(to, name), joinPath(label, name), keep))
    );
  }
  return attempt(
    io,
    () => {
      const link = io.files.lstat(from)?.type === "symlink" && keep;
      if (link) io.files.makeLink(to, io.files.readLink(from));
      else {
        io.files.writeFile(to, io.files.readFile(from), (stat?.mode ?? 0o644) & 0o777);
        if (keep && stat) {
          io.files.chmod(to, stat.mode);
          io.files.touch(to, stat.modifiedMs);
        }
      }
    },
    (error) =>
      error.path === from
        ? io.style === "gnu"
          ? `cannot open '${label}' for reading: ${error.message}`
          : `can't open '${label}': ${error.message}`
        : copyError(io, label)(error),
  );
}

export const cp: Command = (io) => {
  const { flags, values, rest, bad } = parseOptions(io.argv, "arRfpnvdLPiTut:", {
    recursive: "r",
    archive: "a",
    force: "f",
    verbose: "v",
    "no-clobber": "n",
  });
  if (bad) return badOption(io, bad);
  const plan = sourcesAndTarget(io, rest, values);
  if (!plan) return { exit: 1 };
  const recursive = flags.has("a") || flags.has("r") || flags.has("R");
  let code = 0;
  for (const source of plan.sources) {
    const from = pathOf(io, source);
    const stat = io.files.stat(from);
    const to = flags.has("T") ? pathOf(io, plan.target) : placed(io, source, plan.target);
    const label = to === pathOf(io, plan.target) ? plan.target : joinPath(plan.target, basename(source));
    if (!stat) {
      complain(
        io,
        io.style === "gnu"
          ? `cannot stat '${source}': No such file or directory`
          : `can't stat '${source}': No such file or directory`,
      );
      code = 1;
    } else if (stat.type === "directory" && !recursive) {
      complain(
        io,
        io.style === "gnu" ? `-r not specified; omitting directory '${source}'` : `omitting directory '${source}'`,
      );
      code = 1;
    } else if (from === to) {
      complain(io, `'${source}' and '${label}' are the same file`);
      code = 1;
    } else if (to.startsWith(`${from}/`)) {
      complain(io, `cannot copy a directory, '${source}', into itself, '${label}'`);
      code = 1;
    } else if (flags.has("n") && io.files.stat(to)) continue;
    else if (!copy(io, from, to, label, flags.has("a") || flags.has("p"))) code = 1;
    else if (flags.has("v")) io.out(`'${source}' -> '${label}'\n`);
  }
  return { exit: code };
};

export const mv: Command = (io) => {
  const { flags, values, rest, bad } = parseOptions(io.argv, "finvTut:", {
    force: "f",
    verbose: "v",
    "no-clobber": "n",
  });
  if (bad) return badOption(io, bad);
  const plan = sourcesAndTarget(io, rest, values);
  if (!plan) return { exit: 1 };
  let code = 0;
  for (const source of plan.sources) {
    const from = pathOf(io, source);
    const to = placed(io, source, plan.target);
    if (!io.files.lstat(from)) {
      complain(
        io,
        io.style === "gnu"
          ? `cannot stat '${source}': No such file or directory`
          : `can't rename '${source}': No such file or directory`,
      );
      code = 1;
    } else if (from === to) {
      complain(io, `'${source}' and '${plan.target}' are the same file`);
      code = 1;
    } else if (flags.has("n") && io.files.lstat(to)) continue;
    else if (
      !attempt(
        io,
        () => io.files.rename(from, to),
        (error) =>
          io.style === "gnu"
            ? `cannot move '${source}' to '${plan.target}': ${error.message}`
            : `can't rename '${source}': ${error.message}`,
      )
    )
      code = 1;
    else if (flags.has("v")) io.out(`renamed '${source}' -> '${plan.target}'\n`);
  }
  return { exit: code };
};
