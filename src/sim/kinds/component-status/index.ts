import type { KindDefinition } from "../../apiserver/kind";
import type { Sim } from "../../component";
import { isDown } from "../../faults";
import type { KubeObject } from "../../types";
import { NAME_COLUMN, shown } from "../printing";

/** Where the server asks each of them for its health. */
const COMPONENTS = [
  { name: "controller-manager", component: "kube-controller-manager", port: 10257 },
  { name: "scheduler", component: "kube-scheduler", port: 10259 },
] as const;

function statusOf(name: string, refusedAt: string | undefined): KubeObject {
  const condition = refusedAt
    ? {
        type: "Healthy",
        status: "False",
        message: `Get "https://${refusedAt}/healthz": dial tcp ${refusedAt}: connect: connection refused`,
      }
    : { type: "Healthy", status: "True", message: "ok" };
  const metadata = { name } as KubeObject["metadata"];
  return { apiVersion: "v1", kind: "ComponentStatus", metadata, conditions: [condition] } as unknown as KubeObject;
}

/** The server has no answer at all while etcd is away, so etcd is always well here. */
const statuses = (sim: Sim): KubeObject[] => [
  ...COMPONENTS.map(({ name, component, port }) =>
    statusOf(name, isDown(sim, "component", component) ? `127.0.0.1:${port}` : undefined),
  ),
  statusOf("etcd-0", undefined),
];

export const componentStatus: KindDefinition = {
  group: "",
  version: "v1",
  kind: "ComponentStatus",
  plural: "componentstatuses",
  singular: "componentstatus",
  shortNames: ["cs"],
  namespaced: false,
  verbs: ["get", "list"],
  deprecation: "v1 ComponentStatus is deprecated in v1.19+",
  computed: { list: ({ sim }) => statuses(sim) },
  columns: [NAME_COLUMN, shown("Status"), shown("Message"), shown("Error")],
  row: (object) => {
    const { conditions = [] } = object as unknown as { conditions?: Record<string, string>[] };
    const healthy = conditions.find(({ type }) => type === "Healthy");
    const state = healthy?.status === "True" ? "Healthy" : healthy?.status === "False" ? "Unhealthy" : "Unknown";
    return [object.metadata.name, state, healthy?.message ?? "", healthy?.error ?? ""];
  },
};
