import { forbidden } from "../status";
import { groupResource } from "../verbs";
import { type AdmissionPlugin, isPod } from "./admission";

const MOUNT_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
const TOKEN_SECONDS = 3607;

/** Gives each pod a service account and mounts a token of it (kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#serviceaccount). */
export const serviceAccount: AdmissionPlugin = {
  name: "ServiceAccount",
  mutate(request) {
    const { verb, kind, draft, sim } = request;
    if (verb !== "create" || !isPod(request)) return;
    if (draft.metadata.annotations?.["kubernetes.io/config.mirror"]) return;
    const { spec } = draft;
    if (!spec) return;
    spec.serviceAccountName ||= spec.serviceAccount || "default";
    spec.serviceAccount = spec.serviceAccountName;
    const namespace = draft.metadata.namespace!;
    const account = sim.store.get("serviceaccounts", namespace, spec.serviceAccountName);
    if (!account) {
      throw forbidden(
        groupResource(kind),
        draft.metadata.name,
        `error looking up service account ${namespace}/${spec.serviceAccountName}: serviceaccount "${spec.serviceAccountName}" not found`,
      );
    }
    if (!spec.imagePullSecrets?.length && account.imagePullSecrets?.length)
      spec.imagePullSecrets = account.imagePullSecrets;
    const automount = spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true;
    if (!automount) return;
    const containers = [...(spec.initContainers ?? []), ...(spec.containers ?? [])];
    const bare = containers.filter(
      (container) => !container.volumeMounts?.some((mount: { mountPath: string }) => mount.mountPath === MOUNT_PATH),
    );
    if (bare.length === 0) return;
    const known = spec.volumes?.find((volume: { name: string }) => volume.name.startsWith("kube-api-access-"));
    const name: string = known?.name ?? `kube-api-access-${sim.kernel.randomName()}`;
    for (const container of bare)
      container.volumeMounts = [...(container.volumeMounts ?? []), { name, readOnly: true, mountPath: MOUNT_PATH }];
    if (!known) spec.volumes = [...(spec.volumes ?? []), tokenVolume(name)];
  },
};

const tokenVolume = (name: string) => ({
  name,
  projected: {
    sources: [
      { serviceAccountToken: { expirationSeconds: TOKEN_SECONDS, path: "token" } },
      { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
      {
        downwardAPI: {
          items: [{ path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } }],
        },
      },
    ],
    defaultMode: 420,
  },
});
