/** Fields of a message as they stand on the wire (protobuf.dev, "Encoding"). */

export class WireError extends Error {}

export interface WireField {
  number: number;
  /** Varints and fixed numbers as bigint, all else as bytes. */
  value: bigint | Uint8Array;
}

/** The fields of one message, in order. */
export function readFields(bytes: Uint8Array): WireField[] {
  const fields: WireField[] = [];
  const cursor = { bytes, at: 0 };
  while (cursor.at < bytes.length) {
    const tag = readVarint(cursor);
    const number = Number(tag >> 3n);
    switch (Number(tag & 7n)) {
      case 0:
        fields.push({ number, value: readVarint(cursor) });
        break;
      case 1:
        fields.push({ number, value: readBytes(cursor, 8) });
        break;
      case 2:
        fields.push({ number, value: readBytes(cursor, Number(readVarint(cursor))) });
        break;
      case 5:
        fields.push({ number, value: readBytes(cursor, 4) });
        break;
      default:
        throw new WireError("proto: illegal wireType");
    }
  }
  return fields;
}

interface Cursor {
  bytes: Uint8Array;
  at: number;
}

const MAX_VARINT_BYTES = 10;

function readVarint(cursor: Cursor): bigint {
  let value = 0n;
  for (let index = 0; index < MAX_VARINT_BYTES; index++) {
    const byte = cursor.bytes[cursor.at++];
    if (byte === undefined) throw new WireError("unexpected EOF");
    value |= BigInt(byte & 0x7f) << BigInt(7 * index);
    if (byte < 0x80) return value;
  }
  throw new WireError("proto: integer overflow");
}

function readBytes(cursor: Cursor, length: number): Uint8Array {
  const end = cursor.at + length;
  if (end > cursor.bytes.length) throw new WireError("unexpected EOF");
  const bytes = cursor.bytes.subarray(cursor.at, end);
  cursor.at = end;
  return bytes;
}

const texts = new TextDecoder();

export const textOf = (value: WireField["value"] | undefined): string =>
  value instanceof Uint8Array ? texts.decode(value) : "";

/** Signed, as int32 and int64 are. */
export const integerOf = (value: WireField["value"] | undefined): number =>
  typeof value === "bigint" ? Number(BigInt.asIntN(64, value)) : 0;

export const bytesOf = (value: WireField["value"] | undefined): Uint8Array =>
  value instanceof Uint8Array ? value : new Uint8Array();

export const doubleOf = (value: WireField["value"] | undefined): number => {
  const bytes = bytesOf(value);
  return bytes.length === 8 ? new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true) : 0;
};
