import { expect, test } from "vitest";
import { podsToDelete } from "./ranking";

const NOW = Date.UTC(2026, 0, 5, 9, 0, 0);

function pod(
  name: string,
  { node = "n1", phase = "Running", readyS, createdS = 3600, restarts = 0, cost }: any = {},
): any {
  const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString().replace(".000", "");
  return {
    metadata: {
      name,
      uid: name,
      creationTimestamp: ago(createdS),
      ...(cost !== undefined && { annotations: { "controller.kubernetes.io/pod-deletion-cost": String(cost) } }),
    },
    spec: { nodeName: node },
    status: {
      phase,
      conditions: readyS === undefined ? [] : [{ type: "Ready", status: "True", lastTransitionTime: ago(readyS) }],
      containerStatuses: [{ restartCount: restarts }],
    },
  };
}

test("pods are deleted in upstream's order: each of these before the next", () => {
  const order = [
    pod("unassigned", { node: "", phase: "Pending" }),
    pod("pending", { phase: "Pending" }),
    pod("unready"),
    pod("cheap", { readyS: 1000, cost: -5 }),
    pod("doubled", { readyS: 1000, node: "n2" }),
    pod("ready-lately", { readyS: 10 }),
    pod("restarted", { readyS: 1000, restarts: 3 }),
    pod("young", { readyS: 1000, createdS: 20 }),
    pod("old", { readyS: 1000, createdS: 4000 }),
  ];
  const related = [
    ...order,
    pod("a", { node: "n2" }),
    ...Array.from({ length: 12 }, (_, index) => pod(`s${index}`, { node: "n2" })),
  ];
  const scrambled = [...order].sort((a, b) => (a.metadata.name < b.metadata.name ? 1 : -1));
  expect(podsToDelete(scrambled, related, order.length - 1, NOW).map((one) => one.metadata.name)).toEqual(
    order.slice(0, -1).map((one) => one.metadata.name),
  );
});
