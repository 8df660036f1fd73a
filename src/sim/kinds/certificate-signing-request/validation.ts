import { decodeBytes, encodeBytes } from "@/posix/files/bytes";
import type { FieldError } from "../../apiserver/status";
import { parseCertificateRequest, parseCertificates } from "../../network/pki";
import { decodeBase64 } from "../../network/pki/base64";
import { readPem } from "../../network/pki/pem";
import type { CertificateSigningRequest } from "../types";
import { duplicate, forbidden, GoValue, invalid, notSupported, required } from "../validation/field-error";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { validateConditions, validateDecisions } from "./conditions";
import { validateSignerName } from "./signer-name";

const LEGACY_SIGNER = "kubernetes.io/legacy-unknown";
const MIN_EXPIRATION_SECONDS = 600;
/** Sorted, as the complaint lists them. */
const USAGES = [
  "any",
  "cert sign",
  "client auth",
  "code signing",
  "content commitment",
  "crl sign",
  "data encipherment",
  "decipher only",
  "digital signature",
  "email protection",
  "encipher only",
  "ipsec end system",
  "ipsec tunnel",
  "ipsec user",
  "key agreement",
  "key encipherment",
  "microsoft sgc",
  "netscape sgc",
  "ocsp signing",
  "s/mime",
  "server auth",
  "signing",
  "timestamping",
];

/** The bytes of a field, as text; undefined where they are no base64. */
export function textOfBytes(field: unknown): string | undefined {
  try {
    return decodeBytes(decodeBase64(String(field ?? "")));
  } catch {
    return undefined;
  }
}

/** ParseCSR and CheckSignature: what is wrong with a PKCS#10 request. */
function requestError(pem: string): string | undefined {
  if (readPem(pem)[0]?.label !== "CERTIFICATE REQUEST") return "PEM block type must be CERTIFICATE REQUEST";
  const request = parseCertificateRequest(pem);
  if (!request) return "asn1: structure error: tags don't match";
  if (request.selfSigned) return undefined;
  switch (request.publicKey.kind) {
    case "rsa":
      return "crypto/rsa: verification error";
    case "ec":
      return "x509: ECDSA verification failure";
    default:
      return "x509: Ed25519 verification failure";
  }
}

const goBytes = (text: string): GoValue =>
  new GoValue(`[]byte{${Array.from(encodeBytes(text), (byte) => `0x${byte.toString(16)}`).join(", ")}}`);

function validateUsages(request: CertificateSigningRequest, old?: CertificateSigningRequest): FieldError[] {
  const usages = request.spec.usages ?? [];
  const before = old?.spec.usages ?? [];
  const path = "spec.usages";
  const errors = usages.length === 0 ? [required(path, "usages must be provided")] : [];
  const mayBeUnknown = before.some((usage) => !USAGES.includes(usage));
  const mayRepeat = new Set(before).size < before.length;
  for (const [index, usage] of usages.entries()) {
    if (!mayBeUnknown && !USAGES.includes(usage)) errors.push(notSupported(`${path}[${index}]`, usage, USAGES));
  }
  for (const [index, usage] of usages.entries()) {
    if (!mayRepeat && usages.indexOf(usage) < index) errors.push(duplicate(`${path}[${index}]`, usage));
  }
  return errors;
}

/** What is wrong with an issued certificate. */
function certificateError(pem: string): string | undefined {
  const blocks = readPem(pem);
  const other = blocks.find(({ label }) => label !== "CERTIFICATE");
  if (other) return `only CERTIFICATE PEM blocks are allowed, found "${other.label}"`;
  // Between the lines of a block's begin and its content may stand headers.
  if (/-----BEGIN CERTIFICATE-----\r?\n[^\n:]+:/.test(pem)) return "no PEM block headers are permitted";
  if (blocks.length === 0) return "must contain at least one CERTIFICATE PEM block";
  return parseCertificates(pem).length < blocks.length ? "x509: malformed certificate" : undefined;
}

function validateCertificate(request: CertificateSigningRequest, old?: CertificateSigningRequest): FieldError[] {
  const { certificate } = request.status ?? {};
  if (!certificate || certificate === old?.status?.certificate) return [];
  const error = certificateError(textOfBytes(certificate) ?? "");
  return error ? [invalid("status.certificate", "<certificate data>", error)] : [];
}

/** All rules of an object (ValidateCertificateSigningRequest); `old` is what an update replaces. */
export function validateRequest(request: CertificateSigningRequest, old?: CertificateSigningRequest): FieldError[] {
  const { metadata, spec } = request;
  const errors = validateMetadata(metadata, false, () => []);
  const pem = textOfBytes(spec.request) ?? "";
  const error = requestError(pem);
  if (error) errors.push(invalid("spec.request", goBytes(pem), error));
  errors.push(...validateUsages(request, old));
  if (spec.signerName === LEGACY_SIGNER && old?.spec.signerName !== LEGACY_SIGNER)
    errors.push(
      invalid("spec.signerName", spec.signerName, "the legacy signerName is not allowed via this API version"),
    );
  else errors.push(...validateSignerName(spec.signerName, "spec.signerName"));
  if (spec.expirationSeconds !== undefined && spec.expirationSeconds < MIN_EXPIRATION_SECONDS)
    errors.push(
      invalid(
        "spec.expirationSeconds",
        spec.expirationSeconds,
        "may not specify a duration less than 600 seconds (10 minutes)",
      ),
    );
  return [...errors, ...validateConditions(request, old), ...validateCertificate(request, old)];
}

interface Rights {
  decide?: boolean;
  issue?: boolean;
}

/** An update of the object, of its status (`issue`), or of its approval (`decide`). */
export function validateRequestUpdate(
  request: CertificateSigningRequest,
  old: CertificateSigningRequest,
  { decide = false, issue = false }: Rights = {},
): FieldError[] {
  const errors = [...validateRequest(request, old), ...validateDecisions(request, old, decide)];
  const before = old.status?.certificate;
  if ((request.status?.certificate ?? "") !== (before ?? "")) {
    if (!issue) errors.push(forbidden("status.certificate", "updates may not set certificate content"));
    else if (before)
      errors.push(forbidden("status.certificate", "updates may not modify existing certificate content"));
  }
  return [...errors, ...validateMetadataUpdate(request.metadata, old.metadata)];
}
