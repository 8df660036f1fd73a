import { FileError } from "@/posix/files/file-system";
import { basename, dirname, joinPath } from "@/posix/files/path";
import { civil, monthName } from "../../../kernel/time";
import { type Command, type CommandIo, plainWords, unlines } from "../command";

/** Runs `act` for each word and says of each failure what busybox would. */
function eachFile(
  io: CommandIo,
  words: readonly string[],
  say: (word: string, error: FileError) => string,
  act: (path: string, word: string) => void,
): { exit: number } {
  let exit = 0;
  for (const word of words) {
    try {
      act(io.resolve(word), word);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      io.err(`${io.argv[0]}: ${say(word, error)}\n`);
      exit = 1;
    }
  }
  return { exit };
}

const flagsOf = (io: CommandIo) =>
  io.argv
    .slice(1)
    .filter((word) => word.startsWith("-") && word !== "-")
    .join("");

const ls: Command = (io) => {
  const flags = flagsOf(io);
  const words = plainWords(io);
  const line = (path: string, name: string) => (flags.includes("l") ? longLine(io, path, name) : name);
  return eachFile(
    io,
    words.length > 0 ? words : ["."],
    (word, error) => `${word}: ${error.message}`,
    (path, word) => {
      const stat = io.files.stat(path) ?? io.files.lstat(path);
      if (!stat) throw new FileError("ENOENT", path);
      if (stat.type !== "directory" || flags.includes("d")) {
        io.out(`${line(path, word)}\n`);
        return;
      }
      if (words.length > 1) io.out(`${word}:\n`);
      const names = io.files
        .readDirectory(path)
        .filter((name) => flags.includes("a") || flags.includes("A") || !name.startsWith("."));
      if (flags.includes("l")) io.out(`total ${names.length * 4}\n`);
      io.out(unlines(names.map((name) => line(joinPath(path, name), name))));
    },
  );
};

function longLine(io: CommandIo, path: string, name: string): string {
  const stat = io.files.lstat(path);
  if (!stat) return name;
  const type = { file: "-", directory: "d", symlink: "l", device: "c" }[stat.type];
  const rights = [6, 3, 0]
    .map((shift) =>
      ["r", "w", "x"].map((letter, bit) => ((stat.mode >> (shift + 2 - bit)) & 1 ? letter : "-")).join(""),
    )
    .join("");
  const t = civil(stat.modifiedMs);
  const two = (value: number) => String(value).padStart(2, "0");
  const owner = stat.uid === 0 ? "root" : String(stat.uid);
  const group = stat.gid === 0 ? "root" : String(stat.gid);
  const target = stat.type === "symlink" ? ` -> ${io.files.readLink(path)}` : "";
  return `${type}${rights}    1 ${owner.padEnd(8)} ${group.padEnd(8)} ${String(stat.sizeBytes).padStart(9)} ${monthName(t.month)} ${String(t.day).padStart(2)} ${two(t.hour)}:${two(t.minute)} ${name}${target}`;
}

const touch: Command = (io) =>
  eachFile(
    io,
    plainWords(io),
    (word, error) => `${word}: ${error.message}`,
    (path) => {
      if (io.files.stat(path)) io.files.touch(path, io.nowMs);
      else io.files.writeFile(path, "");
    },
  );

const rm: Command = (io) => {
  const flags = flagsOf(io);
  return eachFile(
    io,
    plainWords(io),
    (word, error) => `can't remove '${word}': ${error.message}`,
    (path, word) => {
      const stat = io.files.lstat(path);
      if (!stat) {
        if (!flags.includes("f")) throw new FileError("ENOENT", path);
        return;
      }
      if (stat.type === "directory" && !/[rR]/.test(flags)) throw new FileError("EISDIR", word);
      io.files.remove(path, { recursive: true });
    },
  );
};

const rmdir: Command = (io) =>
  eachFile(
    io,
    plainWords(io),
    (word, error) => `'${word}': ${error.message}`,
    (path) => io.files.remove(path),
  );

const mkdir: Command = (io) => {
  const recursive = flagsOf(io).includes("p");
  return eachFile(
    io,
    plainWords(io),
    (word, error) => `can't create directory '${word}': ${error.message}`,
    (path) => io.files.makeDirectory(path, { recursive }),
  );
};

function copyTree(io: CommandIo, from: string, to: string, recursive: boolean): void {
  const stat = io.files.stat(from);
  if (!stat) throw new FileError("ENOENT", from);
  if (stat.type !== "directory") {
    io.files.writeFile(to, io.files.readFile(from), stat.mode);
    return;
  }
  if (!recursive) throw new FileError("EISDIR", from);
  if (!io.files.stat(to)) io.files.makeDirectory(to, { recursive: true });
  for (const name of io.files.readDirectory(from)) copyTree(io, joinPath(from, name), joinPath(to, name), true);
}

/** cp and mv: the last word is the target, a directory where there are several. */
function transfer(act: (io: CommandIo, from: string, to: string) => void): Command {
  return (io) => {
    const words = plainWords(io);
    const target = words.pop();
    if (target === undefined || words.length === 0) {
      io.err(`${io.argv[0]}: missing file operand\n`);
      return { exit: 1 };
    }
    const into = io.files.stat(io.resolve(target))?.type === "directory";
    return eachFile(
      io,
      words,
      (word, error) => `can't stat '${word}': ${error.message}`,
      (path, word) => {
        act(io, path, into ? joinPath(io.resolve(target), basename(word)) : io.resolve(target));
      },
    );
  };
}

