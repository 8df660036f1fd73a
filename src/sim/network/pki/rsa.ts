import { bigintToBytes, bytesToBigint, concat, derNull, equalBytes, octetString, oid, sequence } from "./der";
import { inverse, type PrivateKey, rsaKey } from "./keys";

/** RSA PKCS#1 v1.5 signatures (RFC 8017) and key generation on BigInt. */

const HASH_OIDS: Record<string, string> = {
  sha1: "1.3.14.3.2.26",
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
};
const SMALL_PRIMES = primesBelow(2000);
/** Rounds of Miller-Rabin; for random candidates of this size far fewer would do. */
const ROUNDS = 8;
const EXPONENT = 65_537n;
/** Larger keys than this are refused: their arithmetic would stop the world. */
export const RSA_BITS_LIMIT = 4096;

export function rsaSign(key: PrivateKey & { kind: "rsa" }, hash: string, digest: Uint8Array): Uint8Array {
  const length = Math.ceil(key.modulus.toString(2).length / 8);
  const padded = bytesToBigint(pad(hash, digest, length));
  // The Chinese remainder theorem makes this four times as fast as one power modulo n.
  const { prime1: p, prime2: q, privateExponent: d } = key;
  const mp = power(padded % p, d % (p - 1n), p);
  const mq = power(padded % q, d % (q - 1n), q);
  const h = (inverse(q % p, p) * ((((mp - mq) % p) + p) % p)) % p;
  return bigintToBytes(mq + h * q, length);
}

export function rsaVerify(
  modulus: bigint,
  exponent: bigint,
  hash: string,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  const bits = modulus.toString(2).length;
  const length = Math.ceil(bits / 8);
  const value = bytesToBigint(signature);
  if (bits > RSA_BITS_LIMIT || exponent > 0xffff_ffffn || signature.length !== length || value >= modulus) return false;
  return equalBytes(bigintToBytes(power(value, exponent, modulus), length), pad(hash, digest, length));
}

/** A key of `bits` bits; `random(n)` gives n random bytes. About a second for 2048 bits. */
export function generateRsaKey(bits: number, random: (length: number) => Uint8Array): PrivateKey {
  if (bits < 512 || bits > RSA_BITS_LIMIT) throw new Error(`RSA keys have 512 to ${RSA_BITS_LIMIT} bits, not ${bits}`);
  const half = Math.floor(bits / 2);
  for (;;) {
    const p = prime(half, random);
    const q = prime(bits - half, random);
    if (p === q) continue;
    const modulus = p * q;
    const phi = (p - 1n) * (q - 1n);
    if (modulus.toString(2).length !== bits || phi % EXPONENT === 0n) continue;
    return rsaKey(modulus, EXPONENT, inverse(EXPONENT, phi), p, q);
  }
}

function prime(bits: number, random: (length: number) => Uint8Array): bigint {
  const top = 3n << BigInt(bits - 2);
  const mask = (1n << BigInt(bits)) - 1n;
  let candidate = (bytesToBigint(random(Math.ceil(bits / 8))) & mask) | top | 1n;
  while (!isPrime(candidate, random)) {
    candidate += 2n;
    if (candidate > mask) candidate = (bytesToBigint(random(Math.ceil(bits / 8))) & mask) | top | 1n;
  }
  return candidate;
}

function isPrime(value: bigint, random: (length: number) => Uint8Array): boolean {
  for (const small of SMALL_PRIMES) if (value % small === 0n) return value === small;
  let odd = value - 1n;
  let twos = 0;
  while ((odd & 1n) === 0n) {
    odd >>= 1n;
    twos++;
  }
  for (let round = 0; round < ROUNDS; round++) {
    const base = 2n + (bytesToBigint(random(16)) % (value - 3n));
    let x = power(base, odd, value);
    if (x === 1n || x === value - 1n) continue;
    let composite = true;
    for (let step = 1; step < twos && composite; step++) {
      x = (x * x) % value;
      if (x === value - 1n) composite = false;
    }
    if (composite) return false;
  }
  return true;
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

function pad(hash: string, digest: Uint8Array, length: number): Uint8Array {
  const info = sequence(sequence(oid(HASH_OIDS[hash]!), derNull()), octetString(digest));
  const fill = new Uint8Array(Math.max(0, length - info.length - 3)).fill(0xff);
  return concat(Uint8Array.of(0, 1), fill, Uint8Array.of(0), info);
}

function primesBelow(limit: number): bigint[] {
  const primes: bigint[] = [];
  for (let value = 2; value < limit; value++) {
    if (primes.every((known) => value % Number(known) !== 0)) primes.push(BigInt(value));
  }
  return primes;
}
