import { textOfBytes } from "../../kinds/certificate-signing-request/validation";
import { parseCertificateRequest } from "../../network/pki";
import { authorize, PRIVILEGED_GROUP } from "../authorization/authorizer";
import { forbidden } from "../status";
import { groupResource } from "../verbs";
import type { AdmissionPlugin, AdmissionRequest } from "./admission";

const GROUP = "certificates.k8s.io";
const CLIENT_SIGNER = "kubernetes.io/kube-apiserver-client";

const isRequest = ({ kind }: AdmissionRequest): boolean =>
  kind.group === GROUP && kind.kind === "CertificateSigningRequest";

/** Whether the user may do that with a signer's requests, or with those of all signers of its domain. */
function maySignFor({ sim, user }: AdmissionRequest, verb: string, signer: string): boolean {
  const names = [signer, `${signer.split("/")[0]}/*`];
  return names.some((name) => {
    const resource = { group: GROUP, version: "*", resource: "signers", subresource: "", namespace: "", name };
    return authorize(sim.store, { user, verb, resource }).allowed;
  });
}

const refused = ({ kind, draft }: AdmissionRequest, why: string) =>
  forbidden(groupResource(kind), draft.metadata.name, why);

/** Whoever decides on a request must have the right to approve for its signer. */
export const certificateApproval: AdmissionPlugin = {
  name: "CertificateApproval",
  validate(request) {
    if (!isRequest(request) || request.verb !== "update" || request.subresource !== "approval") return;
    const signer = request.old?.spec.signerName ?? "";
    if (!maySignFor(request, "approve", signer))
      throw refused(request, `user not permitted to approve requests with signerName ${JSON.stringify(signer)}`);
  },
};

/** Whoever puts a certificate into a request must have the right to sign for its signer. */
export const certificateSigning: AdmissionPlugin = {
  name: "CertificateSigning",
  validate(request) {
    if (!isRequest(request) || request.verb !== "update" || request.subresource !== "status") return;
    const { draft, old } = request;
    const signer = old?.spec.signerName ?? "";
    if (draft.status?.certificate === old?.status?.certificate) return;
    if (!maySignFor(request, "sign", signer))
      throw refused(request, `user not permitted to sign requests with signerName ${JSON.stringify(signer)}`);
  },
};

/** Nobody gets a certificate of the group that may do everything. */
export const certificateSubjectRestriction: AdmissionPlugin = {
  name: "CertificateSubjectRestriction",
  validate(request) {
    if (!isRequest(request) || request.verb !== "create" || request.draft.spec.signerName !== CLIENT_SIGNER) return;
    const asked = parseCertificateRequest(textOfBytes(request.draft.spec.request) ?? "");
    if (asked?.subject.some(([name, value]) => name === "O" && value === PRIVILEGED_GROUP))
      throw refused(request, `use of ${CLIENT_SIGNER} signer with ${PRIVILEGED_GROUP} group is not allowed`);
  },
};
