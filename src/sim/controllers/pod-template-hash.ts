import { canonicalJson, clone } from "../kernel/freeze";

/** The alphabet of generated names: no vowels, nothing that reads like another character. */
const SAFE_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
export const POD_TEMPLATE_HASH = "pod-template-hash";

/** FNV-1a with 32 bits. */
function fnv32a(bytes: Iterable<number>, hash = 0x811c9dc5): number {
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

function* utf8(text: string): Iterable<number> {
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (code < 0x80) yield code;
    else for (const escaped of encodeURIComponent(char).slice(1).split("%")) yield Number.parseInt(escaped, 16);
  }
}

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
