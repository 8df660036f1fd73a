import { authorize } from "../../apiserver/authorization/authorizer";
import type { Sim } from "../../component";
import { conditionsOf, hasCondition } from "../../kinds/certificate-signing-request/conditions";
import { textOfBytes } from "../../kinds/certificate-signing-request/validation";
import type { CertificateSigningRequest } from "../../kinds/types";
import { commonName, parseCertificateRequest } from "../../network/pki";
import type { Controller } from "../controller";
import { kubeletClientError } from "./signers";
import { REQUESTS } from "./signing";

const NAME = "certificate-controller";
const SIGNER = "kubernetes.io/kube-apiserver-client-kubelet";

/** Who asks for whom, and by which right it is granted; the first that fits decides. */
const RECOGNIZED = [
  {
    subresource: "selfnodeclient",
    own: true,
    message: "Auto approving self kubelet client certificate after SubjectAccessReview.",
  },
  {
    subresource: "nodeclient",
    own: false,
    message: "Auto approving kubelet client certificate after SubjectAccessReview.",
  },
];

/** Approves what kubelets ask for themselves, if policy lets them (pkg/controller/certificates/approver). */
export const approvingController: Controller = {
  name: "csrapproving-controller",
  *keysFor({ type, resource, object }) {
    if (resource === REQUESTS && type !== "DELETED") yield object.metadata.name;
  },
  sync(sim, name) {
    const request = sim.store.get(REQUESTS, undefined, name) as CertificateSigningRequest | undefined;
    if (!request || request.status?.certificate || request.spec.signerName !== SIGNER) return undefined;
    if (hasCondition(request, "Approved") || hasCondition(request, "Denied")) return undefined;
    const message = grounds(sim, request);
    if (!message) return undefined;
    const approval = { type: "Approved", status: "True", reason: "AutoApproved", message };
    const status = { conditions: [...conditionsOf(request), approval] };
    sim.api(NAME).patch(REQUESTS, undefined, name, { status }, "merge", "approval");
    return undefined;
  },
};

function grounds(sim: Sim, { metadata, spec }: CertificateSigningRequest): string | undefined {
  const asked = parseCertificateRequest(textOfBytes(spec.request) ?? "");
  if (!asked || kubeletClientError(asked, spec.usages ?? [])) return undefined;
  const user = { username: spec.username ?? "", groups: [...(spec.groups ?? [])] };
  return RECOGNIZED.find(({ subresource, own }) => {
    if (own && commonName(asked.subject) !== user.username) return false;
    const resource = {
      group: "certificates.k8s.io",
      version: "*",
      resource: "certificatesigningrequests",
      subresource,
      namespace: "",
      name: metadata.name,
    };
    return authorize(sim.store, { user, verb: "create", resource }).allowed;
  })?.message;
}
