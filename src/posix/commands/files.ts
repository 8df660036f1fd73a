import { fromCivil } from "../calendar";
import { FileError, type FileStat } from "../files/file-system";
import { basename, dirname, joinPath, normalise, resolvePath } from "../files/path";
import { formatTime } from "../shell/strftime";
import { attempt, badOption, type Command, type CommandIo, complain, nameOf, parseOptions, pathOf } from "./command";
import { humanSize, modeText, ownerName } from "./listing";

const missingOperand = (io: CommandIo, what = "operand") => {
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

/** Where `cp` and `mv` put a source: into a directory under its own name, or at the target. */
function placed(io: CommandIo, source: string, target: string): string {
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

function copy(io: CommandIo, from: string, to: string, label: string, keep: boolean): boolean {
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

/** What `date -d` and `touch -d` understand: ISO forms, `@seconds`, now, yesterday, tomorrow, `3 days ago`, `+2 hours`. */
export function parseDate(text: string, nowMs: number): number | undefined {
  const unix = /^@(-?\d+)$/.exec(text);
  if (unix) return Number(unix[1]) * 1000;
  const iso =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?(?:\.\d+)?\s*(Z|UTC|[-+]\d{2}:?\d{2})?$/.exec(
      text.trim(),
    );
  if (iso) {
    const [, year, month, day, hour = "0", minute = "0", second = "0", zone] = iso;
    const offset =
      zone && /\d/.test(zone) ? Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) : 0;
    return fromCivil(Number(year), Number(month), Number(day), Number(hour), Number(minute) - offset, Number(second));
  }
  const day = 86_400_000;
  if (/^now$|^today$/.test(text)) return nowMs;
  if (text === "yesterday") return nowMs - day;
  if (text === "tomorrow") return nowMs + day;
  const relative = /^([-+]?\d+)\s*(second|sec|minute|min|hour|day|week|month|year)s?(\s+ago)?$/.exec(text.trim());
  if (!relative) return undefined;
  const unit = {
    second: 1000,
    sec: 1000,
    minute: 60_000,
    min: 60_000,
    hour: 3_600_000,
    day,
    week: 7 * day,
    month: 30 * day,
    year: 365 * day,
  }[relative[2]!]!;
  return nowMs + Number(relative[1]) * unit * (relative[3] ? -1 : 1);
}

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

/** Applies `755` or `u+x,go-w` to a mode. */
export function changeMode(mode: number, text: string, isDirectory: boolean): number | undefined {
  if (/^[0-7]{1,4}$/.test(text)) return Number.parseInt(text, 8);
  let result = mode;
  for (const clause of text.split(",")) {
    const match = /^([ugoa]*)((?:[-+=][rwxXst]*)+)$/.exec(clause);
    if (!match) return undefined;
    const who = match[1] === "" || match[1]!.includes("a") ? "ugo" : match[1]!;
    for (const [, operator, letters] of match[2]!.matchAll(/([-+=])([rwxXst]*)/g)) {
      let bits = 0;
      for (const letter of letters!) {
        const bit = { r: 4, w: 2, x: 1, X: isDirectory || mode & 0o111 ? 1 : 0, s: 0, t: 0 }[letter] ?? 0;
        for (const one of who) bits |= bit << { u: 6, g: 3, o: 0 }[one as "u" | "g" | "o"];
        if (letter === "t") bits |= 0o1000;
      }
      let mask = 0;
      for (const one of who) mask |= 7 << { u: 6, g: 3, o: 0 }[one as "u" | "g" | "o"];
      result = operator === "+" ? result | bits : operator === "-" ? result & ~bits : (result & ~mask) | bits;
    }
  }
  return result;
}

function everyPath(io: CommandIo, path: string, recursive: boolean): string[] {
  if (!recursive || io.files.lstat(path)?.type !== "directory") return [path];
  return [path, ...io.files.readDirectory(path).flatMap((name) => everyPath(io, joinPath(path, name), true))];
}

export const chmod: Command = (io) => {
  const args = io.argv.slice(1);
  const recursive = args.includes("-R") || args.includes("--recursive");
  const [mode, ...names] = args.filter((word) => !/^(-R|-v|-f|-c|--recursive|--verbose)$/.test(word));
  if (mode === undefined || names.length === 0) return missingOperand(io);
  let code = 0;
  for (const name of names) {
    const action = () => {
      if (!io.files.stat(pathOf(io, name))) throw new FileError("ENOENT", name);
      for (const path of everyPath(io, pathOf(io, name), recursive)) {
        const stat = io.files.stat(path)!;
        const next = changeMode(stat.mode, mode, stat.type === "directory");
        if (next === undefined) throw new FileError("EINVAL", mode);
        io.files.chmod(path, next);
      }
    };
    const word = (error: FileError) =>
      error.code === "EINVAL"
        ? `invalid mode: ${io.style === "gnu" ? `‘${mode}’` : mode}`
        : error.code === "ENOENT"
          ? io.style === "gnu"
            ? `cannot access '${name}': ${error.message}`
            : `${name}: ${error.message}`
          : `changing permissions of '${name}': ${error.message}`;
    if (!attempt(io, action, word)) code = 1;
  }
  return { exit: code };
};

/** Owners are those that a machine starts with: only root may ask, and for what is so already nothing changes. */
export const chown: Command = (io) => {
  const names = io.argv
    .slice(1)
    .filter((word) => !word.startsWith("-"))
    .slice(1);
  if (names.length === 0) return missingOperand(io);
  let code = 0;
  for (const name of names) {
    const stat = io.files.stat(pathOf(io, name));
    if (!stat) complain(io, `cannot access '${name}': No such file or directory`);
    else if (io.user.uid !== 0) complain(io, `changing ownership of '${name}': Operation not permitted`);
    else continue;
    code = 1;
  }
  return { exit: code };
};

const KINDS: Record<FileStat["type"], string> = {
  file: "regular file",
  directory: "directory",
  symlink: "symbolic link",
  device: "character special file",
};

export const stat: Command = (io) => {
  const { values, rest, bad } = parseOptions(io.argv, "c:Lft", { format: "c", printf: "c" });
  if (bad) return badOption(io, bad);
  if (rest.length === 0) return missingOperand(io);
  let code = 0;
  for (const name of rest) {
    const path = pathOf(io, name);
    const found = io.files.lstat(path);
    if (!found) {
      complain(
        io,
        io.style === "gnu"
          ? `cannot statx '${name}': No such file or directory`
          : `can't stat '${name}': No such file or directory`,
      );
      code = 1;
      continue;
    }
    const user = ownerName(io, found.uid, "/etc/passwd");
    const group = ownerName(io, found.gid, "/etc/group");
    const octal = found.mode.toString(8);
    const when = formatTime("%Y-%m-%d %H:%M:%S.000000000 +0000", found.modifiedMs);
    const kind = found.type === "file" && found.sizeBytes === 0 ? "regular empty file" : KINDS[found.type];
    if (values.c !== undefined) {
      const fields: Record<string, string> = {
        a: octal,
        A: modeText(found),
        n: name,
        N: `'${name}'`,
        s: String(found.sizeBytes),
        u: String(found.uid),
        U: user,
        g: String(found.gid),
        G: group,
        F: kind,
        Y: String(Math.floor(found.modifiedMs / 1000)),
        y: when,
        f: (found.mode | 0x8000).toString(16),
        h: "1",
        i: "100001",
        "%": "%",
      };
      io.out(
        `${values.c.replace(/%([a-zA-Z%])/g, (all, letter: string) => fields[letter] ?? all).replaceAll("\\n", "\n")}\n`,
      );
      continue;
    }
    const target = found.type === "symlink" ? ` -> ${io.files.readLink(path)}` : "";
    io.out(
      `  File: ${name}${target}\n  Size: ${String(found.sizeBytes).padEnd(15)}\tBlocks: ${String(Math.ceil(found.sizeBytes / 4096) * 8).padEnd(10)} IO Block: 4096   ${kind}\nDevice: 0,50\tInode: 100001      Links: 1\nAccess: (${octal.padStart(4, "0")}/${modeText(found)})  Uid: (${String(found.uid).padStart(5)}/${user.padStart(8)})   Gid: (${String(found.gid).padStart(5)}/${group.padStart(8)})\nAccess: ${when}\nModify: ${when}\nChange: ${when}\n Birth: -\n`,
    );
  }
  return { exit: code };
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

function diskUse(io: CommandIo, path: string, report: (path: string, blocks: number) => void): number {
  const found = io.files.lstat(path);
  if (!found) return 0;
  if (found.type !== "directory") return Math.ceil(found.sizeBytes / 4096) * 4;
  let total = 4;
  for (const name of io.files.readDirectory(path)) total += diskUse(io, joinPath(path, name), report);
  report(path, total);
  return total;
}

export const du: Command = (io) => {
  const { flags, rest, bad } = parseOptions(io.argv, "shakcmd:", { summarize: "s", "human-readable": "h" });
  if (bad) return badOption(io, bad);
  let code = 0;
  for (const name of rest.length > 0 ? rest : ["."]) {
    const path = pathOf(io, name);
    const size = (blocks: number) => (flags.has("h") ? humanSize(blocks * 1024) : String(blocks));
    const shown = (each: string) =>
      each === path ? name : joinPath(name, each.slice(path.length + (path === "/" ? 0 : 1)));
    if (!io.files.lstat(path)) {
      complain(
        io,
        io.style === "gnu"
          ? `cannot access '${name}': No such file or directory`
          : `${name}: No such file or directory`,
      );
      code = 1;
      continue;
    }
    const total = diskUse(io, path, (each, blocks) => {
      if (!flags.has("s") || each === path) io.out(`${size(blocks)}\t${shown(each)}\n`);
    });
    if (io.files.lstat(path)?.type !== "directory") io.out(`${size(total)}\t${name}\n`);
  }
  return { exit: code };
};

export const df: Command = (io) => {
  const { flags } = parseOptions(io.argv, "hkTaiP");
  const used = diskUse(io, "/tmp", () => {}) + 2_411_724;
  const total = 20_511_312;
  const size = (blocks: number) => (flags.has("h") ? humanSize(blocks * 1024) : String(blocks));
  const heads = flags.has("h")
    ? ["Filesystem", "Size", "Used", "Avail", "Use%", "Mounted on"]
    : ["Filesystem", "1K-blocks", "Used", "Available", "Use%", "Mounted on"];
  const row = ["overlay", size(total), size(used), size(total - used), `${Math.ceil((used / total) * 100)}%`, "/"];
  const widths = heads.map((head, index) => Math.max(head.length, row[index]!.length));
  const line = (cells: string[]) =>
    `${cells.map((cell, index) => (index === 0 ? cell.padEnd(widths[index]! + 4) : index === 5 ? cell : cell.padStart(widths[index]!))).join(" ")}\n`;
  io.out(line(heads) + line(row));
  return { exit: 0 };
};

const FIND_TYPES: Record<string, FileStat["type"]> = { f: "file", d: "directory", l: "symlink", c: "device" };

/** The tests that scripts in containers use: -name -iname -type -maxdepth -mindepth -delete -print -size +0 -empty. */
export const find: Command = (io) => {
  const args = io.argv.slice(1);
  const first = args.findIndex((word) => /^[-(!]/.test(word));
  const roots = first < 0 ? args : args.slice(0, first);
  const tests = first < 0 ? [] : args.slice(first);
  let maximum = Number.POSITIVE_INFINITY;
  let minimum = 0;
  let remove = false;
  let ending = "\n";
  const checks: ((path: string, found: FileStat) => boolean)[] = [];
  for (let index = 0; index < tests.length; index++) {
    const word = tests[index]!;
    const negated = tests[index - 1] === "!";
    const add = (check: (path: string, found: FileStat) => boolean) =>
      checks.push(negated ? (path, found) => !check(path, found) : check);
    if (word === "-maxdepth") maximum = Number(tests[++index]);
    else if (word === "-mindepth") minimum = Number(tests[++index]);
    else if (word === "-delete") remove = true;
    else if (word === "-print0") ending = "\0";
    else if (word === "-empty")
      add((path, found) =>
        found.type === "directory" ? io.files.readDirectory(path).length === 0 : found.sizeBytes === 0,
      );
    else if (word === "-name" || word === "-iname" || word === "-path") {
      const pattern = tests[++index] ?? "";
      add((path) => matchesName(word === "-path" ? path : basename(path), pattern, word === "-iname"));
    } else if (word === "-type") {
      const type = FIND_TYPES[tests[++index] ?? ""];
      add((_, found) => found.type === type);
    } else if (word !== "-print" && word !== "!" && word !== "-a" && word !== "-xdev") {
      complain(io, io.style === "gnu" ? `unknown predicate \`${word}'` : `unrecognized: ${word}`);
      return { exit: 1 };
    }
  }
  let code = 0;
  const walk = (path: string, shown: string, depth: number): void => {
    const found = io.files.lstat(path);
    if (!found) return;
    const here = () => {
      if (depth < minimum || !checks.every((check) => check(path, found))) return;
      if (remove && depth > 0)
        attempt(
          io,
          () => io.files.remove(path),
          (error) => `cannot delete ‘${shown}’: ${error.message}`,
        );
      else if (!remove) io.out(shown + ending);
    };
    if (!remove) here();
    if (found.type === "directory" && depth < maximum) {
      const opened = attempt(
        io,
        () => {
          for (const name of io.files.readDirectory(path)) walk(joinPath(path, name), joinPath(shown, name), depth + 1);
        },
        (error) => `‘${shown}’: ${error.message}`,
      );
      if (!opened) code = 1;
    }
    if (remove) here();
  };
  for (const root of roots.length > 0 ? roots : ["."]) {
    if (io.files.lstat(pathOf(io, root))) walk(pathOf(io, root), root, 0);
    else {
      complain(io, io.style === "gnu" ? `‘${root}’: No such file or directory` : `${root}: No such file or directory`);
      code = 1;
    }
  }
  return { exit: code };
};

function matchesName(name: string, pattern: string, ignoreCase: boolean): boolean {
  const source = pattern
    .replace(/[\\^$.+()|{}]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  try {
    return new RegExp(`^${source}$`, ignoreCase ? "is" : "s").test(name);
  } catch {
    return name === pattern;
  }
}
