import type { CertificateSigningRequest } from "../../kinds/types";
import type { CertificateRequest } from "../../network/pki";

const KUBELET_CLIENT_USAGES = [
  ["client auth", "digital signature", "key encipherment"],
  ["client auth", "digital signature"],
];
const KUBELET_SERVING_USAGES = [
  ["digital signature", "key encipherment", "server auth"],
  ["digital signature", "server auth"],
];
const NODES = "system:nodes";
const NODE_PREFIX = "system:node:";

const values = (request: CertificateRequest, attribute: string): string[] =>
  request.subject.filter(([name]) => name === attribute).map(([, value]) => value);

const hasAltName = (request: CertificateRequest, ...kinds: string[]): boolean =>
  request.altNames.some(({ kind }) => kinds.includes(kind));

function nodeSubjectError(request: CertificateRequest): string | undefined {
  const organizations = values(request, "O");
  if (organizations.length !== 1 || organizations[0] !== NODES) return "subject organization is not system:nodes";
  if (!(values(request, "CN").at(-1) ?? "").startsWith(NODE_PREFIX))
    return "subject common name does not begin with system:node:";
  return undefined;
}

function usagesError(usages: readonly string[], allowed: readonly string[][]): string | undefined {
  const asked = [...usages].sort().join();
  return allowed.some((one) => one.join() === asked) ? undefined : `usages did not match [${allowed[0]!.join(" ")}]`;
}

/** ValidateKubeletClientCSR: what is wrong with a request for a kubelet's client certificate. */
export function kubeletClientError(request: CertificateRequest, usages: readonly string[]): string | undefined {
  const subject = nodeSubjectError(request);
  if (subject) return subject;
  const forbidden = (["DNS", "email", "IP", "URI"] as const).find((kind) => hasAltName(request, kind));
  if (forbidden) return `${forbidden === "email" ? "Email" : forbidden} subjectAltNames are not allowed`;
  return usagesError(usages, KUBELET_CLIENT_USAGES);
}

function kubeletServingError(request: CertificateRequest, usages: readonly string[]): string | undefined {
  const subject = nodeSubjectError(request);
  if (subject) return subject;
  if (!hasAltName(request, "DNS", "IP")) return "DNS or IP subjectAltName is required";
  if (hasAltName(request, "email")) return "Email subjectAltNames are not allowed";
  if (hasAltName(request, "URI")) return "URI subjectAltNames are not allowed";
  return usagesError(usages, KUBELET_SERVING_USAGES);
}

function clientError(_request: CertificateRequest, usages: readonly string[]): string | undefined {
  const allowed = ["client auth", "digital signature", "key encipherment"];
  const wrong = usages.find((usage) => !allowed.includes(usage));
  if (wrong) return `invalid usage for client certificate: ${wrong}`;
  return usages.includes("client auth") ? undefined : "missing required usage for client certificate: client auth";
}

/** The signers of kube-controller-manager, each with what it does not sign. */
export const SIGNERS: Readonly<
  Record<string, (request: CertificateRequest, usages: readonly string[]) => string | undefined>
> = {
  "kubernetes.io/kube-apiserver-client": clientError,
  "kubernetes.io/kube-apiserver-client-kubelet": kubeletClientError,
  "kubernetes.io/kubelet-serving": kubeletServingError,
  "kubernetes.io/legacy-unknown": () => undefined,
};

/** Usages as certificates carry them: bits of the key's use, and purposes. */
const KEY_USAGES: Record<string, string> = {
  "cert sign": "keyCertSign",
  "content commitment": "nonRepudiation",
  "crl sign": "cRLSign",
  "data encipherment": "dataEncipherment",
  "decipher only": "decipherOnly",
  "digital signature": "digitalSignature",
  "encipher only": "encipherOnly",
  "key agreement": "keyAgreement",
  "key encipherment": "keyEncipherment",
  signing: "digitalSignature",
};
const PURPOSES: Record<string, string> = {
  "client auth": "clientAuth",
  "code signing": "codeSigning",
  "email protection": "emailProtection",
  "server auth": "serverAuth",
  timestamping: "timeStamping",
};

export function usagesOf({ spec }: CertificateSigningRequest) {
  const named = (table: Record<string, string>) => [
    ...new Set((spec.usages ?? []).flatMap((usage) => table[usage] ?? [])),
  ];
  return { keyUsage: named(KEY_USAGES), extendedKeyUsage: named(PURPOSES) };
}
