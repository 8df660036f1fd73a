import { sha1 } from "@noble/hashes/legacy.js";
import { decodeBytes, encodeBytes } from "@/posix/files/bytes";
import { civil, fromCivil } from "../../kernel/time";
import {
  bitString,
  bytesToBigint,
  context,
  type DerNode,
  integer,
  oidText,
  readDer,
  sequence,
  TAG,
  toHex,
  writeDer,
} from "./der";
import { type DistinguishedName, decodeName, encodeName } from "./distinguished-name";
import {
  certificateExtensions,
  decodeExtensions,
  type Extension,
  type ExtensionFacts,
  type ExtensionOptions,
  factsOf,
  requestExtensions,
} from "./extensions";
import { decodePublicKey, encodePublicKey, type PublicKey, parsePrivateKey, samePublicKey } from "./keys";
import { OID } from "./oids";
import { readPem, toPem } from "./pem";
import { algorithmIdentifier, schemeByOid, schemeFor, sign, verify } from "./signature";

/** All that a certificate says. */
export interface Certificate extends ExtensionFacts {
  version: number;
  serialNumber: bigint;
  /** OpenSSL's name, or the identifier where it is unknown. */
  signatureAlgorithm: string;
  issuer: DistinguishedName;
  subject: DistinguishedName;
  notBeforeMs: number;
  notAfterMs: number;
  publicKey: PublicKey;
  extensions: Extension[];
  /** What is signed, the signature, and the whole. */
  signedPart: Uint8Array;
  signature: Uint8Array;
  signatureOid: string;
  der: Uint8Array;
}

export interface CertificateRequest extends ExtensionFacts {
  subject: DistinguishedName;
  publicKey: PublicKey;
  signatureAlgorithm: string;
  signature: Uint8Array;
  extensions: Extension[];
  /** Whether it is signed by the key that it carries. */
  selfSigned: boolean;
}

export interface CertificateOptions extends Omit<ExtensionOptions, "subjectKeyId" | "authorityKeyId"> {
  subject: DistinguishedName;
  serialNumber: bigint | number;
  notBeforeMs: number;
  notAfterMs: number;
  /** The key that the certificate is for; a certificate without `issuer` is signed with it too. */
  privateKeyPem?: string;
  /** Where only the public half is known (signing a request). */
  publicKey?: PublicKey;
  issuer?: { certificatePem: string; privateKeyPem: string };
}

/** Makes and signs a certificate; returns it as PEM. The same options give the same certificate. */
export function createCertificate(options: CertificateOptions): string {
  const own = options.privateKeyPem === undefined ? undefined : parsePrivateKey(options.privateKeyPem);
  const publicKey = options.publicKey ?? own?.publicKey;
  const signer = options.issuer ? parsePrivateKey(options.issuer.privateKeyPem) : own;
  const parent = options.issuer && parseCertificate(options.issuer.certificatePem);
  if (!publicKey || !signer || (options.issuer && !parent))
    throw new Error("a certificate needs a key, and its issuer's");
  const scheme = schemeFor(signer);
  const body = sequence(
    context(0, integer(2)),
    integer(options.serialNumber),
    algorithmIdentifier(scheme),
    encodeName(parent?.subject ?? options.subject),
    sequence(encodeTime(options.notBeforeMs), encodeTime(options.notAfterMs)),
    encodeName(options.subject),
    encodePublicKey(publicKey),
    certificateExtensions({ ...options, subjectKeyId: keyId(publicKey), authorityKeyId: keyId(signer.publicKey) }),
  );
  return toPem("CERTIFICATE", sequence(body, algorithmIdentifier(scheme), bitString(sign(signer, scheme, body))));
}

/** Makes a certificate request (PKCS#10) as PEM. */
export function createCertificateRequest(
  options: { subject: DistinguishedName; privateKeyPem: string } & Omit<
    ExtensionOptions,
    "subjectKeyId" | "authorityKeyId"
  >,
): string {
  const key = parsePrivateKey(options.privateKeyPem);
  if (!key) throw new Error("a request needs a key");
  const scheme = schemeFor(key);
  const asked =
    options.dnsNames?.length || options.ipAddresses?.length || options.keyUsage?.length || options.isCa !== undefined;
  const attributes = context(0, asked ? requestExtensions(options) : new Uint8Array());
  const body = sequence(integer(0), encodeName(options.subject), encodePublicKey(key.publicKey), attributes);
  return toPem("CERTIFICATE REQUEST", sequence(body, algorithmIdentifier(scheme), bitString(sign(key, scheme, body))));
}

/** The first certificate of a PEM text, or undefined where there is none that can be read. */
export function parseCertificate(pem: string): Certificate | undefined {
  return parseCertificates(pem)[0];
}

