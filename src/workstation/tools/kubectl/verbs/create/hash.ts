import { sha256 } from "@noble/hashes/sha2.js";
import { encodeBytes } from "@/posix/files/bytes";
import { compactJson } from "../../printers/json";

/** Ten characters without vowels and look-alikes, as kustomize and `--append-hash` make them. */
const SUFFIX_LENGTH = 10;
const REPLACED: Record<string, string> = { 0: "g", 1: "h", 3: "k", a: "m", e: "t" };

/** Appends the hash of its content to the name of a ConfigMap or Secret. */
export function hashSuffix(object: any): any {
  const { kind, metadata, data } = object;
  const content = compactJson(
    kind === "ConfigMap"
      ? { ...(object.binaryData && { binaryData: object.binaryData }), data: data ?? "", kind, name: metadata.name }
      : { data: data ?? "", kind, name: metadata.name, type: object.type ?? "" },
  );
  const hex = [...sha256(encodeBytes(content))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const suffix = [...hex.slice(0, SUFFIX_LENGTH)].map((c) => REPLACED[c] ?? c).join("");
  return { ...object, metadata: { ...metadata, name: `${metadata.name}-${suffix}` } };
}
