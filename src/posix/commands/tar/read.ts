import { civil } from "../../calendar";
import { decodeBytes } from "../../files/bytes";
import { FileError } from "../../files/file-system";
import { dirname, resolvePath } from "../../files/path";
import { type CommandIo, complain } from "../command";
import { BLOCK, ENTRIES_LIMIT, fatal, NAME_BYTES, PREFIX_BYTES } from "./ustar";

export interface Wanted {
  names: readonly string[];
  strip: number;
  list: boolean;
  verbose: boolean;
  /** Files get the present moment rather than the archive's. */
  now: boolean;
}

/** `tar -x` and `tar -t`. */
export function read(io: CommandIo, bytes: Uint8Array, base: string, wanted: Wanted): { exit: number } {
  const found = new Set<string>();
  let long: string | undefined;
  let entries = 0;
  let at = 0;
  const failure = io.style === "gnu" ? 2 : 1;
  if (bytes.length === 0 && io.style === "busybox") {
    complain(io, "short read");
    return { exit: 1 };
  }
  for (; at + BLOCK <= bytes.length; ) {
    const head = bytes.subarray(at, at + BLOCK);
    if (head.every((byte) => byte === 0)) break;
    const text = (from: number, length: number) => {
      const field = head.subarray(from, from + length);
      const end = field.indexOf(0);
      return decodeBytes(end < 0 ? field : field.subarray(0, end));
    };
    const number = (from: number, length: number) => Number.parseInt(text(from, length).trim() || "0", 8);
    let sum = 0;
    head.forEach((byte, index) => {
      sum += index >= 148 && index < 156 ? 32 : byte;
    });
    const size = number(124, 12);
    if (sum !== number(148, 8) || !(size >= 0) || ++entries > ENTRIES_LIMIT) {
      noArchive(io);
      return { exit: failure };
    }
    at += BLOCK;
    if (at + size > bytes.length) {
      if (io.style === "busybox") complain(io, "short read");
      else fatal(io, "Unexpected EOF in archive");
      return { exit: failure };
    }
    const content = bytes.subarray(at, at + size);
    at += Math.ceil(size / BLOCK) * BLOCK;
    const type = String.fromCharCode(head[156]!);
    const prefix = text(257, 5) === "ustar" ? text(345, PREFIX_BYTES) : "";
    const name = long ?? (prefix ? `${prefix}/${text(0, NAME_BYTES)}` : text(0, NAME_BYTES));
    long = undefined;
    // GNU's long names and pax' records come before the entry that they are about.
    if (type === "L") long = decodeBytes(content).replace(/\0.*$/s, "");
    if (type === "x") long = /(?:^|\n)\d+ path=([^\n]*)\n/.exec(decodeBytes(content))?.[1];
    if (["L", "x", "g", "K"].includes(type)) continue;
    const asked = wanted.names.find((one) => name === one || name.startsWith(`${one.replace(/\/+$/, "")}/`));
    if (wanted.names.length > 0 && asked === undefined) continue;
    if (asked !== undefined) found.add(asked);
    const entry = {
      name,
      type,
      mode: number(100, 8),
      modifiedMs: number(136, 12) * 1000,
      link: text(157, NAME_BYTES),
      size,
    };
    if (wanted.list || wanted.verbose)
      io.out(`${wanted.list && wanted.verbose ? longLine(entry, text(265, 32), text(297, 32)) : name}\n`);
    if (!wanted.list && !extract(io, base, entry, content, wanted)) return { exit: failure };
  }
  if (entries === 0 && bytes.length > 0 && bytes.length < BLOCK) {
    noArchive(io);
    return { exit: failure };
  }
  const missing = wanted.names.filter((name) => !found.has(name));
  for (const name of missing)
    complain(io, io.style === "gnu" ? `${name}: Not found in archive` : `${name}: not found in archive`);
  if (missing.length > 0 && io.style === "gnu") complain(io, "Exiting with failure status due to previous errors");
  return { exit: missing.length > 0 ? failure : 0 };
}

function noArchive(io: CommandIo): void {
  if (io.style === "busybox") {
    complain(io, "invalid tar magic");
    return;
  }
  complain(io, "This does not look like a tar archive");
  complain(io, "Exiting with failure status due to previous errors");
}

interface Entry {
  name: string;
  type: string;
  mode: number;
  modifiedMs: number;
  link: string;
  size: number;
}

function longLine(entry: Entry, user: string, group: string): string {
  const letters = "rwxrwxrwx";
  const bits = [...letters].map((letter, index) => (entry.mode & (1 << (8 - index)) ? letter : "-")).join("");
  const kind = entry.type === "5" ? "d" : entry.type === "2" ? "l" : "-";
  const { year, month, day, hour, minute } = civil(entry.modifiedMs);
  const two = (value: number) => String(value).padStart(2, "0");
  const date = `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
  const link = entry.type === "2" ? ` -> ${entry.link}` : "";
  return `${kind}${bits} ${user}/${group} ${String(entry.size).padStart(9)} ${date} ${entry.name}${link}`;
}

/** False where it must end. Nothing is written outside of the directory that it extracts into. */
function extract(io: CommandIo, base: string, entry: Entry, content: Uint8Array, { strip, now }: Wanted): boolean {
  const parts = entry.name.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) {
    complain(io, `${entry.name}: Member name contains '..'`);
    return false;
  }
  const kept = parts.slice(strip);
  if (kept.length === 0) return true;
  const path = resolvePath(base, kept.join("/"));
  try {
    if (entry.type === "5") {
      io.files.makeDirectory(path, { recursive: true });
      return true;
    }
    io.files.makeDirectory(dirname(path), { recursive: true });
    if (entry.type === "2") {
      if (io.files.lstat(path)) io.files.remove(path);
      io.files.makeLink(path, entry.link);
      return true;
    }
    if (!["0", "\0", "7"].includes(entry.type)) return true;
    if (io.files.lstat(path)?.type === "symlink") io.files.remove(path);
    io.files.writeFile(path, decodeBytes(content), entry.mode & 0o777);
    io.files.chmod(path, entry.mode & 0o777);
    if (!now) io.files.touch(path, entry.modifiedMs);
    return true;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const word = io.style === "gnu" ? "Cannot open" : "can't open";
    complain(
      io,
      io.style === "gnu" ? `${entry.name}: ${word}: ${error.message}` : `${word} '${entry.name}': ${error.message}`,
    );
    if (io.style === "gnu") complain(io, "Exiting with failure status due to previous errors");
    return false;
  }
}
