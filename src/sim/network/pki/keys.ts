import { p256, p384 } from "@noble/curves/nist.js";
import {
  bigintToBytes,
  bitString,
  bytesToBigint,
  context,
  DerError,
  type DerNode,
  derNull,
  integer,
  octetString,
  oid,
  oidText,
  readDer,
  sequence,
} from "./der";
import { OID } from "./oids";
import { readPem, toPem } from "./pem";

export type PublicKey =
  | { kind: "ec"; curve: "P-256" | "P-384"; point: Uint8Array }
  | { kind: "ed25519"; point: Uint8Array }
  | { kind: "rsa"; modulus: bigint; exponent: bigint };

export type PrivateKey =
  | { kind: "ec"; curve: "P-256" | "P-384"; secret: Uint8Array; publicKey: PublicKey & { kind: "ec" } }
  | {
      kind: "rsa";
      modulus: bigint;
      exponent: bigint;
      privateExponent: bigint;
      prime1: bigint;
      prime2: bigint;
      publicKey: PublicKey & { kind: "rsa" };
    };

export interface KeyPair {
  privateKeyPem: string;
  publicKeyPem: string;
}

const CURVES = { "P-256": p256, "P-384": p384 };
const CURVE_OIDS: Record<string, "P-256" | "P-384"> = { [OID.p256]: "P-256", [OID.p384]: "P-384" };
const curveOid = (curve: "P-256" | "P-384") => (curve === "P-256" ? OID.p256 : OID.p384);

/** A P-256 key pair from 32 or more random bytes: the same bytes give the same pair. */
export function generateKeyPair(randomBytes: Uint8Array): KeyPair {
  // FIPS 186-5 A.2.1: reduce into [1, n-1], so that no bytes are refused.
  const order = p256.Point.Fn.ORDER;
  const secret = bigintToBytes((bytesToBigint(randomBytes) % (order - 1n)) + 1n, 32);
  return keyPair(ecKey("P-256", secret));
}

export function keyPair(key: PrivateKey): KeyPair {
  return { privateKeyPem: privateKeyPem(key), publicKeyPem: toPem("PUBLIC KEY", encodePublicKey(key.publicKey)) };
}

export function ecKey(curve: "P-256" | "P-384", secret: Uint8Array): PrivateKey {
  const point = CURVES[curve].getPublicKey(secret, false);
  return { kind: "ec", curve, secret, publicKey: { kind: "ec", curve, point } };
}

/** PKCS#8, as OpenSSL 3 writes all keys. */
export function privateKeyPem(key: PrivateKey): string {
  return toPem("PRIVATE KEY", sequence(integer(0), algorithmOf(key.publicKey), octetString(innerKey(key))));
}

/** The older forms: `EC PRIVATE KEY` and `RSA PRIVATE KEY`. */
export function traditionalKeyPem(key: PrivateKey): string {
  return toPem(key.kind === "ec" ? "EC PRIVATE KEY" : "RSA PRIVATE KEY", innerKey(key, true));
}

function innerKey(key: PrivateKey, named = false): Uint8Array {
  if (key.kind === "ec") {
    const parameters = named ? [context(0, oid(curveOid(key.curve)))] : [];
    return sequence(integer(1), octetString(key.secret), ...parameters, context(1, bitString(key.publicKey.point)));
  }
  const { modulus, exponent, privateExponent: d, prime1: p, prime2: q } = key;
  const parts = [0n, modulus, exponent, d, p, q, d % (p - 1n), d % (q - 1n), inverse(q, p)];
  return sequence(...parts.map(integer));
}

/** SubjectPublicKeyInfo. */
export function encodePublicKey(key: PublicKey): Uint8Array {
  const bits = key.kind !== "rsa" ? key.point : sequence(integer(key.modulus), integer(key.exponent));
  return sequence(algorithmOf(key), bitString(bits));
}

