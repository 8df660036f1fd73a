import { FileError, type FileStat } from "../files/file-system";
import { joinPath } from "../files/path";
import { formatTime } from "../shell/strftime";
import { attempt, badOption, type Command, type CommandIo, complain, parseOptions, pathOf } from "./command";
import { missingOperand } from "./files";
import { modeText, ownerName } from "./listing";

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
