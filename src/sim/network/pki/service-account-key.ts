import { sha256 } from "@noble/hashes/sha2.js";
import { encodeBytes } from "@/posix/files/bytes";
import { encodePublicKey, generateKeyPair, type KeyPair, type PrivateKey, parsePrivateKey } from "./keys";

export interface ServiceAccountKey extends KeyPair {
  key: PrivateKey & { kind: "ec" };
  /** How tokens name it: the digest of the public key. */
  id: Uint8Array;
}

let known: ServiceAccountKey | undefined;

/** The key that signs tokens of service accounts, `sa.key` of kubeadm. As the authority's, it is the same in all clusters. */
export function serviceAccountKey(): ServiceAccountKey {
  if (known) return known;
  const pair = generateKeyPair(sha256(encodeBytes("kubernetes/machines/sa")));
  const key = parsePrivateKey(pair.privateKeyPem) as PrivateKey & { kind: "ec" };
  known = { ...pair, key, id: sha256(encodePublicKey(key.publicKey)) };
  return known;
}
