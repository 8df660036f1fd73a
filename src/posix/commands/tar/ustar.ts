import { byteLength, decodeBytes, encodeBytes } from "../../files/bytes";
import type { FileStat } from "../../files/file-system";
import { type CommandIo, complain } from "../command";

/** The blocks of an archive (POSIX.1, ustar). */
export const BLOCK = 512;
export const RECORD_BLOCKS = 20;
export const NAME_BYTES = 100;
export const PREFIX_BYTES = 155;
export const ENTRIES_LIMIT = 20_000;

const TYPES = { file: "0", device: "0", symlink: "2", directory: "5" } as const;

/** A complaint that ends it all, as GNU tar words one. */
export function fatal(io: CommandIo, text: string): void {
  complain(io, text);
  if (io.style === "gnu") complain(io, "Error is not recoverable: exiting now");
}

export function header(name: string, stat: FileStat, link: string, user: { name: string; uid: number }): string {
  const bytes = new Uint8Array(BLOCK);
  const put = (text: string, at: number, length: number) => bytes.set(encodeBytes(text).subarray(0, length), at);
  const octal = (value: number, at: number, length: number) =>
    put(
      `${Math.floor(value)
        .toString(8)
        .padStart(length - 1, "0")}\0`,
      at,
      length,
    );
  const type = TYPES[stat.type];
  const { prefix, rest } = splitName(name);
  put(rest, 0, NAME_BYTES);
  octal(stat.mode & 0o7777, 100, 8);
  octal(stat.uid, 108, 8);
  octal(stat.gid, 116, 8);
  octal(type === "0" ? stat.sizeBytes : 0, 124, 12);
  octal(Math.max(0, stat.modifiedMs / 1000), 136, 12);
  put("        ", 148, 8);
  put(type, 156, 1);
  put(link, 157, NAME_BYTES);
  put("ustar\x0000", 257, 8);
  const owner = stat.uid === 0 ? "root" : stat.uid === user.uid ? user.name : String(stat.uid);
  put(owner, 265, 31);
  put(owner, 297, 31);
  put(prefix, 345, PREFIX_BYTES);
  let sum = 0;
  for (const byte of bytes) sum += byte;
  put(`${sum.toString(8).padStart(6, "0")}\0 `, 148, 8);
  return decodeBytes(bytes);
}

/** A long name is parted at a slash. */
function splitName(name: string): { prefix: string; rest: string } {
  if (byteLength(name) <= NAME_BYTES) return { prefix: "", rest: name };
  for (let at = name.indexOf("/"); at >= 0; at = name.indexOf("/", at + 1)) {
    const [prefix, rest] = [name.slice(0, at), name.slice(at + 1)];
    if (byteLength(prefix) <= PREFIX_BYTES && rest !== "" && byteLength(rest) <= NAME_BYTES) return { prefix, rest };
  }
  return { prefix: "", rest: name };
}
