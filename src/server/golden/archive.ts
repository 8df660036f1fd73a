import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const BLOCK_BYTES = 512;

/** The files of a `.tar.gz`, by name. Reads what `tar` writes for short names; nothing else is recorded. */
export function filesOf(path: string): Map<string, Uint8Array> {
  const tape = gunzipSync(readFileSync(path));
  const files = new Map<string, Uint8Array>();
  for (let at = 0; at + BLOCK_BYTES <= tape.length && tape[at] !== 0; ) {
    const text = (from: number, length: number) =>
      tape.toString("latin1", at + from, at + from + length).replace(/\0.*$/s, "");
    const sizeBytes = Number.parseInt(text(124, 12), 8) || 0;
    const start = at + BLOCK_BYTES;
    const prefix = text(345, 155);
    files.set(prefix ? `${prefix}/${text(0, 100)}` : text(0, 100), tape.subarray(start, start + sizeBytes));
    at = start + Math.ceil(sizeBytes / BLOCK_BYTES) * BLOCK_BYTES;
  }
  return files;
}
