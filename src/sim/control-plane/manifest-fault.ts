import type { Sim } from "../component";
import { machineFiles } from "../machines/files";

const manifest = (component: string) => `/etc/kubernetes/manifests/${component}.yaml`;
const aside = (component: string) => `/etc/kubernetes/${component}.yaml`;

/** A component is stopped as an exercise does it: its manifest is moved out of the directory, on every node that has one. */
export function takeManifestAway(sim: Sim, component: string): void {
  move(sim, manifest(component), aside(component));
}

export function restoreManifest(sim: Sim, component: string): void {
  move(sim, aside(component), manifest(component));
}

function move(sim: Sim, from: string, to: string): void {
  for (const { name, role } of sim.options.nodes) {
    if (role !== "control-plane") continue;
    const files = machineFiles(sim, name, () => sim.kernel.schedule(0, "machines", `files/${name}`));
    if (files.stat(from)?.type === "file") files.rename(from, to);
  }
}
