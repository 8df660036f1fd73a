import { md5, sha1 } from "@noble/hashes/legacy.js";
import { concatBytes } from "@noble/hashes/utils.js";
import { decodeBytes, encodeBytes } from "@/posix/files/bytes";
import type { Objects } from "../../../network/dns/types";
import { decodeBase64, encodeBase64 } from "../../../network/pki/base64";

/** Basic authentication against a Secret with an htpasswd file in its key `auth`. */

/** Whether the `Authorization` header names a user of the file, with the user's password; undefined: there is no such Secret. */
export function authorized(
  objects: Objects,
  namespace: string,
  secret: string,
  header: string | undefined,
): boolean | undefined {
  const [first = "", second] = secret.split("/");
  const found = second === undefined ? objects.get("secrets", namespace, first) : objects.get("secrets", first, second);
  const data = found?.data?.auth as string | undefined;
  if (data === undefined) return undefined;
  const [scheme, credentials = ""] = (header ?? "").split(" ");
  if (scheme?.toLowerCase() !== "basic") return false;
  const text = textOf(credentials);
  const colon = text.indexOf(":");
  const [user, password] = [text.slice(0, colon), text.slice(colon + 1)];
  const line = textOf(data)
    .split("\n")
    .find((one) => one.startsWith(`${user}:`));
  return line !== undefined && matches(line.slice(user.length + 1).trim(), password);
}

function textOf(base64: string): string {
  try {
    return decodeBytes(decodeBase64(base64));
  } catch {
    return "";
  }
}

function matches(hash: string, password: string): boolean {
  if (hash.startsWith("{SHA}")) return hash === `{SHA}${encodeBase64(sha1(encodeBytes(password)))}`;
  if (hash.startsWith("{PLAIN}")) return hash.slice(7) === password;
  const [, kind, salt] = /^\$(apr1|1)\$([^$]*)\$/.exec(hash) ?? [];
  return kind !== undefined && md5Crypt(password, salt!, `$${kind}$`) === hash;
}

const ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ROUNDS = 1000;
/** Which bytes of the sum make which four letters. */
const GROUPS = [
  [0, 6, 12],
  [1, 7, 13],
  [2, 8, 14],
  [3, 9, 15],
  [4, 10, 5],
];

/** Apache's variant of md5-crypt (`htpasswd`, `openssl passwd -apr1`), and the plain one with `$1$`. */
export function md5Crypt(password: string, salt: string, magic = "$apr1$"): string {
  const key = encodeBytes(password);
  const pepper = encodeBytes(salt.slice(0, 8));
  const inner = md5(concatBytes(key, pepper, key));
  const parts = [key, encodeBytes(magic), pepper];
  for (let left = key.length; left > 0; left -= 16) parts.push(inner.subarray(0, Math.min(16, left)));
  for (let bits = key.length; bits > 0; bits >>= 1) parts.push(bits & 1 ? new Uint8Array(1) : key.subarray(0, 1));
  let sum = md5(concatBytes(...parts));
  for (let round = 0; round < ROUNDS; round++) {
    sum = md5(
      concatBytes(
        round & 1 ? key : sum,
        round % 3 ? pepper : new Uint8Array(0),
        round % 7 ? key : new Uint8Array(0),
        round & 1 ? sum : key,
      ),
    );
  }
  const letters = (value: number, count: number) =>
    Array.from({ length: count }, (_, index) => ALPHABET[(value >> (6 * index)) & 63]).join("");
  const text = GROUPS.map(([a, b, c]) => letters((sum[a!]! << 16) | (sum[b!]! << 8) | sum[c!]!, 4)).join("");
  return `${magic}${salt.slice(0, 8)}$${text}${letters(sum[11]!, 2)}`;
}
