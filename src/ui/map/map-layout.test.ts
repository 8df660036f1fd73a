import { describe, expect, it } from "vitest";
import type { MapObject } from "@/server/realtime/protocol";
import { crateLabel } from "./crate-label";
import { endpointPods, laneTo, podAddresses, roundedPath } from "./lanes";
import { isSystem, layoutMap, layoutSignature } from "./map-layout";
import { neighbour } from "./neighbour";
import { bridgeLamps, trafficPath } from "./traffic";

function object(resource: string, name: string, more: Partial<MapObject> = {}): MapObject {
  const namespace = resource === "nodes" ? undefined : (more.namespace ?? "default");
  const key = namespace ? `${resource}/${namespace}/${name}` : `${resource}/${name}`;
  return {
    key,
    resource,
    kind: resource,
    name,
    namespace,
    uid: key,
    state: "running",
    status: "Running",
    labels: {},
    createdMs: 0,
    ...more,
  };
}

const fleet = [
  object("nodes", "control-plane", { role: "control-plane" }),
  object("nodes", "worker-1", { role: "worker" }),
  object("nodes", "worker-2", { role: "worker" }),
];
const pods = (count: number, node?: (index: number) => string | undefined) =>
  Array.from({ length: count }, (_, index) =>
    object("pods", `web-${index}`, { node: node?.(index), ip: `10.244.1.${index}`, createdMs: index }),
  );
const web = (type: string) =>
  object("services", "web", { service: { type, ports: ["80/TCP"], endpoints: ["pods/default/web-0"] } });

describe("layoutMap", () => {
  it("puts each pod on the deck of its node, and what has none on the quay", () => {
    const layout = layoutMap([...fleet, ...pods(3, (index) => ["worker-1", "worker-2", undefined][index])], 600);
    const within = (key: string, name: string) => {
      const crate = layout.crates.get(key)!;
      const { deck } = layout.ships.find((ship) => ship.key === `nodes/${name}`)!;
      return crate.y >= deck.y && crate.y + layout.crate.height <= deck.y + deck.height && crate.x >= deck.x;
    };
    expect(within("pods/default/web-0", "worker-1")).toBe(true);
    expect(within("pods/default/web-1", "worker-2")).toBe(true);
    expect(layout.crates.get("pods/default/web-2")).toMatchObject({ ship: undefined });
    expect(layout.crates.get("pods/default/web-2")!.y).toBeLessThan(layout.quay.height);
  });

  it("leads with the control plane", () => {
    const layout = layoutMap([fleet[2]!, fleet[0]!, fleet[1]!], 600);
    expect(layout.ships.map((ship) => ship.key)).toEqual(["nodes/control-plane", "nodes/worker-1", "nodes/worker-2"]);
  });

  it.each([
    [5, "large"],
    [60, "medium"],
    [500, "small"],
  ] as const)("draws %d pods %s, none over another and all inside", (count, density) => {
    const layout = layoutMap([...fleet, ...pods(count, (index) => `worker-${1 + (index % 2)}`)], 480);
    expect(layout.density).toBe(density);
    const places = [...layout.crates.values()].map(({ x, y }) => `${x},${y}`);
    expect(new Set(places).size).toBe(count);
    for (const { x, y } of layout.crates.values()) {
      expect(x + layout.crate.width).toBeLessThanOrEqual(480);
      expect(y + layout.crate.height).toBeLessThanOrEqual(layout.height);
    }
  });

  it("keeps outward Services on the quay and the others on the water", () => {
    const layout = layoutMap(
      [
        ...fleet,
        web("NodePort"),
        object("services", "db", { service: { type: "ClusterIP", ports: [], endpoints: [] } }),
      ],
      600,
    );
    expect(layout.services.get("services/default/web")!.atQuay).toBe(true);
    expect(layout.services.get("services/default/db")!.y).toBeGreaterThan(layout.quay.height);
  });

  it("stays as it is while only states change", () => {
    const before = [...fleet, ...pods(2, () => "worker-1")];
    const after = before.map((one) => ({ ...one, state: "failing" as const, status: "CrashLoopBackOff" }));
    expect(layoutSignature(after)).toBe(layoutSignature(before));
    expect(layoutSignature([...fleet, ...pods(2, () => "worker-2")])).not.toBe(layoutSignature(before));
  });
});

