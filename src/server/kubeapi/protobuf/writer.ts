/** Fields of a message put on the wire (protobuf.dev, "Encoding"). */

const LENGTH_DELIMITED = 2;

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Buffer.from([...bytes, rest]);
}

export const booleanField = (number: number, value: boolean): Buffer =>
  Buffer.from([...varint(number * 8), value ? 1 : 0]);

/** A text or a message within a message. */
export function field(number: number, value: string | Buffer): Buffer {
  const bytes = Buffer.from(value as Buffer);
  return Buffer.concat([varint(number * 8 + LENGTH_DELIMITED), varint(bytes.length), bytes]);
}
