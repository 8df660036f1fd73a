import { isIpv4 } from "../address";
import { type Certificate, parseCertificates } from "./certificate";
import { equalBytes } from "./der";
import { commonName, nameText } from "./distinguished-name";
import { schemeByOid, verify } from "./signature";

/** Chains longer than this are not followed. */
const CHAIN_LIMIT = 10;

/** OpenSSL's verification errors, by the code that it prints (`openssl verify`, `s_client`, curl). */
const REASONS = {
  7: "certificate signature failure",
  9: "certificate is not yet valid",
  10: "certificate has expired",
  18: "self-signed certificate",
  19: "self-signed certificate in certificate chain",
  20: "unable to get local issuer certificate",
  21: "unable to verify the first certificate",
  22: "certificate chain too long",
  25: "path length constraint exceeded",
  26: "unsuitable certificate purpose",
  62: "hostname mismatch",
  64: "IP address mismatch",
  79: "invalid CA certificate",
} as const;

export type VerifyCode = keyof typeof REASONS;

export type VerifyResult =
  | { ok: true; chain: Certificate[] }
  | {
      ok: false;
      code: VerifyCode;
      reason: string;
      /** How far from the leaf: 0 is the leaf itself. */
      depth: number;
      /** Subject of the certificate in question. */
      subject: string;
    };

export interface VerifyOptions {
  /** A host name or an address; left out: not checked. */
  host?: string;
  atMs: number;
  /** What the leaf is used for; left out: not checked. */
  purpose?: "serverAuth" | "clientAuth";
}

/**
 * Verifies what a server sent (leaf first) against trusted certificates, as OpenSSL does with partial chains allowed
 * (which is how curl sets it up): the path, then dates, signatures and CA rights, then the host name.
 */
export function verifyChain(chainPem: string, caPem: string, options: VerifyOptions): VerifyResult {
  const [leaf, ...others] = parseCertificates(chainPem);
  if (!leaf) return { ok: false, code: 20, reason: REASONS[20], depth: 0, subject: "" };
  const built = buildPath(leaf, others, parseCertificates(caPem));
  if (!Array.isArray(built)) return built;
  return checkPath(built, options) ?? checkHost(leaf, options.host) ?? { ok: true, chain: built };
}

function failure(code: VerifyCode, depth: number, certificate: Certificate): VerifyResult & { ok: false } {
  return { ok: false, code, reason: REASONS[code], depth, subject: nameText(certificate.subject) };
}

/** From the leaf up to a trusted certificate. */
function buildPath(
  leaf: Certificate,
  sent: Certificate[],
  trusted: Certificate[],
): Certificate[] | (VerifyResult & { ok: false }) {
  const path = [leaf];
  for (;;) {
    const last = path.at(-1)!;
    const depth = path.length - 1;
    if (trusted.some((certificate) => equalBytes(certificate.der, last.der))) return path;
    if (isSelfIssued(last)) return failure(depth === 0 ? 18 : 19, depth, last);
    const issuer =
      trusted.find((other) => mayIssue(other, last)) ??
      sent.find((other) => mayIssue(other, last) && !path.includes(other));
    if (!issuer) return failure(20, depth, last);
    if (path.length >= CHAIN_LIMIT) return failure(22, depth, last);
    path.push(issuer);
  }
}

/** By name and key identifier; the signature is looked at later, so that a forged one is told as such. */
function mayIssue(issuer: Certificate, certificate: Certificate): boolean {
  if (nameText(issuer.subject) !== nameText(certificate.issuer)) return false;
  const { authorityKeyId } = certificate;
  return !authorityKeyId || !issuer.subjectKeyId || authorityKeyId === issuer.subjectKeyId;
}

function isSelfIssued(certificate: Certificate): boolean {
  return mayIssue(certificate, certificate);
}

function checkPath(path: Certificate[], options: VerifyOptions): (VerifyResult & { ok: false }) | undefined {
  for (let depth = 1; depth < path.length; depth++) {
    const issuer = path[depth]!;
    const isCa = issuer.isCa ?? (issuer.version === 1 && isSelfIssued(issuer));
    if (!isCa || (issuer.keyUsage && !issuer.keyUsage.includes("keyCertSign"))) return failure(79, depth, issuer);
    if (issuer.pathLength !== undefined && depth - 1 > issuer.pathLength) return failure(25, depth, issuer);
  }
  const usage = path[0]!.extendedKeyUsage;
  if (options.purpose && usage && !usage.includes(options.purpose)) return failure(26, 0, path[0]!);
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const certificate = path[depth]!;
    const issuer = path[depth + 1] ?? (isSelfIssued(certificate) ? certificate : undefined);
    if (issuer && !signedBy(certificate, issuer)) return failure(7, depth, certificate);
    if (options.atMs < certificate.notBeforeMs) return failure(9, depth, certificate);
    if (options.atMs > certificate.notAfterMs) return failure(10, depth, certificate);
  }
  return undefined;
}

export function signedBy(certificate: Certificate, issuer: Certificate): boolean {
  const scheme = schemeByOid(certificate.signatureOid);
  return scheme !== undefined && verify(issuer.publicKey, scheme, certificate.signedPart, certificate.signature);
}

function checkHost(leaf: Certificate, host: string | undefined): (VerifyResult & { ok: false }) | undefined {
  if (host === undefined || hostMatches(leaf, host)) return undefined;
  return failure(isIpv4(host) ? 64 : 62, 0, leaf);
}

/** Alternative names decide; the common name only counts where there are none of the kind (RFC 6125). */
export function hostMatches(certificate: Certificate, host: string): boolean {
  const names = certificate.altNames.filter((name) => name.kind === "DNS").map((name) => name.value);
  const addresses = certificate.altNames.filter((name) => name.kind === "IP").map((name) => name.value);
  if (isIpv4(host) || host.includes(":")) {
    return (
      addresses.includes(host) || (names.length + addresses.length === 0 && commonName(certificate.subject) === host)
    );
  }
  const own = commonName(certificate.subject);
  const patterns = names.length + addresses.length > 0 || own === undefined ? names : [own];
  return patterns.some((pattern) => nameMatches(pattern.toLowerCase(), host.toLowerCase().replace(/\.$/, "")));
}

/** `*.example.com` stands for exactly one label, and only where a real domain is left of it. */
function nameMatches(pattern: string, host: string): boolean {
  if (pattern === host) return true;
  if (!pattern.startsWith("*.") || pattern.split(".").length < 3) return false;
  const dot = host.indexOf(".");
  return dot > 0 && host.slice(dot) === pattern.slice(1);
}
