import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { decodeBytes, encodeBytes } from "@/posix/files/bytes";
import { decodeBase64, encodeBase64 } from "../../network/pki/base64";

/** JSON Web Tokens signed with HS256. Claims come in the order of their names, as Go prints a map. */
export function signJwt(claims: Record<string, string | number>, secret: string): string {
  const sorted = Object.fromEntries(Object.entries(claims).sort(([a], [b]) => (a < b ? -1 : 1)));
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(sorted)}`;
  return `${signed}.${signature(signed, secret)}`;
}

/** The claims of a token that is well signed and not expired. */
export function verifyJwt(token: string, secret: string, nowMs: number): Record<string, unknown> | undefined {
  const [head, body, signed, ...more] = token.split(".");
  if (head === undefined || body === undefined || signed === undefined || more.length > 0) return undefined;
  try {
    if (JSON.parse(text(head)).alg !== "HS256" || signature(`${head}.${body}`, secret) !== signed) return undefined;
    const claims = JSON.parse(text(body)) as Record<string, unknown>;
    return typeof claims.exp === "number" && claims.exp * 1000 <= nowMs ? undefined : claims;
  } catch {
    return undefined;
  }
}

const url = (bytes: Uint8Array) => encodeBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const part = (value: unknown) => url(encodeBytes(JSON.stringify(value)));
const text = (value: string) => decodeBytes(decodeBase64(value.replaceAll("-", "+").replaceAll("_", "/")));
const signature = (value: string, secret: string) => url(hmac(sha256, encodeBytes(secret), encodeBytes(value)));
