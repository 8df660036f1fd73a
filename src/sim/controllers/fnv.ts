/** Fowler-Noll-Vo hashes of 32 bits, as Go's hash/fnv has them. */

const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

export function fnv32a(bytes: Iterable<number>, hash = OFFSET): number {
  let current = hash;
  for (const byte of bytes) current = Math.imul(current ^ byte, PRIME);
  return current >>> 0;
}

export function fnv32(bytes: Iterable<number>, hash = OFFSET): number {
  let current = hash;
  for (const byte of bytes) current = Math.imul(current, PRIME) ^ byte;
  return current >>> 0;
}

export function* utf8(text: string): Iterable<number> {
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (code < 0x80) yield code;
    else for (const escaped of encodeURIComponent(char).slice(1).split("%")) yield Number.parseInt(escaped, 16);
  }
}
