import { joinPath } from "../files/path";
import { badOption, type Command, type CommandIo, complain, parseOptions, pathOf } from "./command";
import { humanSize } from "./listing";

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
