import { decodeBase64, encodeBase64 } from "./base64";

/** More blocks than this in one file are not looked at. */
const BLOCK_LIMIT = 500;
const LINE_LENGTH = 64;

export interface PemBlock {
  label: string;
  bytes: Uint8Array;
}

export function toPem(label: string, bytes: Uint8Array): string {
  const lines = encodeBase64(bytes).match(new RegExp(`.{1,${LINE_LENGTH}}`, "g")) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

/** The blocks of a text, in order. What is not well-formed is left out, as OpenSSL skips text between blocks. */
export function readPem(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  const pattern = /-----BEGIN ([A-Z0-9 ]+)-----\s*([A-Za-z0-9+/=\s]*?)-----END \1-----/g;
  for (const match of text.matchAll(pattern)) {
    if (blocks.length >= BLOCK_LIMIT) break;
    try {
      blocks.push({ label: match[1]!, bytes: decodeBase64(match[2]!) });
    } catch {
      // Not base64: not a block.
    }
  }
  return blocks;
}
