/** Distinguished Encoding Rules: just what X.509 and keys need (ITU-T X.690). */

/** Nesting deeper than this is refused rather than followed. */
const DEPTH_LIMIT = 32;

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
  printableString: 0x13,
  t61String: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;

export interface DerNode {
  tag: number;
  /** Header and content. */
  bytes: Uint8Array;
  content: Uint8Array;
  /** Of constructed nodes. */
  children: DerNode[];
}

export class DerError extends Error {}

/** Reads one value; what follows it is an error unless `trailing` allows it. */
export function readDer(bytes: Uint8Array, trailing = false): DerNode {
  const { node, end } = read(bytes, 0, 0);
  if (!trailing && end !== bytes.length) throw new DerError("trailing data");
  return node;
}

function read(bytes: Uint8Array, start: number, depth: number): { node: DerNode; end: number } {
  if (depth > DEPTH_LIMIT) throw new DerError("nested too deeply");
  const tag = bytes[start];
  let length = bytes[start + 1];
  if (tag === undefined || length === undefined) throw new DerError("too short");
  let at = start + 2;
  if (length & 0x80) {
    const count = length & 0x7f;
    if (count === 0 || count > 4) throw new DerError("bad length");
    length = 0;
    for (let index = 0; index < count; index++) length = length * 256 + (bytes[at++] ?? 0);
  }
  const end = at + length;
  if (end > bytes.length) throw new DerError("too short");
  const children: DerNode[] = [];
  if (tag & 0x20) {
    let next = at;
    while (next < end) {
      const child = read(bytes.subarray(0, end), next, depth + 1);
      children.push(child.node);
      next = child.end;
    }
  }
  return { node: { tag, bytes: bytes.subarray(start, end), content: bytes.subarray(at, end), children }, end };
}

export function writeDer(tag: number, ...content: Uint8Array[]): Uint8Array {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  const header = [tag];
  if (length < 0x80) header.push(length);
  else {
    const digits: number[] = [];
    for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
    header.push(0x80 | digits.length, ...digits);
  }
  return concat(Uint8Array.from(header), ...content);
}

export const sequence = (...content: Uint8Array[]): Uint8Array => writeDer(TAG.sequence, ...content);
export const set = (...content: Uint8Array[]): Uint8Array => writeDer(TAG.set, ...content);
export const octetString = (content: Uint8Array): Uint8Array => writeDer(TAG.octetString, content);
export const derNull = (): Uint8Array => writeDer(TAG.null);
export const derTrue = (): Uint8Array => writeDer(TAG.boolean, Uint8Array.of(0xff));
/** [number], constructed unless told otherwise. */
export const context = (number: number, content: Uint8Array, constructed = true): Uint8Array =>
  writeDer(0x80 | (constructed ? 0x20 : 0) | number, content);
export const bitString = (content: Uint8Array, unusedBits = 0): Uint8Array =>
  writeDer(TAG.bitString, Uint8Array.of(unusedBits), content);

/** A non-negative integer. */
export function integer(value: bigint | number): Uint8Array {
  const bytes = bigintToBytes(BigInt(value));
  return writeDer(TAG.integer, bytes[0]! & 0x80 ? concat(Uint8Array.of(0), bytes) : bytes);
}

export function oid(text: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = text.split(".").map(Number);
  const bytes: number[] = [];
  for (const part of [first * 40 + second, ...rest]) {
    const digits = [part & 0x7f];
    for (let value = Math.floor(part / 128); value > 0; value = Math.floor(value / 128))
      digits.unshift((value & 0x7f) | 0x80);
    bytes.push(...digits);
  }
  return writeDer(TAG.oid, Uint8Array.from(bytes));
}

export function oidText(node: DerNode): string {
  if (node.tag !== TAG.oid || node.content.length === 0) throw new DerError("not an object identifier");
  const parts: number[] = [];
  let value = 0;
  for (const byte of node.content) {
    value = value * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    parts.push(value);
    value = 0;
  }
  const first = Math.min(2, Math.floor(parts[0]! / 40));
  return [first, parts[0]! - first * 40, ...parts.slice(1)].join(".");
}

export function bigintToBytes(value: bigint, length = 0): Uint8Array {
  let hex = value.toString(16);
  if (hex.length % 2) hex = `0${hex}`;
  hex = hex.padStart(length * 2, "0");
  return fromHex(hex);
}

export function bytesToBigint(bytes: Uint8Array): bigint {
  const hex = toHex(bytes);
  return hex === "" ? 0n : BigInt(`0x${hex}`);
}

export function toHex(bytes: Uint8Array): string {
  let hex = "";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return hex;
}

export function fromHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let index = 0; index < bytes.length; index++)
    bytes[index] = Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16);
  return bytes;
}

export function concat(...parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
