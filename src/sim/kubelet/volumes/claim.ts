import type { Sim } from "../../component";
import { PROVISIONED_BY } from "../../controllers/persistent-volume/provisioner";
import type { VolumeRow } from "../runtime/volume-rows";
import { setUpHostPath } from "./host-path";
import { MountError } from "./payload";

/** The volume behind a claim: a path of the node where it is one, else storage that is the same on every node. */
export function setUpClaim(sim: Sim, node: string, namespace: string, claimName: string): VolumeRow {
  const claim = sim.store.get("persistentvolumeclaims", namespace, claimName);
  if (!claim) throw new MountError(`persistentvolumeclaim "${claimName}" not found`);
  const name = claim.spec.volumeName;
  const volume = name && sim.store.get("persistentvolumes", undefined, name);
  if (!volume || claim.status?.phase !== "Bound") throw new MountError("PVC is not bound");
  const { hostPath, local } = volume.spec;
  const path = hostPath ?? local;
  if (!path || volume.metadata.annotations?.[PROVISIONED_BY] !== undefined) return { kind: "persistent", volume: name };
  setUpHostPath(sim, node, local ? { path: local.path, type: "Directory" } : hostPath);
  return { kind: "host-path", path: path.path };
}
