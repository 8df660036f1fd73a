import { bytesFromBase64 } from "@/posix/files/bytes";
import { CliError } from "../../errors";

/** Refuses a certificate and a key that do not belong together, in the words of Go's `tls.X509KeyPair`. */
export function checkKeyPair(certificatePem: string, keyPem: string): void {
  const certificate = block(certificatePem, "CERTIFICATE");
  if (!certificate) {
    if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(certificatePem)) {
      throw new CliError(
        "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched",
      );
    }
    throw new CliError("tls: failed to find any PEM data in certificate input");
  }
  const label = /-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----/.exec(keyPem)?.[1];
  const key = label ? block(keyPem, label) : undefined;
  if (!key) {
    if (/-----BEGIN CERTIFICATE-----/.test(keyPem))
      throw new CliError("tls: found a certificate rather than a key in the PEM for the private key");
    throw new CliError("tls: failed to find any PEM data in key input");
  }
  const published = publicPart(certificate);
  const own = publicPartOfKey(key);
  if (published && own && published !== own) throw new CliError("tls: private key does not match public key");
}

function block(pem: string, label: string): Uint8Array | undefined {
  const match = new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`).exec(pem);
  return match ? bytesFromBase64(match[1]!.replace(/\s+/g, "")) : undefined;
}

interface Der {
  tag: number;
  content: Uint8Array;
  children: Der[];
}

const CONSTRUCTED = 0x20;
const DEPTH_LIMIT = 24;

/** Reads one DER value; undefined where the bytes are none. */
function readDer(bytes: Uint8Array, at = 0, depth = 0): { value: Der; end: number } | undefined {
  const tag = bytes[at];
  let length = bytes[at + 1];
  if (tag === undefined || length === undefined || depth > DEPTH_LIMIT) return undefined;
  let start = at + 2;
  if (length & 0x80) {
    const count = length & 0x7f;
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[start++] ?? 0);
  }
  const end = start + length;
  if (end > bytes.length) return undefined;
  const content = bytes.subarray(start, end);
  const children: Der[] = [];
  if (tag & CONSTRUCTED) {
    for (let offset = start; offset < end; ) {
      const child = readDer(bytes.subarray(0, end), offset, depth + 1);
      if (!child) break;
      children.push(child.value);
      offset = child.end;
    }
  }
  return { value: { tag, content, children }, end };
}

const hex = (bytes: Uint8Array) =>
  [...bytes]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .replace(/^(00)+/, "");

/** What tells a public key apart: an RSA modulus or the point of a curve. */
function publicPart(certificate: Uint8Array): string | undefined {
  const fields = readDer(certificate)?.value.children[0]?.children ?? [];
  const info = fields.find(({ children }) => children.length === 2 && children[1]?.tag === 0x03);
  const bits = info?.children[1]?.content.subarray(1);
  if (!bits) return undefined;
  const sequence = readDer(bits)?.value;
  return sequence?.tag === 0x30 ? hex(sequence.children[0]!.content) : hex(bits);
}

function publicPartOfKey(key: Uint8Array): string | undefined {
  const outer = readDer(key)?.value;
  if (!outer) throw new CliError("tls: failed to parse private key");
  const inner = outer.children[2]?.tag === 0x04 ? readDer(outer.children[2].content)?.value : undefined;
  const own = inner ?? outer;
  if (own.children.length >= 9) return hex(own.children[1]!.content);
  const point = own.children.find(({ tag }) => tag === 0xa1)?.children[0];
  return point ? hex(point.content.subarray(1)) : undefined;
}
