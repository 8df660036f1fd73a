import { decodeBytes, encodeBytes } from "@/posix/files/bytes";
import { type DerNode, oid, oidText, sequence, set, TAG, writeDer } from "./der";
import { ATTRIBUTES } from "./oids";

/** Attributes in order: `[["O", "Podium"], ["CN", "ca"]]`. */
export type DistinguishedName = [attribute: string, value: string][];

const OIDS = new Map(Object.entries(ATTRIBUTES).map(([id, name]) => [name, id]));
/** These are PrintableString by rule; the rest is UTF-8. */
const PRINTABLE = new Set(["C", "serialNumber"]);

/** Parses `/C=TW/O=Podium/CN=web`, as `openssl req -subj` takes it; `\/` is a slash. */
export function parseSubject(text: string): DistinguishedName | undefined {
  if (!text.startsWith("/")) return undefined;
  const name: DistinguishedName = [];
  for (const part of text.slice(1).split(/(?<!\\)\//)) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    if (equals < 1) return undefined;
    const attribute = part.slice(0, equals).trim();
    if (!OIDS.has(attribute)) return undefined;
    name.push([attribute, part.slice(equals + 1).replaceAll("\\/", "/")]);
  }
  return name;
}

/** `C = TW, O = Podium, CN = web`: OpenSSL 3.0's own form. */
export function nameText(name: DistinguishedName, separator = " = "): string {
  return name
    .map(([attribute, value]) => `${attribute}${separator}${/[,+"\\<>;]/.test(value) ? JSON.stringify(value) : value}`)
    .join(", ");
}

export function commonName(name: DistinguishedName): string | undefined {
  return name.findLast(([attribute]) => attribute === "CN")?.[1];
}

export function encodeName(name: DistinguishedName): Uint8Array {
  const parts = name.map(([attribute, value]) => {
    const tag = PRINTABLE.has(attribute)
      ? TAG.printableString
      : attribute === "emailAddress" || attribute === "DC"
        ? TAG.ia5String
        : TAG.utf8String;
    return set(sequence(oid(OIDS.get(attribute) ?? attribute), writeDer(tag, encodeBytes(value))));
  });
  return sequence(...parts);
}

export function decodeName(node: DerNode): DistinguishedName {
  const name: DistinguishedName = [];
  for (const relative of node.children) {
    for (const pair of relative.children) {
      const id = oidText(pair.children[0]!);
      name.push([ATTRIBUTES[id] ?? id, decodeBytes(pair.children[1]!.content)]);
    }
  }
  return name;
}