/** All certificates of a PEM text, in order; those that cannot be read are left out. */
export function parseCertificates(pem: string): Certificate[] {
  const all: Certificate[] = [];
  for (const block of readPem(pem)) {
    if (block.label !== "CERTIFICATE" && block.label !== "X509 CERTIFICATE" && block.label !== "TRUSTED CERTIFICATE")
      continue;
    try {
      all.push(decodeCertificate(block.bytes));
    } catch {
      // Unreadable: as if it were not there.
    }
  }
  return all;
}

export function certificatePem(certificate: Certificate): string {
  return toPem("CERTIFICATE", certificate.der);
}

export function parseCertificateRequest(pem: string): CertificateRequest | undefined {
  const block = readPem(pem).find(
    (item) => item.label === "CERTIFICATE REQUEST" || item.label === "NEW CERTIFICATE REQUEST",
  );
  if (!block) return undefined;
  try {
    const [body, algorithm, signature] = readDer(block.bytes).children;
    const [, subject, key, attributes] = body!.children;
    const wanted = attributes?.children.find((item) => oidText(item.children[0]!) === OID.extensionRequest);
    const list = wanted?.children[1]?.children[0];
    const extensions = list ? decodeExtensions(list) : [];
    const publicKey = decodePublicKey(key!);
    const id = oidText(algorithm!.children[0]!);
    const scheme = schemeByOid(id);
    const bits = signature!.content.subarray(1);
    return {
      subject: decodeName(subject!),
      publicKey,
      signatureAlgorithm: scheme?.name ?? id,
      signature: bits,
      extensions,
      ...factsOf(extensions),
      selfSigned: scheme !== undefined && verify(publicKey, scheme, body!.bytes, bits),
    };
  } catch {
    return undefined;
  }
}

/** Whether a certificate (the first of the text) and a private key belong together. */
export function keyMatchesCertificate(privateKeyPem: string, certificatePemText: string): boolean {
  const key = parsePrivateKey(privateKeyPem);
  const certificate = parseCertificate(certificatePemText);
  return key !== undefined && certificate !== undefined && samePublicKey(key.publicKey, certificate.publicKey);
}

/** RFC 5280's first method: SHA-1 over the bits of the key. */
export function keyId(key: PublicKey): Uint8Array {
  return sha1(readDer(encodePublicKey(key)).children[1]!.content.subarray(1));
}

function decodeCertificate(bytes: Uint8Array): Certificate {
  const [body, algorithm, signature] = readDer(bytes).children;
  const fields = body!.children;
  const hasVersion = fields[0]!.tag === 0xa0;
  const [serial, , issuer, validity, subject, key] = fields.slice(hasVersion ? 1 : 0);
  const wrapped = fields.find((field) => field.tag === 0xa3);
  const extensions = wrapped ? decodeExtensions(wrapped.children[0]!) : [];
  const signatureOid = oidText(algorithm!.children[0]!);
  return {
    version: hasVersion ? Number(bytesToBigint(fields[0]!.children[0]!.content)) + 1 : 1,
    serialNumber: bytesToBigint(serial!.content),
    signatureAlgorithm: schemeByOid(signatureOid)?.name ?? signatureOid,
    issuer: decodeName(issuer!),
    subject: decodeName(subject!),
    notBeforeMs: decodeTime(validity!.children[0]!),
    notAfterMs: decodeTime(validity!.children[1]!),
    publicKey: decodePublicKey(key!),
    extensions,
    ...factsOf(extensions),
    signedPart: body!.bytes,
    signature: signature!.content.subarray(1),
    signatureOid,
    der: bytes,
  };
}

/** UTCTime up to 2049, GeneralizedTime from then on (RFC 5280, 4.1.2.5). */
function encodeTime(timeMs: number): Uint8Array {
  const t = civil(timeMs);
  const two = (value: number) => String(value).padStart(2, "0");
  const rest = `${two(t.month)}${two(t.day)}${two(t.hour)}${two(t.minute)}${two(t.second)}Z`;
  const short = t.year < 2050;
  const text = short ? `${two(t.year % 100)}${rest}` : `${t.year}${rest}`;
  return writeDer(short ? TAG.utcTime : TAG.generalizedTime, encodeBytes(text));
}

function decodeTime(node: DerNode): number {
  let text = decodeBytes(node.content);
  if (node.tag === TAG.utcTime) text = `${Number(text.slice(0, 2)) < 50 ? "20" : "19"}${text}`;
  const [year, month, day, hour, minute, second] = [0, 4, 6, 8, 10, 12].map((at, index) =>
    Number(text.slice(at, at + (index === 0 ? 4 : 2))),
  );
  return fromCivil(year!, month!, day!, hour, minute, second);
}

/** `4F:A2:…`: how fingerprints and key ids are printed. */
export function colonHex(bytes: Uint8Array | string): string {
  const hex = typeof bytes === "string" ? bytes : toHex(bytes);
  return (hex.toUpperCase().match(/../g) ?? []).join(":");
}
