import { base64Encode } from "@/posix/files/bytes";
import type { Sim } from "../../component";
import { hasCondition } from "../../kinds/certificate-signing-request/conditions";
import { textOfBytes } from "../../kinds/certificate-signing-request/validation";
import type { CertificateSigningRequest } from "../../kinds/types";
import { createCertificate, parseCertificate, parseCertificateRequest } from "../../network/pki";
import { clusterPki } from "../../network/pki/cluster-pki";
import type { Controller } from "../controller";
import { SIGNERS, usagesOf } from "./signers";

export const REQUESTS = "certificatesigningrequests.certificates.k8s.io";
const NAME = "certificate-controller";

/** `--cluster-signing-duration`: a year. Certificates are dated back, since clocks differ. */
const SIGNING_DURATION_MS = 365 * 24 * 3600 * 1000;
const BACKDATE_MS = 5 * 60 * 1000;
const SHORTEST_MS = 10 * 60 * 1000;
/** What lives no longer than this is not cut short by the time that it is dated back. */
const SHORT_MS = 8 * 3600 * 1000;

/** Signs what was approved with the cluster's authority (pkg/controller/certificates/signer). */
export const signingController: Controller = {
  name: "csrsigning-controller",
  *keysFor({ type, resource, object }) {
    if (resource === REQUESTS && type !== "DELETED") yield object.metadata.name;
  },
  sync(sim, name) {
    const request = sim.store.get(REQUESTS, undefined, name) as CertificateSigningRequest | undefined;
    if (!request || !hasCondition(request, "Approved") || hasCondition(request, "Denied")) return undefined;
    if (request.status?.certificate || hasCondition(request, "Failed")) return undefined;
    const check = SIGNERS[request.spec.signerName];
    const asked = parseCertificateRequest(textOfBytes(request.spec.request) ?? "");
    if (!check || !asked) return undefined;
    const error = check(asked, request.spec.usages ?? []);
    const status = error === undefined ? { certificate: sign(sim, request) } : { conditions: failed(request, error) };
    sim.api(NAME).patch(REQUESTS, undefined, name, { status }, "merge", "status");
    return undefined;
  },
};

const failed = (request: CertificateSigningRequest, message: string) => [
  ...(request.status?.conditions ?? []),
  { type: "Failed", status: "True", reason: "SignerValidationFailure", message },
];

function sign(sim: Sim, request: CertificateSigningRequest): string {
  const { caCertificatePem, caPrivateKeyPem } = clusterPki();
  const asked = parseCertificateRequest(textOfBytes(request.spec.request) ?? "")!;
  const ca = parseCertificate(caCertificatePem)!;
  const { nowMs } = sim.kernel;
  const wantedMs = Math.max(SHORTEST_MS, (request.spec.expirationSeconds ?? Number.POSITIVE_INFINITY) * 1000);
  const lifeMs = Math.min(SIGNING_DURATION_MS, wantedMs);
  const notAfterMs = nowMs + lifeMs - (lifeMs > SHORT_MS ? BACKDATE_MS : 0);
  const names = (kind: string) => asked.altNames.filter((name) => name.kind === kind).map(({ value }) => value);
  const seconds = (ms: number) => Math.floor(ms / 1000) * 1000;
  const pem = createCertificate({
    subject: asked.subject,
    serialNumber: BigInt(`0x${sim.kernel.uuid().replaceAll("-", "")}`),
    notBeforeMs: seconds(nowMs - BACKDATE_MS),
    notAfterMs: Math.min(seconds(notAfterMs), ca.notAfterMs),
    publicKey: asked.publicKey,
    issuer: { certificatePem: caCertificatePem, privateKeyPem: caPrivateKeyPem },
    isCa: false,
    ...usagesOf(request),
    dnsNames: names("DNS"),
    ipAddresses: names("IP"),
  });
  return base64Encode(pem);
}
