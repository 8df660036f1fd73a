import type { MapObject } from "@/server/realtime/protocol";
import { channelY, type MapLayout, type ServicePlace, TRACKS, trackX } from "./map-layout";

export interface Point {
  x: number;
  y: number;
}

/** A Service's way to its endpoint pods. */
export interface Lane {
  service: string;
  path: string;
  /** Where the lane reaches a crate. */
  ends: Point[];
  /** In the densest drawing lanes end at the ship and tell how many pods they reach there. */
  counts: (Point & { count: number })[];
}

const RADIUS = 5;

/** Endpoints as keys of pods; the server names them by key, by namespace/name or by address. */
export function endpointPods(
  service: MapObject,
  objects: ReadonlyMap<string, MapObject>,
  byAddress: ReadonlyMap<string, string>,
): string[] {
  const keys = new Set<string>();
  for (const endpoint of service.service?.endpoints ?? []) {
    const address = endpoint.replace(/:\d+$/, "");
    const key = [endpoint, `pods/${endpoint}`, byAddress.get(address)].find((one) => one && objects.has(one));
    if (key) keys.add(key);
  }
  return [...keys];
}

export function podAddresses(objects: Iterable<MapObject>): Map<string, string> {
  const addresses = new Map<string, string>();
  for (const object of objects) if (object.resource === "pods" && object.ip) addresses.set(object.ip, object.key);
  return addresses;
}

/** A line through points with rounded corners. */
export function roundedPath(points: Point[], radius = RADIUS): string {
  const [first, ...rest] = points;
  if (!first) return "";
  let path = `M${first.x} ${first.y}`;
  rest.forEach((corner, index) => {
    const from = points[index]!;
    const to = rest[index + 1];
    if (!to) {
      path += `L${corner.x} ${corner.y}`;
      return;
    }
    const into = toward(corner, from, radius);
    const out = toward(corner, to, radius);
    path += `L${into.x} ${into.y}Q${corner.x} ${corner.y} ${out.x} ${out.y}`;
  });
  return path;
}

function toward(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return from;
  const share = Math.min(distance, length / 2) / length;
  return { x: round(from.x + (to.x - from.x) * share), y: round(from.y + (to.y - from.y) * share) };
}

const round = (value: number) => Math.round(value * 10) / 10;

/** From a Service's marker to the gutter beside a column of ships: where the trunk turns down. */
function trunkOf(layout: MapLayout, berth: ServicePlace, column: number): Point[] {
  const start = { x: round(berth.x + 18 + (berth.track % TRACKS) * 4), y: berth.y + berth.height };
  const trunk = trackX(layout, berth.track, column);
  const across = channelY(layout.channelTop, berth.track);
  if (!berth.atQuay) return [start, { x: start.x, y: across }, { x: trunk, y: across }];
  // What starts on the quay passes the buoys in the first gutter, so that no lane runs behind another's sign.
  const first = trackX(layout, berth.track, 0);
  const below = channelY(layout.quayChannelTop, berth.track);
  const points = [start, { x: start.x, y: below }, { x: first, y: below }];
  return column === 0 ? points : [...points, { x: first, y: across }, { x: trunk, y: across }];
}

/** The corners from a Service's marker to one of its pods. */
export function laneTo(layout: MapLayout, service: string, pod: string): Point[] | undefined {
  const berth = layout.services.get(service);
  const crate = layout.crates.get(pod);
  if (!berth || !crate?.ship) return undefined;
  const lift = layout.density === "large" ? 5 + (berth.track % 4) * 3 : 4 + (berth.track % 3) * 3;
  const row = crate.y - lift;
  const drop = round(crate.x + layout.crate.width / 2 + ((berth.track % 4) - 1.5) * 6);
  const trunk = trackX(layout, berth.track, crate.column);
  return [...trunkOf(layout, berth, crate.column), { x: trunk, y: row }, { x: drop, y: row }, { x: drop, y: crate.y }];
}

export function laneOf(layout: MapLayout, service: string, pods: string[]): Lane {
  if (layout.density === "small") return coarseLane(layout, service, pods);
  const lane: Lane = { service, path: "", ends: [], counts: [] };
  for (const pod of pods) {
    const points = laneTo(layout, service, pod);
    if (!points) continue;
    lane.path += roundedPath(points);
    lane.ends.push(points.at(-1)!);
  }
  return lane;
}

function coarseLane(layout: MapLayout, service: string, pods: string[]): Lane {
  const lane: Lane = { service, path: "", ends: [], counts: [] };
  const berth = layout.services.get(service);
  if (!berth) return lane;
  for (const ship of layout.ships) {
    const count = pods.filter((pod) => layout.crates.get(pod)?.ship === ship.key).length;
    if (count === 0) continue;
    const y = ship.hull.y - 5 - (berth.track % 3) * 4;
    const end = { x: ship.x, y };
    const trunk = trackX(layout, berth.track, ship.column);
    lane.path += roundedPath([...trunkOf(layout, berth, ship.column), { x: trunk, y }, end]);
    lane.ends.push(end);
    lane.counts.push({ x: end.x + 6 + (berth.track % TRACKS) * 34, y: ship.hull.y - 9, count });
  }
  return lane;
}