const cp = transfer((io, from, to) => copyTree(io, from, to, /[rRa]/.test(flagsOf(io))));
const mv = transfer((io, from, to) => io.files.rename(from, to));

const ln: Command = (io) => {
  const [target, name] = plainWords(io);
  const link = name ?? basename(target ?? "");
  return eachFile(
    io,
    [link],
    (word, error) => `${word}: ${error.message}`,
    (path) => {
      const place = io.files.stat(path)?.type === "directory" ? joinPath(path, basename(target!)) : path;
      if (flagsOf(io).includes("f") && io.files.lstat(place)) io.files.remove(place);
      if (flagsOf(io).includes("s")) io.files.makeLink(place, target!);
      else io.files.writeFile(place, io.files.readFile(io.resolve(target!)));
    },
  );
};

const chmod: Command = (io) => {
  const [mode, ...words] = io.argv.slice(1).filter((word) => !/^-[Rvf]+$/.test(word));
  return eachFile(
    io,
    words,
    (word, error) => `${word}: ${error.message}`,
    (path) => {
      const stat = io.files.stat(path);
      if (!stat) throw new FileError("ENOENT", path);
      const octal = /^[0-7]{3,4}$/.test(mode ?? "");
      const bits = [...(mode ?? "")].reduce((sum, letter) => sum | ({ r: 0o444, w: 0o222, x: 0o111 }[letter] ?? 0), 0);
      io.files.chmod(
        path,
        octal ? Number.parseInt(mode!, 8) : mode!.includes("-") ? stat.mode & ~bits : stat.mode | bits,
      );
    },
  );
};

/** Owners are not changed here: everything belongs to the container's user. */
const chown: Command = (io) =>
  eachFile(
    io,
    plainWords(io).slice(1),
    (word, error) => `${word}: ${error.message}`,
    (path) => {
      if (!io.files.stat(path)) throw new FileError("ENOENT", path);
    },
  );

const stat: Command = (io) =>
  eachFile(
    io,
    plainWords(io),
    (word, error) => `can't stat '${word}': ${error.message}`,
    (path, word) => {
      const found = io.files.stat(path);
      if (!found) throw new FileError("ENOENT", path);
      io.out(
        `  File: ${word}\n  Size: ${found.sizeBytes}\t${found.type === "directory" ? "directory" : "regular file"}\nAccess: (0${(found.mode & 0o7777).toString(8)})\n`,
      );
    },
  );

const find: Command = (io) => {
  const [start = "."] = io.argv
    .slice(1)
    .filter((word, index, all) => !word.startsWith("-") && !all[index - 1]?.startsWith("-"));
  const option = (name: string) => io.argv[io.argv.indexOf(name) + 1];
  const pattern = io.argv.includes("-name")
    ? new RegExp(
        `^${option("-name")!
          .replace(/[.+^${}()|\\]/g, "\\$&")
          .replace(/\*/g, ".*")
          .replace(/\?/g, ".")}$`,
      )
    : undefined;
  const type = io.argv.includes("-type") ? option("-type") : undefined;
  const walk = (path: string, shown: string): void => {
    const found = io.files.lstat(path);
    if (!found) return;
    const letter = found.type === "directory" ? "d" : found.type === "symlink" ? "l" : "f";
    if ((!pattern || pattern.test(basename(shown))) && (!type || type === letter)) io.out(`${shown}\n`);
    if (found.type === "directory")
      for (const name of io.files.readDirectory(path))
        walk(joinPath(path, name), shown === "/" ? `/${name}` : `${shown}/${name}`);
  };
  walk(io.resolve(start), start);
  return { exit: 0 };
};

const readlink: Command = (io) =>
  eachFile(
    io,
    plainWords(io),
    (word, error) => `${word}: ${error.message}`,
    (path) => io.out(`${io.argv.includes("-f") ? path : io.files.readLink(path)}\n`),
  );
const nameOf: Command = (io) => {
  io.out(`${basename(io.argv[1] ?? "", io.argv[2])}\n`);
  return { exit: 0 };
};
const folderOf: Command = (io) => {
  io.out(`${dirname(io.argv[1] ?? "")}\n`);
  return { exit: 0 };
};
const mktemp: Command = (io) => {
  const path = `/tmp/tmp.${Math.floor(io.context.random() * 2 ** 40)
    .toString(36)
    .padStart(8, "0")}`;
  if (io.argv.includes("-d")) io.files.makeDirectory(path, { recursive: true });
  else io.files.writeFile(path, "", 0o600);
  io.out(`${path}\n`);
  return { exit: 0 };
};

export const fileCommands: Record<string, Command> = {
  basename: nameOf,
  chmod,
  chown,
  cp,
  dirname: folderOf,
  find,
  ln,
  ls,
  mkdir,
  mktemp,
  mv,
  readlink,
  rm,
  rmdir,
  stat,
  touch,
};
