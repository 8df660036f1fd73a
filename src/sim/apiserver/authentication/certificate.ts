import { sha256 } from "@noble/hashes/sha2.js";
import type { Sim } from "../../component";
import { commonName, parseCertificate, verifyChain } from "../../network/pki";
import { clusterPki } from "../../network/pki/cluster-pki";
import { toHex } from "../../network/pki/der";
import type { UserInfo } from "../../types";
import type { ApiRequest } from "../request";
import { failure } from "../status";

const CREDENTIAL = "authentication.kubernetes.io/credential-id";

/**
 * Who a client's certificate stands for: its common name, in the groups that its organizations name
 * (kubernetes.io/docs/reference/access-authn-authz/authentication/#x509-client-certificates). Undefined where the
 * connection brought none; throws the 401 for one that the cluster's authority has not signed, or no longer vouches for.
 */
export function certificateUser(sim: Sim, { clientCertificate }: ApiRequest): UserInfo | undefined {
  if (clientCertificate === undefined) return undefined;
  const { caCertificatePem } = clusterPki();
  const verdict = verifyChain(clientCertificate, caCertificatePem, { atMs: sim.kernel.nowMs, purpose: "clientAuth" });
  const certificate = parseCertificate(clientCertificate);
  const username = certificate && commonName(certificate.subject);
  if (!verdict.ok || !username) throw failure(401, "Unauthorized", "Unauthorized");
  const groups = certificate.subject.filter(([name]) => name === "O").map(([, value]) => value);
  const fingerprint = toHex(sha256(certificate.der));
  return {
    username,
    groups: [...groups, "system:authenticated"],
    extra: { [CREDENTIAL]: [`X509SHA256=${fingerprint}`] },
  };
}
