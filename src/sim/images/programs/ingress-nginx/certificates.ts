import { sha256 } from "@noble/hashes/sha2.js";
import { decodeBytes, encodeBytes } from "@/posix/files/bytes";
import { fromCivil } from "../../../kernel/time";
import type { Objects } from "../../../network/dns/types";
import { createCertificate, generateKeyPair, keyMatchesCertificate } from "../../../network/pki";
import { decodeBase64 } from "../../../network/pki/base64";

let fake: string | undefined;

/** What the controller shows where it has no certificate for a host. */
export function fakeCertificate(): string {
  fake ??= createCertificate({
    notBeforeMs: fromCivil(2025, 1, 1),
    notAfterMs: fromCivil(2049, 12, 31),
    subject: [
      ["O", "Acme Co"],
      ["CN", "Kubernetes Ingress Controller Fake Certificate"],
    ],
    serialNumber: 1n,
    privateKeyPem: generateKeyPair(sha256(encodeBytes("ingress-nginx/fake"))).privateKeyPem,
    isCa: false,
    keyUsage: ["digitalSignature", "keyEncipherment"],
    extendedKeyUsage: ["serverAuth"],
    dnsNames: ["ingress.local"],
  });
  return fake;
}

/** The chain in a Secret, or why there is none that can be used. */
export function chainOf(objects: Objects, namespace: string, name: string): { pem: string } | { error: string } {
  const secret = objects.get("secrets", namespace, name);
  if (!secret) return { error: `local SSL certificate ${namespace}/${name} was not found` };
  const { "tls.crt": certificate, "tls.key": key } = (secret.data ?? {}) as Record<string, string | undefined>;
  if (!certificate || !key) return { error: `key 'tls.crt' missing from Secret "${name}"` };
  try {
    const pem = decodeBytes(decodeBase64(certificate));
    if (!keyMatchesCertificate(decodeBytes(decodeBase64(key)), pem))
      return { error: `unexpected error creating SSL Cert: tls: private key does not match public key` };
    return { pem };
  } catch {
    return { error: "unexpected error creating SSL Cert: no valid PEM formatted block found" };
  }
}
