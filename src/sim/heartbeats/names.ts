import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

/** Where kubelets keep their Leases. */
export const NODE_LEASES = "kube-node-lease";
export const LEASES = "leases.coordination.k8s.io";
/** Value of the label `apiserver.kubernetes.io/identity`. */
export const API_SERVER_IDENTITY = "kube-apiserver";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

/** `apiserver-` and half the hash of the host's name in base32: how a kube-apiserver is known to the others. */
export function apiServerName(host: string): string {
  let text = "";
  let bits = 0;
  let value = 0;
  for (const byte of sha256(utf8ToBytes(host)).subarray(0, 16)) {
    value = (value << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(value >> (bits - 5)) & 31];
    value &= 0xff;
  }
  if (bits > 0) text += ALPHABET[(value << (5 - bits)) & 31];
  return `apiserver-${text}`;
}
