import { decodeBytes, encodeBytes } from "@/posix/files/bytes";

const HIGH_SURROGATE = /[\ud800-\udbff]$/;

/** Bytes that come in pieces as the text that carries them: a character that is cut waits for its end. */
export class BytesToText {
  private rest: Uint8Array = new Uint8Array(0);

  push(bytes: Uint8Array): string {
    const all = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
    const whole = all.length - cutCharacter(all);
    this.rest = all.subarray(whole);
    return decodeBytes(all.subarray(0, whole));
  }

  end(): string {
    const text = decodeBytes(this.rest);
    this.rest = new Uint8Array(0);
    return text;
  }
}

/** How many bytes at the end begin a character that goes on. */
function cutCharacter(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const length =
      byte >= 0xf0 && byte <= 0xf4 ? 4 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xc2 && byte < 0xe0 ? 2 : 0;
    return back < length ? back : 0;
  }
  return 0;
}

/** The reverse, where a pair of surrogates may be cut. */
export class TextToBytes {
  private rest = "";

  push(text: string): Uint8Array {
    const all = this.rest + text;
    this.rest = HIGH_SURROGATE.exec(all)?.[0] ?? "";
    return encodeBytes(this.rest ? all.slice(0, -1) : all);
  }
}
