/**
 * Text and bytes. Files and streams carry text; a byte that is not part of valid UTF-8 is carried as U+DC80–U+DCFF
 * (Python's surrogateescape), so that any bytes survive a round trip.
 */

/** UTF-8, with U+DC80–U+DCFF turned back into the bytes that they stand for. */
export function encodeBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(byteLength(text));
  let at = 0;
  for (let index = 0; index < text.length; index++) {
    let code = text.charCodeAt(index);
    if (code < 0x80) {
      bytes[at++] = code;
    } else if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >> 6);
      bytes[at++] = 0x80 | (code & 0x3f);
    } else if (code >= 0xdc80 && code <= 0xdcff) {
      bytes[at++] = code - 0xdc00;
    } else {
      if (isPair(text, index)) {
        code = text.codePointAt(index)!;
        index++;
        bytes[at++] = 0xf0 | (code >> 18);
        bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
      } else {
        bytes[at++] = 0xe0 | (code >> 12);
      }
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[at++] = 0x80 | (code & 0x3f);
    }
  }
  return bytes;
}

/** How many bytes `encodeBytes` gives. */
export function byteLength(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80 || (code >= 0xdc80 && code <= 0xdcff)) continue;
    if (code < 0x800) length++;
    else if (isPair(text, index)) {
      length += 2;
      index++;
    } else length += 2;
  }
  return length;
}

const isPair = (text: string, index: number) => {
  const high = text.charCodeAt(index);
  if (high < 0xd800 || high > 0xdbff) return false;
  const low = text.charCodeAt(index + 1);
  return low >= 0xdc00 && low <= 0xdfff;
};

/** The reverse of `encodeBytes`. */
export function decodeBytes(bytes: Uint8Array): string {
  let text = "";
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at]!;
    if (first < 0x80) {
      text += String.fromCharCode(first);
      at++;
      continue;
    }
    const length = first >= 0xf0 && first <= 0xf4 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
    const code = first > 0xf4 || length === 0 ? -1 : codePoint(bytes, at, length);
    if (code < 0) {
      text += String.fromCharCode(0xdc00 + first);
      at++;
    } else {
      text += String.fromCodePoint(code);
      at += length;
    }
  }
  return text;
}

/** -1 where the sequence is cut, overlong, a surrogate or beyond U+10FFFF. */
function codePoint(bytes: Uint8Array, at: number, length: number): number {
  let code = bytes[at]! & (0xff >> (length + 1));
  for (let index = 1; index < length; index++) {
    const byte = bytes[at + index];
    if (byte === undefined || (byte & 0xc0) !== 0x80) return -1;
    code = (code << 6) | (byte & 0x3f);
  }
  const least = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000;
  if (code < least || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return -1;
  return code;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export function base64FromBytes(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [a, b, c] = [bytes[at]!, bytes[at + 1], bytes[at + 2]];
    const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += ALPHABET[word >> 18]! + ALPHABET[(word >> 12) & 63]!;
    text += b === undefined ? "==" : ALPHABET[(word >> 6) & 63]! + (c === undefined ? "=" : ALPHABET[word & 63]!);
  }
  return text;
}

/** Ignores white space; undefined where the rest is not base64 (RFC 4648, padded). */
export function bytesFromBase64(encoded: string): Uint8Array | undefined {
  const text = encoded.replace(/[ \t\r\n]+/g, "");
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let at = 0;
  for (let index = 0; index < text.length; index += 4) {
    let word = 0;
    for (let offset = 0; offset < 4; offset++)
      word = (word << 6) | Math.max(0, ALPHABET.indexOf(text[index + offset]!));
    for (const shift of [16, 8, 0]) if (at < bytes.length) bytes[at++] = (word >> shift) & 0xff;
  }
  return bytes;
}

export const base64Encode = (text: string): string => base64FromBytes(encodeBytes(text));

export function base64Decode(encoded: string): string | undefined {
  const bytes = bytesFromBase64(encoded);
  return bytes && decodeBytes(bytes);
}

/** Bytes one to one as U+0000–U+00FF, as just-bash passes them. */
export function latin1FromText(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  let result = "";
  for (const byte of encodeBytes(text)) result += String.fromCharCode(byte);
  return result;
}

export function textFromLatin1(latin1: string): string {
  if (/^[\0-\x7f]*$/.test(latin1)) return latin1;
  return decodeBytes(Uint8Array.from(latin1, (char) => char.charCodeAt(0) & 0xff));
}

/** One byte as text carries it: itself where it is ASCII, else as a lone surrogate. */
export const byteText = (byte: number): string => String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);

/** Joins bytes that were written one by one into the characters that they make together. */
export const joinBytes = (text: string): string =>
  /[\udc80-\udcff]/.test(text) ? decodeBytes(encodeBytes(text)) : text;
