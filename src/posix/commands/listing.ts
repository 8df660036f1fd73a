import type { FileStat } from "../files/file-system";
import { joinPath } from "../files/path";
import { quote } from "../shell/quote";
import { formatTime } from "../shell/strftime";
import { attempt, badOption, type Command, type CommandIo, complain, parseOptions, pathOf } from "./command";

/** `drwxr-xr-x` */
export function modeText(stat: FileStat): string {
  const kind = stat.type === "directory" ? "d" : stat.type === "symlink" ? "l" : stat.type === "device" ? "c" : "-";
  let text = "";
  for (const shift of [6, 3, 0]) {
    const bits = (stat.mode >> shift) & 7;
    text += (bits & 4 ? "r" : "-") + (bits & 2 ? "w" : "-") + (bits & 1 ? "x" : "-");
  }
  if (stat.mode & 0o1000) text = `${text.slice(0, 8)}${stat.mode & 1 ? "t" : "T"}`;
  if (stat.mode & 0o4000) text = `${text.slice(0, 2)}${stat.mode & 0o100 ? "s" : "S"}${text.slice(3)}`;
  return kind + text;
}

export function ownerName(io: CommandIo, id: number, file: "/etc/passwd" | "/etc/group"): string {
  if (id === 0) return "root";
  if (file === "/etc/passwd" && id === io.user.uid) return io.user.name;
  try {
    for (const line of io.files.readFile(file).split("\n")) {
      const fields = line.split(":");
      if (fields[2] === String(id)) return fields[0]!;
    }
  } catch {
    // No such file: numbers it is.
  }
  return String(id);
}

export function humanSize(bytes: number): string {
  if (bytes < 1024) return String(bytes);
  let value = bytes;
  let unit = -1;
  while (value >= 1024 && unit < 4) {
    value /= 1024;
    unit++;
  }
  const rounded = value < 10 ? (Math.ceil(value * 10) / 10).toFixed(1) : String(Math.ceil(value));
  return `${rounded}${"KMGTP"[unit]}`;
}

interface Entry {
  name: string;
  path: string;
  stat: FileStat;
}

const HALF_YEAR_MS = 15_778_476_000;

export const ls: Command = (io) => {
  const { flags, rest, bad } = parseOptions(io.argv, "1aAlhrtSRdFinpCQLHgGosxUkvXTE", {
    all: "a",
    "almost-all": "A",
    "human-readable": "h",
    recursive: "R",
    reverse: "r",
    directory: "d",
    color: "G",
    "time-style": "T",
    "full-time": "E",
  });
  if (bad) return badOption(io, bad, 2);
  let code = 0;
  const files: Entry[] = [];
  const directories: Entry[] = [];
  for (const name of rest.length > 0 ? rest : ["."]) {
    const path = pathOf(io, name);
    const itself = flags.has("l") && !flags.has("L") && !flags.has("H") && !name.endsWith("/");
    const stat = (itself ? io.files.lstat(path) : io.files.stat(path)) ?? io.files.lstat(path);
    if (!stat) {
      complain(
        io,
        io.style === "gnu"
          ? `cannot access '${name}': No such file or directory`
          : `${name}: No such file or directory`,
      );
      code = io.style === "gnu" ? 2 : 1;
    } else if (stat.type === "directory" && !flags.has("d")) directories.push({ name, path, stat });
    else files.push({ name, path, stat });
  }
  const blocks: string[] = [];
  if (files.length > 0) blocks.push(list(io, sort(files, flags), flags));
  const heading = rest.length > 1 || flags.has("R");
  const show = (directory: Entry): void => {
    const entries: Entry[] = [];
    const read = () => {
      for (const name of io.files.readDirectory(directory.path)) {
        const path = joinPath(directory.path, name);
        const stat = (flags.has("L") ? io.files.stat(path) : undefined) ?? io.files.lstat(path);
        if (stat && (!name.startsWith(".") || flags.has("a") || flags.has("A"))) entries.push({ name, path, stat });
      }
    };
    const opened = attempt(io, read, (error) =>
      io.style === "gnu"
        ? `cannot open directory '${directory.name}': ${error.message}`
        : `can't open '${directory.name}': ${error.message}`,
    );
    if (!opened) {
      code = io.style === "gnu" ? 2 : 1;
      return;
    }
    const sorted = sort(entries, flags);
    if (flags.has("a"))
      sorted.unshift(
        { name: ".", path: directory.path, stat: directory.stat },
        {
          name: "..",
          path: pathOf(io, `${directory.path}/..`),
          stat: io.files.stat(pathOf(io, `${directory.path}/..`))!,
        },
      );
    const total = flags.has("l")
      ? `total ${flags.has("h") ? humanSize(sorted.reduce((sum, { stat }) => sum + blocksOf(stat), 0) * 1024) : sorted.reduce((sum, { stat }) => sum + blocksOf(stat), 0)}\n`
      : "";
    blocks.push(`${heading ? `${directory.name}:\n` : ""}${total}${list(io, sorted, flags)}`);
    if (!flags.has("R")) return;
    for (const entry of sorted)
      if (entry.stat.type === "directory" && entry.name !== "." && entry.name !== "..")
        show({ ...entry, name: joinPath(directory.name, entry.name) });
  };
  for (const directory of sort(directories, flags)) show(directory);
  io.out(blocks.join("\n"));
  return { exit: code };
};

