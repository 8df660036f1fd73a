import { grantToken, ISSUER, type TokenGrant, WARN_AFTER_SECONDS } from "../../apiserver/authentication/tokens";
import type { Sim } from "../../component";
import type { Pod } from "../../kinds/types";
import { MountError } from "./payload";

interface TokenSource {
  audience?: string;
  expirationSeconds?: number;
}

/**
 * The token of a pod's service account that a kubelet asks for, granted: bound to the pod, it ends with it. Most are
 * never read, and a signature costs more than the rest of a pod's start: who reads the file signs it.
 */
export function serviceAccountToken(sim: Sim, pod: Pod, { audience, expirationSeconds }: TokenSource): TokenGrant {
  const namespace = pod.metadata.namespace!;
  const name = pod.spec.serviceAccountName || "default";
  const account = sim.store.get("serviceaccounts", namespace, name);
  if (!account) throw new MountError(`failed to fetch token: serviceaccounts "${name}" not found`);
  const seconds = expirationSeconds ?? WARN_AFTER_SECONDS;
  return grantToken(sim, account, { audiences: [audience || ISSUER], seconds, bound: { pod: pod as any } });
}