describe("lanes", () => {
  it("lead from the Service's marker to the top of the crate", () => {
    const layout = layoutMap([...fleet, web("ClusterIP"), ...pods(1, () => "worker-1")], 600);
    const lane = laneTo(layout, "services/default/web", "pods/default/web-0")!;
    const berth = layout.services.get("services/default/web")!;
    const crate = layout.crates.get("pods/default/web-0")!;
    expect(lane[0]!.y).toBe(berth.y + berth.height);
    expect(lane.at(-1)!.y).toBe(crate.y);
    expect(lane.at(-1)!.x).toBeGreaterThan(crate.x);
  });

  it("know endpoints by key, by namespace and name, and by address", () => {
    const objects = new Map(pods(3, () => "worker-1").map((pod) => [pod.key, pod]));
    const service = object("services", "web", {
      service: {
        type: "ClusterIP",
        ports: [],
        endpoints: ["pods/default/web-0", "default/web-1", "10.244.1.2:80", "10.9.9.9:80"],
      },
    });
    expect(endpointPods(service, objects, podAddresses(objects.values()))).toEqual([
      "pods/default/web-0",
      "pods/default/web-1",
      "pods/default/web-2",
    ]);
  });

  it("turn round corners", () => {
    expect(
      roundedPath([
        { x: 0, y: 0 },
        { x: 0, y: 20 },
        { x: 20, y: 20 },
      ]),
    ).toBe("M0 0L0 15Q0 20 5 20L20 20");
  });
});

describe("keys and traffic", () => {
  const layout = layoutMap([...fleet, web("NodePort"), ...pods(2, () => "worker-1")], 600);

  it("moves to what lies ahead", () => {
    expect(neighbour(layout, "pods/default/web-0", "ArrowRight")).toBe("pods/default/web-1");
    expect(neighbour(layout, "pods/default/web-1", "ArrowLeft")).toBe("pods/default/web-0");
    expect(neighbour(layout, "pods/default/web-0", "ArrowDown")).toBe("nodes/worker-1");
    expect(neighbour(layout, undefined, "ArrowDown")).toBe("services/default/web");
  });

  it("lights a way from the terminal over the Service to the pod", () => {
    const path = trafficPath(layout, [
      { kind: "workstation", name: "workstation" },
      { kind: "service", namespace: "default", name: "web" },
      { kind: "pod", namespace: "default", name: "web-0" },
    ]);
    expect(path.match(/M/g)).toHaveLength(2);
    expect(trafficPath(layout, [{ kind: "pod", namespace: "gone", name: "x" }])).toBe("");
  });

  it("shows the control plane's components as lamps", () => {
    const system = ["kube-scheduler", "etcd", "coredns"].map((name) =>
      object("pods", `${name}-control-plane`, { namespace: "kube-system", node: "control-plane" }),
    );
    expect(bridgeLamps(system, "control-plane").map((pod) => pod.name)).toEqual([
      "etcd-control-plane",
      "kube-scheduler-control-plane",
    ]);
    expect(system.every(isSystem)).toBe(true);
  });
});

describe("crateLabel", () => {
  it.each([
    ["web-6d4cf56db6-x7k2p", "replicasets/default/web-6d4cf56db6", { title: "web", suffix: "x7k2p" }],
    ["db-0", "statefulsets/default/db", { title: "db", suffix: "0" }],
    ["monolith", undefined, { title: "monolith", suffix: "" }],
    ["a-very-long-pod-name", undefined, { title: "a-very-long…", suffix: "" }],
  ])("%s", (name, ownerKey, label) => {
    expect(crateLabel({ name, ownerKey }, 12)).toEqual(label);
  });
});
