/** Text to UTF-8 to base64 and back, without the host's codecs, which differ between hosts. */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}

/** Number of bytes that a text takes in UTF-8. */
export function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}

export function base64(bytes: readonly number[]): string {
  let text = "";
  for (let index = 0; index < bytes.length; index += 3) {
    const [a, b, c] = [bytes[index]!, bytes[index + 1], bytes[index + 2]];
    text += ALPHABET[a >> 2]! + ALPHABET[((a & 3) << 4) | ((b ?? 0) >> 4)]!;
    text += b === undefined ? "=" : ALPHABET[((b & 15) << 2) | ((c ?? 0) >> 6)]!;
    text += c === undefined ? "=" : ALPHABET[c & 63]!;
  }
  return text;
}

/** Bytes behind a base64 text; line ends in it do not count. */
export const base64Length = (text: string): number => {
  const digits = text.replace(/[\r\n=]/g, "").length;
  return Math.floor((digits * 3) / 4);
};

/** Go's complaint about a base64 text: the first byte that does not belong, or undefined where all is well. */
export function base64Error(text: string): string | undefined {
  const illegal = (index: number) => `illegal base64 data at input byte ${index}`;
  let digits = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index]!;
    if (character === "\n" || character === "\r") continue;
    if (character === "=") {
      const rest = text.slice(index).replace(/[\r\n]/g, "");
      if (digits % 4 < 2) return illegal(index);
      if (digits % 4 === 2) {
        if (rest.length < 2) return illegal(text.length);
        if (rest[1] !== "=") return illegal(index + 1);
        return rest.length > 2 ? illegal(index + 2) : undefined;
      }
      return rest.length > 1 ? illegal(index + 1) : undefined;
    }
    if (!ALPHABET.includes(character)) return illegal(index);
    digits++;
  }
  return digits % 4 === 0 ? undefined : illegal(text.length - (digits % 4));
}

/** The text behind base64, byte by byte where it is not ASCII: enough to look at JSON. */
export function base64Text(encoded: string): string {
  let text = "";
  let bits = 0;
  let value = 0;
  for (const character of encoded.replace(/[^A-Za-z0-9+/]/g, "")) {
    value = (value << 6) | ALPHABET.indexOf(character);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    text += String.fromCharCode((value >> bits) & 255);
    value &= (1 << bits) - 1;
  }
  return text;
}
