/** SPDY/3.1 frames as bytes (draft-mbelshe-httpbis-spdy-00, section 2.2): eight bytes of head, then what it holds. */

export const SYN_STREAM = 1;
export const SYN_REPLY = 2;
export const RST_STREAM = 3;
export const PING = 6;
export const GOAWAY = 7;

export const FLAG_FIN = 1;

const VERSION = 3;
const HEAD_BYTES = 8;
const CONTROL = 0x80;
/** A client sends what it read in one go: far less than what the 24 bits of a length could say. */
export const FRAME_LIMIT_BYTES = 4 * 1024 * 1024;

export type Frame =
  | { kind: "control"; type: number; flags: number; payload: Buffer }
  | { kind: "data"; streamId: number; flags: number; payload: Buffer };

/** Cuts what comes in into frames. */
export class FrameReader {
  private chunks: Buffer[] = [];
  private size = 0;

  push(chunk: Buffer): Frame[] {
    this.chunks.push(chunk);
    this.size += chunk.length;
    const frames: Frame[] = [];
    for (let frame = this.next(); frame; frame = this.next()) frames.push(frame);
    return frames;
  }

  private next(): Frame | undefined {
    if (this.size < HEAD_BYTES) return undefined;
    const head = this.peek(HEAD_BYTES);
    const length = head.readUInt32BE(4) & 0xffffff;
    if (length > FRAME_LIMIT_BYTES) throw new Error("a SPDY frame is too large");
    if (this.size < HEAD_BYTES + length) return undefined;
    const whole = this.peek(HEAD_BYTES + length);
    const rest = this.chunks[0]!.subarray(HEAD_BYTES + length);
    this.chunks[0] = rest;
    this.size -= HEAD_BYTES + length;
    const flags = whole[4]!;
    const payload = whole.subarray(HEAD_BYTES);
    if (!(whole[0]! & CONTROL)) return { kind: "data", streamId: whole.readUInt32BE(0), flags, payload };
    if ((whole.readUInt16BE(0) & 0x7fff) !== VERSION) throw new Error("not a SPDY/3 frame");
    return { kind: "control", type: whole.readUInt16BE(2), flags, payload };
  }

  /** The first bytes in one piece, which then is the first chunk. */
  private peek(bytes: number): Buffer {
    if (this.chunks[0]!.length < bytes) this.chunks = [Buffer.concat(this.chunks)];
    return this.chunks[0]!.subarray(0, bytes);
  }
}

export function controlFrame(type: number, flags: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt16BE(0x8000 | VERSION, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt32BE(payload.length, 4);
  head[4] = flags;
  return Buffer.concat([head, payload]);
}

export function dataFrame(streamId: number, flags: number, payload: Uint8Array): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32BE(streamId, 0);
  head.writeUInt32BE(payload.length, 4);
  head[4] = flags;
  return Buffer.concat([head, payload]);
}

export function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeUInt32BE(value, index * 4);
  });
  return bytes;
}
