import { base64Encode } from "@/posix/files/bytes";
import { secretToken } from "../../apiserver/authentication/tokens";
import type { Sim } from "../../component";
import { clone } from "../../kernel/freeze";
import { clusterPki } from "../../network/pki/cluster-pki";
import type { KubeObject } from "../../types";
import { type Controller, keyOf, splitKey } from "../controller";

const TYPE = "kubernetes.io/service-account-token";
const NAME = "kubernetes.io/service-account.name";
const UID = "kubernetes.io/service-account.uid";

const isToken = (object: KubeObject): boolean => (object as any).type === TYPE;

/** Fills the token Secrets that somebody makes for an account, and takes them away with it (the tokens controller). */
export const tokensController: Controller = {
  name: "tokens-controller",
  *keysFor({ type, resource, object }, sim) {
    if (resource === "secrets" && type !== "DELETED" && isToken(object)) yield keyOf(object);
    if (resource !== "serviceaccounts") return;
    for (const secret of sim.store.list("secrets", object.metadata.namespace))
      if (isToken(secret) && secret.metadata.annotations?.[NAME] === object.metadata.name) yield keyOf(secret);
  },
  sync(sim, key) {
    const { namespace, name } = splitKey(key);
    const secret = sim.store.get("secrets", namespace, name) as any;
    if (secret && isToken(secret) && !secret.metadata.deletionTimestamp) fill(sim, namespace!, secret);
    return undefined;
  },
};

function fill(sim: Sim, namespace: string, secret: any): void {
  const api = sim.api("tokens-controller");
  const { annotations = {}, name } = secret.metadata;
  const account = sim.store.get("serviceaccounts", namespace, annotations[NAME] ?? "");
  if (!account || (annotations[UID] && annotations[UID] !== account.metadata.uid)) {
    api.delete("secrets", namespace, name);
    return;
  }
  const wanted = {
    "ca.crt": base64Encode(clusterPki().caCertificatePem),
    namespace: base64Encode(namespace),
    ...(!secret.data?.token && { token: base64Encode(secretToken(secret, account)) }),
  };
  const isFull = annotations[UID] && Object.entries(wanted).every(([key, value]) => secret.data?.[key] === value);
  if (isFull) return;
  const draft = clone(secret);
  draft.data = { ...draft.data, ...wanted };
  draft.metadata.annotations = { ...annotations, [UID]: account.metadata.uid };
  api.update("secrets", draft);
}
