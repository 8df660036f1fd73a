import { decodeBytes, encodeBytes } from "@/posix/files/bytes";
import { ipv4ToNumber, isIpv4, numberToIpv4 } from "../address";
import {
  bigintToBytes,
  bitString,
  bytesToBigint,
  context,
  type DerNode,
  derTrue,
  integer,
  octetString,
  oid,
  oidText,
  readDer,
  sequence,
  TAG,
  toHex,
  writeDer,
} from "./der";
import { EXTENDED_KEY_USAGES, KEY_USAGES, OID } from "./oids";

export type AltName = { kind: "DNS" | "IP" | "email" | "URI"; value: string };

/** An extension, read as far as it is known. */
export interface Extension {
  oid: string;
  critical: boolean;
  value: Uint8Array;
}

/** What extensions say, in short. */
export interface ExtensionFacts {
  /** Undefined where there is no basicConstraints. */
  isCa?: boolean;
  pathLength?: number;
  /** Names as in openssl.cnf: `keyCertSign`. */
  keyUsage?: string[];
  extendedKeyUsage?: string[];
  altNames: AltName[];
  subjectKeyId?: string;
  authorityKeyId?: string;
}

export interface ExtensionOptions {
  isCa?: boolean;
  pathLength?: number;
  keyUsage?: string[];
  extendedKeyUsage?: string[];
  dnsNames?: string[];
  ipAddresses?: string[];
  subjectKeyId?: Uint8Array;
  authorityKeyId?: Uint8Array;
}

const critical = (id: string, value: Uint8Array) => sequence(oid(id), derTrue(), octetString(value));
const plain = (id: string, value: Uint8Array) => sequence(oid(id), octetString(value));

/** The extensions as SEQUENCE OF Extension. */
export function encodeExtensions(options: ExtensionOptions): Uint8Array {
  const parts: Uint8Array[] = [];
  if (options.isCa !== undefined) {
    const flags = options.isCa ? [derTrue()] : [];
    if (options.isCa && options.pathLength !== undefined) flags.push(integer(options.pathLength));
    parts.push(critical(OID.basicConstraints, sequence(...flags)));
  }
  if (options.keyUsage?.length) parts.push(critical(OID.keyUsage, usageBits(options.keyUsage)));
  if (options.extendedKeyUsage?.length) {
    const ids = Object.entries(EXTENDED_KEY_USAGES);
    const wanted = options.extendedKeyUsage.map((name) => ids.find(([, usage]) => usage.name === name)?.[0] ?? name);
    parts.push(plain(OID.extendedKeyUsage, sequence(...wanted.map(oid))));
  }
  if (options.subjectKeyId) parts.push(plain(OID.subjectKeyIdentifier, octetString(options.subjectKeyId)));
  if (options.authorityKeyId) {
    parts.push(plain(OID.authorityKeyIdentifier, sequence(context(0, options.authorityKeyId, false))));
  }
  const names = [
    ...(options.dnsNames ?? []).map((name) => context(2, encodeBytes(name), false)),
    ...(options.ipAddresses ?? []).map((address) => context(7, ipBytes(address), false)),
  ];
  if (names.length > 0) parts.push(plain(OID.subjectAltName, sequence(...names)));
  return sequence(...parts);
}

export function decodeExtensions(node: DerNode): Extension[] {
  return node.children.map((item) => {
    const isCritical = item.children[1]?.tag === TAG.boolean && item.children[1].content[0] !== 0;
    return { oid: oidText(item.children[0]!), critical: isCritical, value: item.children.at(-1)!.content };
  });
}

export function factsOf(extensions: Extension[]): ExtensionFacts {
  const facts: ExtensionFacts = { altNames: [] };
  for (const extension of extensions) {
    const node = readDer(extension.value);
    switch (extension.oid) {
      case OID.basicConstraints: {
        facts.isCa = node.children[0]?.tag === TAG.boolean && node.children[0].content[0] !== 0;
        const limit = node.children.find((child) => child.tag === TAG.integer);
        if (limit) facts.pathLength = Number(bytesToBigint(limit.content));
        break;
      }
      case OID.keyUsage: {
        const [, ...bytes] = node.content;
        facts.keyUsage = KEY_USAGES.filter((_, bit) => ((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1).map(
          ([name]) => name,
        );
        break;
      }
      case OID.extendedKeyUsage:
        facts.extendedKeyUsage = node.children.map(
          (child) => EXTENDED_KEY_USAGES[oidText(child)]?.name ?? oidText(child),
        );
        break;
      case OID.subjectAltName:
        facts.altNames = node.children.flatMap(altName);
        break;
      case OID.subjectKeyIdentifier:
        facts.subjectKeyId = toHex(node.content);
        break;
      case OID.authorityKeyIdentifier: {
        const id = node.children.find((child) => child.tag === 0x80);
        if (id) facts.authorityKeyId = toHex(id.content);
        break;
      }
    }
  }
  return facts;
}

function usageBits(names: string[]): Uint8Array {
  const wanted = KEY_USAGES.map(([name]) => names.includes(name));
  const last = wanted.lastIndexOf(true);
  const bytes = new Uint8Array((last >> 3) + 1);
  for (let bit = 0; bit <= last; bit++) if (wanted[bit]) bytes[bit >> 3]! |= 0x80 >> (bit & 7);
  return bitString(bytes, 7 - (last & 7));
}

function altName(node: DerNode): AltName[] {
  const text = () => decodeBytes(node.content);
  switch (node.tag & 0x1f) {
    case 1:
      return [{ kind: "email", value: text() }];
    case 2:
      return [{ kind: "DNS", value: text() }];
    case 6:
      return [{ kind: "URI", value: text() }];
    case 7:
      return [{ kind: "IP", value: ipText(node.content) }];
    default:
      return [];
  }
}

function ipBytes(address: string): Uint8Array {
  if (isIpv4(address)) return bigintToBytes(BigInt(ipv4ToNumber(address)!), 4);
  const [head = "", tail] = address.split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16)));
  const front = groups(head);
  const back = tail === undefined ? [] : groups(tail);
  const middle = new Array(Math.max(0, 8 - front.length - back.length)).fill(0);
  return Uint8Array.from([...front, ...middle, ...back].flatMap((group) => [group >> 8, group & 0xff]));
}

function ipText(bytes: Uint8Array): string {
  if (bytes.length === 4) return numberToIpv4(Number(bytesToBigint(bytes)));
  const groups: string[] = [];
  for (let index = 0; index < bytes.length; index += 2)
    groups.push(((bytes[index]! << 8) | bytes[index + 1]!).toString(16).toUpperCase());
  return groups.join(":");
}

/** Wraps extensions as certificates carry them: [3]. */
export const certificateExtensions = (options: ExtensionOptions): Uint8Array => context(3, encodeExtensions(options));
/** An attribute value of a request. */
export const requestExtensions = (options: ExtensionOptions): Uint8Array =>
  sequence(oid(OID.extensionRequest), writeDer(TAG.set, encodeExtensions(options)));
