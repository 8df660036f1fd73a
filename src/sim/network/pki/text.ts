import { civil, monthName } from "../../kernel/time";
import { type Certificate, type CertificateRequest, colonHex } from "./certificate";
import { bigintToBytes, concat, toHex } from "./der";
import { nameText } from "./distinguished-name";
import { type Extension, type ExtensionFacts, factsOf } from "./extensions";
import type { PrivateKey, PublicKey } from "./keys";
import { EXTENDED_KEY_USAGES, KEY_USAGES, OID } from "./oids";

/** How OpenSSL 3.0 prints certificates, requests and keys (`-text`). */

/** `Jan  5 09:00:00 2026 GMT` */
export function opensslTime(timeMs: number): string {
  const t = civil(timeMs);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${monthName(t.month)} ${String(t.day).padStart(2)} ${two(t.hour)}:${two(t.minute)}:${two(t.second)} ${t.year} GMT`;
}

export function certificateText(certificate: Certificate): string {
  return [
    "Certificate:",
    "    Data:",
    `        Version: ${certificate.version} (0x${(certificate.version - 1).toString(16)})`,
    ...serialText(certificate.serialNumber),
    `        Signature Algorithm: ${certificate.signatureAlgorithm}`,
    `        Issuer: ${nameText(certificate.issuer)}`,
    "        Validity",
    `            Not Before: ${opensslTime(certificate.notBeforeMs)}`,
    `            Not After : ${opensslTime(certificate.notAfterMs)}`,
    `        Subject: ${nameText(certificate.subject)}`,
    ...publicKeyText(certificate.publicKey, "        "),
    ...extensionsText(certificate.extensions, "X509v3 extensions:", "        "),
    ...signatureText(certificate),
    "",
  ].join("\n");
}

export function requestText(request: CertificateRequest): string {
  const extensions = extensionsText(request.extensions, "Requested Extensions:", "            ");
  return [
    "Certificate Request:",
    "    Data:",
    "        Version: 1 (0x0)",
    `        Subject: ${nameText(request.subject)}`,
    ...publicKeyText(request.publicKey, "        "),
    "        Attributes:",
    ...(extensions.length > 0 ? extensions : ["            (none)"]),
    ...signatureText(request),
    "",
  ].join("\n");
}

/** `openssl pkey -text`, `openssl ec -text`, `openssl rsa -text`: the readable part. */
export function keyText(key: PrivateKey): string {
  if (key.kind === "ec") {
    const bits = key.curve === "P-256" ? 256 : 384;
    return [
      `Private-Key: (${bits} bit)`,
      "priv:",
      ...block(key.secret, "    "),
      "pub:",
      ...block(key.publicKey.point, "    "),
      ...curveText(key.curve, ""),
      "",
    ].join("\n");
  }
  const { modulus, exponent, privateExponent: d, prime1: p, prime2: q } = key;
  const part = (name: string, value: bigint) => [`${name}:`, ...block(signed(value), "    ")];
  return [
    `Private-Key: (${modulus.toString(2).length} bit, 2 primes)`,
    ...part("modulus", modulus),
    `publicExponent: ${exponent} (0x${exponent.toString(16)})`,
    ...part("privateExponent", d),
    ...part("prime1", p),
    ...part("prime2", q),
    ...part("exponent1", d % (p - 1n)),
    ...part("exponent2", d % (q - 1n)),
    "",
  ].join("\n");
}

function serialText(serial: bigint): string[] {
  if (serial < 2n ** 63n) return [`        Serial Number: ${serial} (0x${serial.toString(16)})`];
  return ["        Serial Number:", `            ${colonHex(bigintToBytes(serial)).toLowerCase()}`];
}

function publicKeyText(key: PublicKey, indent: string): string[] {
  const head = [`${indent}Subject Public Key Info:`];
  if (key.kind === "rsa") {
    return [
      ...head,
      `${indent}    Public Key Algorithm: rsaEncryption`,
      `${indent}        Public-Key: (${key.modulus.toString(2).length} bit)`,
      `${indent}        Modulus:`,
      ...block(signed(key.modulus), `${indent}            `),
      `${indent}        Exponent: ${key.exponent} (0x${key.exponent.toString(16)})`,
    ];
  }
  if (key.kind === "ed25519") {
    return [
      ...head,
      `${indent}    Public Key Algorithm: ED25519`,
      `${indent}        ED25519 Public-Key:`,
      `${indent}        pub:`,
      ...block(key.point, `${indent}            `),
    ];
  }
  return [
    ...head,
    `${indent}    Public Key Algorithm: id-ecPublicKey`,
    `${indent}        Public-Key: (${key.curve === "P-256" ? 256 : 384} bit)`,
    `${indent}        pub:`,
    ...block(key.point, `${indent}            `),
    ...curveText(key.curve, `${indent}        `),
  ];
}

function curveText(curve: "P-256" | "P-384", indent: string): string[] {
  const id = curve === "P-256" ? "prime256v1" : "secp384r1";
  return [`${indent}ASN1 OID: ${id}`, `${indent}NIST CURVE: ${curve}`];
}

function extensionsText(extensions: Extension[], title: string, indent: string): string[] {
  if (extensions.length === 0) return [];
  const lines = [`${indent}${title}`];
  for (const extension of extensions) {
    const name = EXTENSION_NAMES[extension.oid] ?? extension.oid;
    lines.push(`${indent}    ${name}: ${extension.critical ? "critical" : ""}`);
    for (const line of extensionText(extension)) lines.push(`${indent}        ${line}`);
  }
  return lines;
}

const EXTENSION_NAMES: Record<string, string> = {
  [OID.basicConstraints]: "X509v3 Basic Constraints",
  [OID.keyUsage]: "X509v3 Key Usage",
  [OID.extendedKeyUsage]: "X509v3 Extended Key Usage",
  [OID.subjectKeyIdentifier]: "X509v3 Subject Key Identifier",
  [OID.authorityKeyIdentifier]: "X509v3 Authority Key Identifier",
  [OID.subjectAltName]: "X509v3 Subject Alternative Name",
};

function extensionText(extension: Extension): string[] {
  const facts: ExtensionFacts = EXTENSION_NAMES[extension.oid] ? factsOf([extension]) : { altNames: [] };
  switch (extension.oid) {
    case OID.basicConstraints: {
      const limit = facts.pathLength === undefined ? "" : `, pathlen:${facts.pathLength}`;
      return [`CA:${facts.isCa ? "TRUE" : "FALSE"}${limit}`];
    }
    case OID.keyUsage:
      return [
        KEY_USAGES.filter(([name]) => facts.keyUsage?.includes(name))
          .map(([, printed]) => printed)
          .join(", "),
      ];
    case OID.extendedKeyUsage: {
      const printed = Object.values(EXTENDED_KEY_USAGES);
      return [
        facts.extendedKeyUsage!.map((name) => printed.find((usage) => usage.name === name)?.printed ?? name).join(", "),
      ];
    }
    case OID.subjectKeyIdentifier:
      return [colonHex(facts.subjectKeyId ?? "")];
    case OID.authorityKeyIdentifier:
      return [colonHex(facts.authorityKeyId ?? "")];
    case OID.subjectAltName:
      return [facts.altNames.map(({ kind, value }) => `${kind === "IP" ? "IP Address" : kind}:${value}`).join(", ")];
    default:
      return [toHex(extension.value)];
  }
}

function signatureText(item: { signatureAlgorithm: string; signature: Uint8Array }): string[] {
  return [
    `    Signature Algorithm: ${item.signatureAlgorithm}`,
    "    Signature Value:",
    ...block(item.signature, "        ", 18),
  ];
}

/** Bytes as `aa:bb:…`, so many a line; every line but the last ends in a colon. */
function block(bytes: Uint8Array, indent: string, perLine = 15): string[] {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += perLine) {
    const end = at + perLine < bytes.length ? ":" : "";
    lines.push(`${indent}${colonHex(bytes.subarray(at, at + perLine)).toLowerCase()}${end}`);
  }
  return lines;
}

/** As an ASN.1 integer: with a zero in front where the first bit is set. */
function signed(value: bigint): Uint8Array {
  const bytes = bigintToBytes(value);
  return bytes[0]! & 0x80 ? concat(Uint8Array.of(0), bytes) : bytes;
}
