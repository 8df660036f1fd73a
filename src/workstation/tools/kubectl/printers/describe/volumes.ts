import type { Writer } from "./writer";

/** The volumes of a pod or (`nested`) of a pod template. */
export function volumesLines(w: Writer, volumes: any[] | undefined, nested: boolean): void {
  const space = nested ? "  " : "";
  if (!volumes?.length) {
    w.line(`${space}Volumes:\t<none>`);
    return;
  }
  w.line(`${space}Volumes:`);
  for (const volume of volumes) {
    w.write(1, `${nested ? " " : ""}${volume.name}:\n`);
    for (const line of volumeLines(volume)) w.write(2, `${line}\n`);
  }
}

function volumeLines(volume: any): string[] {
  if (volume.hostPath)
    return [
      "Type:\tHostPath (bare host directory volume)",
      `Path:\t${volume.hostPath.path}`,
      `HostPathType:\t${volume.hostPath.type ?? "<none>"}`,
    ];
  if (volume.emptyDir) {
    return [
      "Type:\tEmptyDir (a temporary directory that shares a pod's lifetime)",
      `Medium:\t${volume.emptyDir.medium ?? ""}`,
      `SizeLimit:\t${volume.emptyDir.sizeLimit ?? "<unset>"}`,
    ];
  }
  if (volume.secret)
    return [
      "Type:\tSecret (a volume populated by a Secret)",
      `SecretName:\t${volume.secret.secretName}`,
      `Optional:\t${volume.secret.optional ?? false}`,
    ];
  if (volume.configMap)
    return [
      "Type:\tConfigMap (a volume populated by a ConfigMap)",
      `Name:\t${volume.configMap.name}`,
      `Optional:\t${volume.configMap.optional ?? false}`,
    ];
  if (volume.persistentVolumeClaim) {
    const { claimName, readOnly = false } = volume.persistentVolumeClaim;
    return [
      "Type:\tPersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)",
      `ClaimName:\t${claimName}`,
      `ReadOnly:\t${readOnly}`,
    ];
  }
  if (volume.nfs)
    return [
      "Type:\tNFS (an NFS mount that lasts the lifetime of a pod)",
      `Server:\t${volume.nfs.server}`,
      `Path:\t${volume.nfs.path}`,
      `ReadOnly:\t${volume.nfs.readOnly ?? false}`,
    ];
  if (volume.downwardAPI)
    return [
      "Type:\tDownwardAPI (a volume populated by information about the pod)",
      "Items:",
      ...itemLines(volume.downwardAPI.items),
    ];
  if (volume.projected)
    return [
      "Type:\tProjected (a volume that contains injected data from multiple sources)",
      ...(volume.projected.sources ?? []).flatMap(sourceLines),
    ];
  return ["<unknown>"];
}

const itemLines = (items: any[] = []): string[] =>
  items.map((item) => `  ${item.fieldRef ? item.fieldRef.fieldPath : item.resourceFieldRef?.resource} -> ${item.path}`);

function sourceLines(source: any): string[] {
  if (source.secret) return [`SecretName:\t${source.secret.name}`, `Optional:\t${source.secret.optional ?? false}`];
  if (source.configMap)
    return [`ConfigMapName:\t${source.configMap.name}`, `Optional:\t${source.configMap.optional ?? false}`];
  if (source.downwardAPI) return ["DownwardAPI:\ttrue"];
  if (source.serviceAccountToken)
    return [`TokenExpirationSeconds:\t${source.serviceAccountToken.expirationSeconds ?? 3600}`];
  return [];
}
