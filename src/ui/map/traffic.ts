import type { MapObject } from "@/server/realtime/protocol";
import type { Hop } from "@/sim/network/types";
import { laneTo, type Point, roundedPath } from "./lanes";
import type { MapLayout } from "./map-layout";
import { anchors } from "./neighbour";

function keyOf(hop: Hop): string | undefined {
  if (hop.kind === "pod") return `pods/${hop.namespace}/${hop.name}`;
  if (hop.kind === "service") return `services/${hop.namespace}/${hop.name}`;
  return hop.kind === "node" ? `nodes/${hop.name}` : undefined;
}

/** A request's way over the map: over the quay to an outward Service, along its lane to the pod, straight between all else. */
export function trafficPath(layout: MapLayout, hops: readonly Hop[], places = anchors(layout)): string {
  const { you } = layout;
  const home = { x: you.x + you.width / 2, y: you.y };
  let path = "";
  let before: { point: Point; key?: string } | undefined;
  for (const hop of hops) {
    const key = keyOf(hop);
    const point = key === undefined ? home : places.get(key);
    if (!point) continue;
    if (before) path += leg(layout, before, { point, key });
    before = { point, key };
  }
  return path;
}

function leg(layout: MapLayout, from: { point: Point; key?: string }, to: { point: Point; key?: string }): string {
  const lane = from.key?.startsWith("services/") && to.key ? laneTo(layout, from.key, to.key) : undefined;
  if (lane) return roundedPath(lane);
  const sign = to.key === undefined ? undefined : layout.services.get(to.key);
  if (from.key !== undefined || !sign?.atQuay) return arc(from.point, to.point);
  const above = layout.you.y - 6;
  const x = sign.x + 18;
  return roundedPath([from.point, { x: from.point.x, y: above }, { x, y: above }, { x, y: sign.y }]);
}

function arc(from: Point, to: Point): string {
  const sag = Math.min(40, Math.abs(to.x - from.x) / 5);
  return `M${from.x} ${from.y}C${from.x} ${from.y + sag} ${to.x} ${to.y - sag} ${to.x} ${to.y}`;
}

/** What a request touched: to be ringed while it is lit. */
export function trafficKeys(traffic: readonly { hops: readonly Hop[] }[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { hops } of traffic)
    for (const hop of hops) if (hop.kind === "pod") keys.add(`pods/${hop.namespace}/${hop.name}`);
  return keys;
}

/** Components whose lamps burn on the bridge of a control plane, in the order in which a request meets them. */
const BRIDGE = ["kube-apiserver", "etcd", "kube-scheduler", "kube-controller-manager"];

export function bridgeLamps(objects: Iterable<MapObject>, node: string): MapObject[] {
  const lamps: MapObject[] = [];
  for (const object of objects) {
    if (object.resource !== "pods" || object.node !== node || object.namespace !== "kube-system") continue;
    if (BRIDGE.some((name) => object.name.startsWith(`${name}-`))) lamps.push(object);
  }
  const rank = (pod: MapObject) => BRIDGE.findIndex((name) => pod.name.startsWith(`${name}-`));
  return lamps.sort((a, b) => rank(a) - rank(b));
}