const blocksOf = (stat: FileStat) => (stat.type === "symlink" ? 0 : Math.ceil(stat.sizeBytes / 4096) * 4);

function sort(entries: Entry[], flags: Set<string>): Entry[] {
  const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (flags.has("t")) sorted.sort((a, b) => b.stat.modifiedMs - a.stat.modifiedMs);
  else if (flags.has("S")) sorted.sort((a, b) => b.stat.sizeBytes - a.stat.sizeBytes);
  return flags.has("r") ? sorted.reverse() : sorted;
}

function list(io: CommandIo, entries: Entry[], flags: Set<string>): string {
  const suffix = ({ stat }: Entry) => {
    if (flags.has("p")) return stat.type === "directory" ? "/" : "";
    if (!flags.has("F")) return "";
    return stat.type === "directory" ? "/" : stat.type === "symlink" ? "@" : stat.mode & 0o111 ? "*" : "";
  };
  // GNU ls quotes names that the shell would split, on a terminal only.
  const shown = (entry: Entry) =>
    (io.isTty(1) && io.style === "gnu" && /[\s'"$&;|*?()<>\\]/.test(entry.name) ? quote(entry.name) : entry.name) +
    suffix(entry);
  if (flags.has("l") || flags.has("n") || flags.has("g") || flags.has("o")) return longList(io, entries, flags, shown);
  const names = entries.map((entry) => (flags.has("i") ? `${inode(entry.path)} ` : "") + shown(entry));
  if (flags.has("1") || (!io.isTty(1) && !flags.has("C")) || names.length === 0)
    return names.map((name) => `${name}\n`).join("");
  return inColumns(names, io.columns);
}

const inode = (path: string) => [...path].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 900_000, 7) + 100_000;

function longList(io: CommandIo, entries: Entry[], flags: Set<string>, shown: (entry: Entry) => string): string {
  const rows = entries.map((entry) => {
    const { stat } = entry;
    const owner = flags.has("n") ? String(stat.uid) : ownerName(io, stat.uid, "/etc/passwd");
    const group = flags.has("n") ? String(stat.gid) : ownerName(io, stat.gid, "/etc/group");
    const links = stat.type === "directory" ? "2" : "1";
    const size =
      stat.type === "device" ? "1,   3" : flags.has("h") ? humanSize(stat.sizeBytes) : String(stat.sizeBytes);
    const recent = Math.abs(io.nowMs - stat.modifiedMs) < HALF_YEAR_MS;
    const time = flags.has("E")
      ? formatTime("%Y-%m-%d %H:%M:%S.000000000 +0000", stat.modifiedMs)
      : formatTime(recent ? "%b %e %H:%M" : "%b %e  %Y", stat.modifiedMs);
    const target = stat.type === "symlink" ? ` -> ${io.files.readLink(entry.path)}` : "";
    return { cells: [modeText(stat), links, owner, group, size], tail: `${time} ${shown(entry)}${target}` };
  });
  const widths = [0, 1, 2, 3, 4].map((index) => Math.max(0, ...rows.map((row) => row.cells[index]!.length)));
  if (io.style === "busybox") {
    widths[1] = Math.max(4, widths[1]!);
    widths[2] = Math.max(8, widths[2]!);
    widths[3] = Math.max(8, widths[3]!);
    widths[4] = Math.max(9, widths[4]!);
  }
  const left = new Set([0, 2, 3]);
  const skip = new Set(flags.has("g") ? [2] : []);
  return rows
    .map(
      ({ cells, tail }) =>
        `${cells.flatMap((cell, index) => (skip.has(index) ? [] : [left.has(index) ? cell.padEnd(widths[index]!) : cell.padStart(widths[index]!)])).join(" ")} ${tail}\n`,
    )
    .join("");
}

/** As GNU ls on a terminal: as few rows as fit, each column as wide as it needs. */
export function inColumns(names: readonly string[], width: number): string {
  for (let rows = 1; rows <= names.length; rows++) {
    const count = Math.ceil(names.length / rows);
    const widths: number[] = [];
    for (let column = 0; column < count; column++)
      widths.push(Math.max(...names.slice(column * rows, (column + 1) * rows).map((name) => name.length)) + 2);
    if (rows < names.length && widths.reduce((sum, item) => sum + item, 0) - 2 > width) continue;
    let text = "";
    for (let row = 0; row < rows; row++) {
      let line = "";
      for (let column = 0; column * rows + row < names.length; column++) {
        const name = names[column * rows + row]!;
        line += (column + 1) * rows + row < names.length ? name.padEnd(widths[column]!) : name;
      }
      text += `${line}\n`;
    }
    return text;
  }
  return "";
}