export function decodePublicKey(node: DerNode): PublicKey {
  const [algorithm, bits] = node.children;
  if (!algorithm || !bits) throw new DerError("bad public key");
  const id = oidText(algorithm.children[0]!);
  const content = bits.content.subarray(1);
  if (id === OID.rsaEncryption) {
    const [modulus, exponent] = readDer(content).children;
    return { kind: "rsa", modulus: bytesToBigint(modulus!.content), exponent: bytesToBigint(exponent!.content) };
  }
  if (id === OID.ed25519) return { kind: "ed25519", point: content };
  const curve = id === OID.ecPublicKey ? CURVE_OIDS[oidText(algorithm.children[1]!)] : undefined;
  if (!curve) throw new DerError(`unsupported public key algorithm ${id}`);
  return { kind: "ec", curve, point: content };
}

/** The first private key of a PEM text (PKCS#8, SEC 1 or PKCS#1), or undefined where there is none that can be read. */
export function parsePrivateKey(pem: string): PrivateKey | undefined {
  for (const block of readPem(pem)) {
    try {
      if (block.label === "PRIVATE KEY") {
        const [, algorithm, inner] = readDer(block.bytes).children;
        const curve = algorithm!.children[1];
        return decodeInner(readDer(inner!.content), curve?.tag === 0x06 ? oidText(curve) : undefined);
      }
      if (block.label === "EC PRIVATE KEY" || block.label === "RSA PRIVATE KEY")
        return decodeInner(readDer(block.bytes));
    } catch {
      return undefined;
    }
  }
  return undefined;
}

export function parsePublicKey(pem: string): PublicKey | undefined {
  const block = readPem(pem).find((item) => item.label === "PUBLIC KEY");
  try {
    return block && decodePublicKey(readDer(block.bytes));
  } catch {
    return undefined;
  }
}

function decodeInner(node: DerNode, curveId?: string): PrivateKey {
  const parts = node.children;
  if (parts[1]?.tag === 0x04) {
    const named = parts.find((part) => part.tag === 0xa0)?.children[0];
    const curve = CURVE_OIDS[curveId ?? (named ? oidText(named) : "")];
    if (!curve) throw new DerError("unsupported curve");
    return ecKey(curve, parts[1].content);
  }
  const [, modulus, exponent, privateExponent, prime1, prime2] = parts.map((part) => bytesToBigint(part.content));
  if (prime2 === undefined) throw new DerError("bad RSA key");
  return rsaKey(modulus!, exponent!, privateExponent!, prime1!, prime2);
}

export function rsaKey(
  modulus: bigint,
  exponent: bigint,
  privateExponent: bigint,
  prime1: bigint,
  prime2: bigint,
): PrivateKey {
  const publicKey = { kind: "rsa" as const, modulus, exponent };
  return { kind: "rsa", modulus, exponent, privateExponent, prime1, prime2, publicKey };
}

export function samePublicKey(a: PublicKey, b: PublicKey): boolean {
  if (a.kind === "rsa") return b.kind === "rsa" && a.modulus === b.modulus && a.exponent === b.exponent;
  if (a.kind === "ed25519") return b.kind === "ed25519" && bytesToBigint(a.point) === bytesToBigint(b.point);
  return b.kind === "ec" && a.curve === b.curve && bytesToBigint(a.point) === bytesToBigint(b.point);
}

function algorithmOf(key: PublicKey): Uint8Array {
  if (key.kind === "rsa") return sequence(oid(OID.rsaEncryption), derNull());
  if (key.kind === "ed25519") return sequence(oid(OID.ed25519));
  return sequence(oid(OID.ecPublicKey), oid(curveOid(key.curve)));
}

/** a⁻¹ mod m by the extended Euclidean algorithm. */
export function inverse(a: bigint, m: bigint): bigint {
  let [r0, r1, s0, s1] = [m, a % m, 0n, 1n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1] = [r1, r0 - quotient * r1];
    [s0, s1] = [s1, s0 - quotient * s1];
  }
  return ((s0 % m) + m) % m;
}
