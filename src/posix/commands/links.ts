import { basename, dirname, joinPath, normalise, resolvePath } from "../files/path";
import { attempt, badOption, type Command, type CommandIo, complain, parseOptions, pathOf } from "./command";
import { placed } from "./copy";
import { missingOperand } from "./files";

export const ln: Command = (io) => {
  const { flags, rest, bad } = parseOptions(io.argv, "sfnvrT", { symbolic: "s", force: "f", relative: "r" });
  if (bad) return badOption(io, bad);
  if (rest.length === 0) return missingOperand(io, "file operand");
  const [target, name = basename(target!)] = rest as [string, string?];
  const path = placed(io, target, name);
  const action = () => {
    if (flags.has("f") && io.files.lstat(path)) io.files.remove(path);
    if (flags.has("s")) io.files.makeLink(path, target);
    // A second name for a file is a copy here: nothing tells them apart but a later write.
    else io.files.writeFile(path, io.files.readFile(pathOf(io, target)));
  };
  const kind = flags.has("s") ? "symbolic" : "hard";
  return {
    exit: attempt(io, action, (error) =>
      io.style === "gnu" ? `failed to create ${kind} link '${name}': ${error.message}` : `${name}: ${error.message}`,
    )
      ? 0
      : 1,
  };
};

export const readlink: Command = (io) => {
  const { flags, rest } = parseOptions(io.argv, "fenqsvm", { canonicalize: "f" });
  if (rest.length === 0) return missingOperand(io);
  let code = 0;
  for (const name of rest) {
    const path =
      flags.has("f") || flags.has("e") || flags.has("m")
        ? realPath(io, pathOf(io, name))
        : io.files.lstat(pathOf(io, name))?.type === "symlink"
          ? io.files.readLink(pathOf(io, name))
          : undefined;
    if (path === undefined) code = 1;
    else io.out(flags.has("n") ? path : `${path}\n`);
  }
  return { exit: code };
};

/** Follows all links on the way. */
function realPath(io: CommandIo, path: string): string {
  let at = "/";
  let left = 40;
  let parts = path.split("/").filter(Boolean);
  while (parts.length > 0) {
    const next = joinPath(at, parts[0]!);
    parts = parts.slice(1);
    if (io.files.lstat(next)?.type === "symlink" && left-- > 0) {
      const target = resolvePath(at, io.files.readLink(next));
      parts = [...target.split("/").filter(Boolean), ...parts];
      at = "/";
    } else at = normalise(next);
  }
  return at;
}

export const realpath: Command = (io) => {
  const { rest } = parseOptions(io.argv, "emsqz");
  let code = 0;
  for (const name of rest) {
    const path = realPath(io, pathOf(io, name));
    if (io.files.stat(dirname(path))) io.out(`${path}\n`);
    else {
      complain(io, `${name}: No such file or directory`);
      code = 1;
    }
  }
  return rest.length === 0 ? missingOperand(io) : { exit: code };
};
