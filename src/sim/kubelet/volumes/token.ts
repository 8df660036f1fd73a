import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { base64Encode, base64FromBytes } from "@/posix/files/bytes";
import type { Sim } from "../../component";
import type { Pod } from "../../kinds/types";

const url = (base64: string): string => base64.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
/** How long a bound token lives: a year and 7 s, since the API server extends those of kubelets. */
const EXTENDED_SECONDS = 31_536_000 + 3607 - 3600;

/** A service account token bound to the pod: a JWT with the real claims. Its signature is a digest only this cluster makes. */
export function serviceAccountToken(sim: Sim, pod: Pod, audience: string | undefined): string {
  const issued = Math.floor(sim.kernel.nowMs / 1000);
  const namespace = pod.metadata.namespace!;
  const name = pod.spec.serviceAccountName ?? "default";
  const account = sim.store.get("serviceaccounts", namespace, name);
  const node = sim.store.get("nodes", undefined, pod.spec.nodeName!);
  const issuer = "https://kubernetes.default.svc.cluster.local";
  const claims = {
    aud: [audience ?? issuer],
    exp: issued + EXTENDED_SECONDS,
    iat: issued,
    iss: issuer,
    "kubernetes.io": {
      namespace,
      node: { name: pod.spec.nodeName!, uid: node?.metadata.uid ?? "" },
      pod: { name: pod.metadata.name, uid: pod.metadata.uid },
      serviceaccount: { name, uid: account?.metadata.uid ?? "" },
      warnafter: issued + 3607,
    },
    nbf: issued,
    sub: `system:serviceaccount:${namespace}:${name}`,
  };
  const head = url(base64Encode(JSON.stringify({ alg: "RS256", kid: "podium" })));
  const body = url(base64Encode(JSON.stringify(claims)));
  const signature = url(base64FromBytes(sha256(utf8ToBytes(`${sim.options.seed}.${head}.${body}`))));
  return `${head}.${body}.${signature}`;
}
