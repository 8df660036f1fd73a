import { canonicalJson, clone } from "../kernel/freeze";
import { fnv32a, utf8 } from "./fnv";

/** The alphabet of generated names: no vowels, nothing that reads like another character. */
const SAFE_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
export const POD_TEMPLATE_HASH = "pod-template-hash";

/** Characters of a name in place of the characters of `text`, as apimachinery's rand.SafeEncodeString maps them. */
export const safeEncode = (text: string): string =>
  [...text].map((char) => SAFE_ALPHABET[char.charCodeAt(0) % SAFE_ALPHABET.length]).join("");

/**
 * The hash of a pod template in the names of ReplicaSets and in the label `pod-template-hash`. Like the real one it is a
 * 32-bit FNV of the whole template and of the count of collisions; what it is taken over is JSON, not Go's dump.
 */
export function podTemplateHash(template: unknown, collisionCount?: number): string {
  let hash = fnv32a(utf8(canonicalJson(clone(template))));
  if (collisionCount !== undefined) {
    const bytes = [0, 8, 16, 24].map((shift) => (collisionCount >>> shift) & 0xff);
    hash = fnv32a([...bytes, 0, 0, 0, 0], hash);
  }
  return safeEncode(String(hash));
}
