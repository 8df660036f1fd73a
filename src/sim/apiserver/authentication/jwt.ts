import { p256 } from "@noble/curves/nist.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { base64Decode, base64Encode, base64FromBytes, bytesFromBase64, encodeBytes } from "@/posix/files/bytes";
import { serviceAccountKey } from "../../network/pki/service-account-key";

/** JSON Web Tokens signed with ES256, which the API server takes for a service account key on P-256. */

export type Claims = Record<string, any>;

const toUrl = (base64: string): string => base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const fromUrl = (text: string): string => {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return base64.padEnd(Math.ceil(base64.length / 4) * 4, "=");
};

export function signClaims(claims: Claims): string {
  const { key, id } = serviceAccountKey();
  const head = toUrl(base64Encode(JSON.stringify({ alg: "ES256", kid: toUrl(base64FromBytes(id)) })));
  const signed = `${head}.${toUrl(base64Encode(JSON.stringify(claims)))}`;
  const signature = p256.sign(sha256(encodeBytes(signed)), key.secret, {
    prehash: false,
    format: "compact",
    lowS: false,
  });
  return `${signed}.${toUrl(base64FromBytes(signature))}`;
}

/** Tokens whose signature was found right: clients send the same one again and again. */
const verified = new Map<string, Claims>();
const VERIFIED_LIMIT = 256;
/** A longer text is no token. */
const LONGEST_TOKEN = 16_384;

/** What a token says, if this cluster's key signed it. */
export function claimsOf(token: string): Claims | undefined {
  const known = verified.get(token);
  if (known || token.length > LONGEST_TOKEN) return known;
  const claims = checked(token);
  if (!claims) return undefined;
  if (verified.size >= VERIFIED_LIMIT) verified.delete(verified.keys().next().value!);
  verified.set(token, claims);
  return claims;
}

function checked(token: string): Claims | undefined {
  const parts = token.split(".");
  if (parts.length !== 3) return undefined;
  const [head, body, signature] = parts as [string, string, string];
  try {
    if (JSON.parse(base64Decode(fromUrl(head)) ?? "").alg !== "ES256") return undefined;
    const bytes = bytesFromBase64(fromUrl(signature));
    const { publicKey } = serviceAccountKey().key;
    const digest = sha256(encodeBytes(`${head}.${body}`));
    if (!bytes || !p256.verify(bytes, digest, publicKey.point, { prehash: false, format: "compact", lowS: false }))
      return undefined;
    return JSON.parse(base64Decode(fromUrl(body)) ?? "");
  } catch {
    return undefined;
  }
}
