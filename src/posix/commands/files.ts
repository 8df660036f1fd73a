import { FileError } from "../files/file-system";
import { joinPath } from "../files/path";
import { attempt, badOption, type Command, type CommandIo, complain, nameOf, parseOptions, pathOf } from "./command";
import { parseDate } from "./dates";

export const missingOperand = (io: CommandIo, what = "operand") => {
  io.err(
    io.style === "gnu"
      ? `${nameOf(io)}: missing ${what}\nTry '${nameOf(io)} --help' for more information.\n`
      : `BusyBox v1.36.1 multi-call binary.\n\nUsage: ${nameOf(io)} FILE...\n`,
  );
  return { exit: 1 };
};

export const mkdir: Command = (io) => {
  const { flags, values, rest, bad } = parseOptions(io.argv, "pvm:", { parents: "p", verbose: "v", mode: "m" });
  if (bad) return badOption(io, bad);
  if (rest.length === 0) return missingOperand(io);
  let code = 0;
  for (const name of rest) {
    const make = () =>
      io.files.makeDirectory(pathOf(io, name), {
        recursive: flags.has("p"),
        ...(values.m && { mode: Number.parseInt(values.m, 8) }),
      });
    if (
      !attempt(io, make, (error) =>
        io.style === "gnu"
          ? `cannot create directory ‘${name}’: ${error.message}`
          : `can't create directory '${name}': ${error.message}`,
      )
    )
      code = 1;
    else if (flags.has("v")) io.out(`${nameOf(io)}: created directory '${name}'\n`);
  }
  return { exit: code };
};

export const rmdir: Command = (io) => {
  const { rest, bad } = parseOptions(io.argv, "pv", { parents: "p" });
  if (bad) return badOption(io, bad);
  if (rest.length === 0) return missingOperand(io);
  let code = 0;
  for (const name of rest) {
    const drop = () => {
      if (io.files.lstat(pathOf(io, name))?.type === "file") throw new FileError("ENOTDIR", name);
      io.files.remove(pathOf(io, name));
    };
    if (
      !attempt(io, drop, (error) =>
        io.style === "gnu" ? `failed to remove '${name}': ${error.message}` : `'${name}': ${error.message}`,
      )
    )
      code = 1;
  }
  return { exit: code };
};

export const rm: Command = (io) => {
  const { flags, rest, bad } = parseOptions(io.argv, "rRfvid", { recursive: "r", force: "f", verbose: "v" });
  if (bad) return badOption(io, bad);
  if (rest.length === 0) return flags.has("f") ? { exit: 0 } : missingOperand(io);
  const recursive = flags.has("r") || flags.has("R");
  let code = 0;
  for (const name of rest) {
    const path = pathOf(io, name);
    const stat = io.files.lstat(path);
    const fail = (why: string) => {
      complain(io, io.style === "gnu" ? `cannot remove '${name}': ${why}` : `can't remove '${name}': ${why}`);
      code = 1;
    };
    if (path === "/" && recursive) {
      io.err(
        "rm: it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe\n",
      );
      code = 1;
    } else if (!stat) {
      if (!flags.has("f")) fail("No such file or directory");
    } else if (stat.type === "directory" && !recursive) {
      if (io.style === "gnu") fail("Is a directory");
      else {
        complain(io, `'${name}' is a directory`);
        code = 1;
      }
    } else {
      try {
        io.files.remove(path, { recursive });
        if (flags.has("v")) io.out(stat.type === "directory" ? `removed directory '${name}'\n` : `removed '${name}'\n`);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        fail(error.message);
      }
    }
  }
  return { exit: code };
};

export const touch: Command = (io) => {
  const { flags, values, rest, bad } = parseOptions(io.argv, "acmhd:r:t:", {
    "no-create": "c",
    date: "d",
    reference: "r",
  });
  if (bad) return badOption(io, bad);
  if (rest.length === 0) return missingOperand(io, "file operand");
  let code = 0;
  const reference = values.r ? io.files.stat(pathOf(io, values.r))?.modifiedMs : undefined;
  const when = reference ?? (values.d ? parseDate(values.d, io.nowMs) : undefined) ?? io.nowMs;
  for (const name of rest) {
    const path = pathOf(io, name);
    const action = () => {
      if (!io.files.stat(path)) {
        if (flags.has("c")) return;
        io.files.writeFile(path, "");
      }
      io.files.touch(path, when);
    };
    if (
      !attempt(io, action, (error) =>
        io.style === "gnu" ? `cannot touch '${name}': ${error.message}` : `${name}: ${error.message}`,
      )
    )
      code = 1;
  }
  return { exit: code };
};

export const mktemp: Command = (io) => {
  const { flags, values, rest } = parseOptions(io.argv, "dqtup:", { directory: "d", tmpdir: "p" });
  const template = rest[0] ?? "tmp.XXXXXXXXXX";
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  const name = template.replace(/X{3,}(?=[^X]*$)/, (marks) =>
    Array.from(marks, () => letters[Math.floor(io.random() * letters.length)]).join(""),
  );
  const path = rest[0] === undefined || values.p ? joinPath(values.p ?? io.env.TMPDIR ?? "/tmp", name) : name;
  const action = () => {
    if (flags.has("d")) io.files.makeDirectory(pathOf(io, path), { mode: 0o700 });
    else io.files.writeFile(pathOf(io, path), "", 0o600);
  };
  if (
    !attempt(
      io,
      action,
      (error) =>
        `failed to create ${flags.has("d") ? "directory" : "file"} via template ‘${template}’: ${error.message}`,
    )
  )
    return { exit: 1 };
  io.out(`${path}\n`);
  return { exit: 0 };
};
