import { ed25519 } from "@noble/curves/ed25519.js";
import { p256, p384 } from "@noble/curves/nist.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import { derNull, oid, sequence } from "./der";
import type { PrivateKey, PublicKey } from "./keys";
import { SIGNATURES, type SignatureScheme } from "./oids";
import { rsaSign, rsaVerify } from "./rsa";

const HASHES = { sha1, sha256, sha384, sha512 };

/** SHA-256 for RSA and P-256, SHA-384 for P-384: what OpenSSL would take. */
export function schemeFor(key: PrivateKey): SignatureScheme {
  const hash = key.kind === "ec" && key.curve === "P-384" ? "sha384" : "sha256";
  return SIGNATURES.find((scheme) => scheme.key === key.kind && scheme.hash === hash)!;
}

export function schemeByOid(id: string): SignatureScheme | undefined {
  return SIGNATURES.find((scheme) => scheme.oid === id);
}

export function algorithmIdentifier(scheme: SignatureScheme): Uint8Array {
  return scheme.key === "rsa" ? sequence(oid(scheme.oid), derNull()) : sequence(oid(scheme.oid));
}

/** Signs; ECDSA deterministically (RFC 6979), so that equal input gives equal certificates. */
export function sign(key: PrivateKey, scheme: SignatureScheme, message: Uint8Array): Uint8Array {
  const digest = HASHES[scheme.hash](message);
  if (key.kind === "rsa") return rsaSign(key, scheme.hash, digest);
  const curve = key.curve === "P-256" ? p256 : p384;
  return curve.sign(digest, key.secret, { prehash: false, format: "der", lowS: false });
}

export function verify(key: PublicKey, scheme: SignatureScheme, message: Uint8Array, signature: Uint8Array): boolean {
  if (scheme.key !== key.kind) return false;
  if (key.kind === "ed25519") return verifyEd25519(key.point, message, signature);
  const digest = HASHES[scheme.hash](message);
  if (key.kind === "rsa") return rsaVerify(key.modulus, key.exponent, scheme.hash, digest, signature);
  const curve = key.curve === "P-256" ? p256 : p384;
  try {
    return curve.verify(signature, digest, key.point, { prehash: false, format: "der", lowS: false });
  } catch {
    return false;
  }
}

function verifyEd25519(point: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, point);
  } catch {
    return false;
  }
}
