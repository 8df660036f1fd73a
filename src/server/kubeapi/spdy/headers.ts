import { createInflate, type Inflate } from "node:zlib";
import { DICTIONARY } from "./dictionary";

export type Headers = Record<string, string>;

/** What the header block of one stream may grow to. */
const BLOCK_LIMIT_BYTES = 64 * 1024;
const STORED_LIMIT = 0xffff;

/** Reads the header blocks of one connection: one zlib stream runs through all of them. */
export class HeaderReader {
  private readonly inflate: Inflate = createInflate({ dictionary: DICTIONARY });
  private failed: Error | undefined;

  constructor() {
    this.inflate.on("error", (error) => {
      this.failed = error;
    });
  }

  /** One block at a time: call it again once the last promise has been kept. */
  async read(block: Buffer): Promise<Headers> {
    await new Promise<void>((resolve, reject) => {
      this.inflate.once("error", reject);
      this.inflate.write(block, () => {
        this.inflate.off("error", reject);
        resolve();
      });
    });
    if (this.failed) throw this.failed;
    const chunks: Buffer[] = [];
    let size = 0;
    for (let chunk = this.inflate.read(); chunk !== null; chunk = this.inflate.read()) {
      size += chunk.length;
      if (size > BLOCK_LIMIT_BYTES) throw new Error("a SPDY header block is too large");
      chunks.push(chunk);
    }
    return parse(Buffer.concat(chunks));
  }

  close(): void {
    this.inflate.destroy();
  }
}

function parse(block: Buffer): Headers {
  const headers: Headers = {};
  let at = 0;
  const text = () => {
    if (at + 4 > block.length) throw new Error("a SPDY header block is cut");
    const length = block.readUInt32BE(at);
    if (at + 4 + length > block.length) throw new Error("a SPDY header block is cut");
    at += 4 + length;
    return block.toString("utf8", at - length, at);
  };
  if (block.length < 4) throw new Error("a SPDY header block is cut");
  const count = block.readUInt32BE(0);
  at = 4;
  for (let index = 0; index < count; index++) {
    const name = text().toLowerCase();
    // Several values of a name are parted by NUL: the first one counts.
    headers[name] = text().split("\0")[0]!;
  }
  return headers;
}

/** An empty stored block: readers hand out what they have when they meet it. */
const FLUSH = Buffer.from([0, 0, 0, 0xff, 0xff]);

/** Writes the header blocks of one connection. Nothing is worth compressing in them: they are stored blocks of deflate. */
export class HeaderWriter {
  private begun = false;

  write(headers: Headers): Buffer {
    const parts: Buffer[] = [size(Object.keys(headers).length)];
    for (const [name, value] of Object.entries(headers)) {
      for (const text of [name.toLowerCase(), value]) {
        const bytes = Buffer.from(text);
        parts.push(size(bytes.length), bytes);
      }
    }
    const block = Buffer.concat(parts);
    if (block.length > STORED_LIMIT) throw new Error("a SPDY header block is too large");
    const head = Buffer.alloc(5);
    head.writeUInt16LE(block.length, 1);
    head.writeUInt16LE(block.length ^ STORED_LIMIT, 3);
    const start = this.begun ? [] : [Buffer.from([0x78, 0x01])];
    this.begun = true;
    return Buffer.concat([...start, head, block, FLUSH]);
  }
}

function size(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
