import type { Cell, Column } from "../../apiserver/kind";
import { AGE_COLUMN, age, NAME_COLUMN, NONE, shown, wide } from "../printing";
import type { Node } from "../types";

export const nodeColumns: Column[] = [
  NAME_COLUMN,
  shown("Status"),
  shown("Roles"),
  AGE_COLUMN,
  shown("Version"),
  wide("Internal-IP"),
  wide("External-IP"),
  wide("OS-Image"),
  wide("Kernel-Version"),
  wide("Container-Runtime"),
];

const ROLE_PREFIX = "node-role.kubernetes.io/";
const ROLE_LABEL = "kubernetes.io/role";

/** Roles by the labels of a node, sorted: `control-plane`, `<none>`. */
export function nodeRoles(node: Node): string {
  const roles = new Set<string>();
  for (const [key, value] of Object.entries((node.metadata.labels ?? {}) as Record<string, string>)) {
    if (key.startsWith(ROLE_PREFIX) && key.length > ROLE_PREFIX.length) roles.add(key.slice(ROLE_PREFIX.length));
    else if (key === ROLE_LABEL && value) roles.add(value);
  }
  return [...roles].sort().join(",") || NONE;
}

/** `Ready`, `NotReady`, `Unknown`, with `,SchedulingDisabled` for a cordoned node. */
export function nodeStatus(node: Node): string {
  const ready = node.status?.conditions?.find(({ type }) => type === "Ready");
  const texts = [ready ? (ready.status === "True" ? "Ready" : "NotReady") : "Unknown"];
  if (node.spec.unschedulable) texts.push("SchedulingDisabled");
  return texts.join(",");
}

const address = (node: Node, type: string) =>
  node.status?.addresses?.find((entry) => entry.type === type)?.address || NONE;

export function nodeRow(node: Node, nowMs: number): Cell[] {
  const info = node.status?.nodeInfo;
  return [
    node.metadata.name,
    nodeStatus(node),
    nodeRoles(node),
    age(node.metadata.creationTimestamp, nowMs),
    info?.kubeletVersion ?? "",
    address(node, "InternalIP"),
    address(node, "ExternalIP"),
    info?.osImage || "<unknown>",
    info?.kernelVersion || "<unknown>",
    info?.containerRuntimeVersion || "<unknown>",
  ];
}
