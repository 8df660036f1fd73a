import type { MapObject } from "@/server/realtime/protocol";

/** Where everything of the harbour stands, in pixels. A function of which objects exist and where they run, of nothing else. */
export interface MapLayout {
  width: number;
  height: number;
  density: Density;
  crate: Size;
  you: Rect;
  quay: Rect;
  /** Ground of the pods that no node has taken yet. */
  waiting?: Rect;
  ships: ShipPlace[];
  crates: ReadonlyMap<string, CratePlace>;
  services: ReadonlyMap<string, ServicePlace>;
  /** The lanes run across the water here. */
  channelTop: number;
}

export type Density = "large" | "medium" | "small";
export interface Size {
  width: number;
  height: number;
}
export interface Rect extends Size {
  x: number;
  y: number;
}
export interface ShipPlace extends Rect {
  key: string;
  controlPlane: boolean;
  column: number;
  deck: Rect;
  hull: Rect;
  pods: number;
}
export interface CratePlace {
  x: number;
  y: number;
  /** Undefined on the quay. */
  ship?: string;
  column: number;
}
export interface ServicePlace extends Rect {
  atQuay: boolean;
  /** Position among the lanes: each has its own track, as in a transit map. */
  track: number;
}

/** Pods from which on crates are drawn smaller. */
const MEDIUM_FROM = 28;
const SMALL_FROM = 110;
const TRACKS = 8;
const TRACK_GAP = 5;
const EDGE = 16;
const CRATES: Record<Density, Size & { gap: number; channel: number }> = {
  large: { width: 112, height: 44, gap: 8, channel: 18 },
  medium: { width: 54, height: 26, gap: 6, channel: 14 },
  small: { width: 17, height: 14, gap: 3, channel: 3 },
};
const HULL_HEIGHT = 40;
const BRIDGE_WIDTH = 46;
const SHIP_GAP = 26;
const SERVICE: Size = { width: 138, height: 40 };
const YOU: Size = { width: 76, height: 40 };
const SYSTEM_NAMESPACES = new Set(["kube-system", "kube-public", "kube-node-lease"]);

/** What the cluster brings along for itself. */
export function isSystem(object: MapObject): boolean {
  if (object.namespace && SYSTEM_NAMESPACES.has(object.namespace)) return true;
  return object.key === "services/default/kubernetes";
}

const byAge = (a: MapObject, b: MapObject) => a.createdMs - b.createdMs || a.key.localeCompare(b.key);
const isControlPlane = (node: MapObject) => node.role?.includes("control-plane") ?? false;
export const isOutward = (service: MapObject) =>
  service.service?.type === "LoadBalancer" || service.service?.type === "NodePort";

/** Changes exactly when the layout would. */
export function layoutSignature(objects: Iterable<MapObject>): string {
  const parts: string[] = [];
  for (const object of objects) {
    if (object.resource === "pods") parts.push(`${object.key}@${object.node ?? ""}`);
    else if (object.resource === "services") parts.push(`${object.key}@${object.service?.type}`);
    else if (object.resource === "nodes") parts.push(`${object.key}@${object.role}`);
  }
  return parts.sort().join(" ");
}

export function layoutMap(objects: Iterable<MapObject>, width: number): MapLayout {
  const all = [...objects];
  const of = (resource: string) => all.filter((object) => object.resource === resource).sort(byAge);
  const nodes = of("nodes");
  const pods = of("pods");
  const services = of("services");
  const density: Density = pods.length >= SMALL_FROM ? "small" : pods.length >= MEDIUM_FROM ? "medium" : "large";
  const size = CRATES[density];
  const crates = new Map<string, CratePlace>();
  const berths = new Map<string, ServicePlace>();

  // The quay: the learner, what is reachable from outside, and cargo that waits for the scheduler.
  const you: Rect = { x: EDGE, y: 12, ...YOU };
  const outward = services.filter(isOutward);
  const inward = services.filter((service) => !isOutward(service));
  let y = flow(outward, berths, { x: EDGE + YOU.width + 14, y: 12, right: width - EDGE, firstTrack: 0, atQuay: true });
  y = Math.max(y, you.y + you.height);
  const nodeNames = new Set(nodes.map((node) => node.name));
  const ashore = pods.filter((pod) => !pod.node || !nodeNames.has(pod.node));
  let waiting: Rect | undefined;
  if (ashore.length > 0) {
    const top = y + 26;
    const rows = placeCrates(ashore, crates, { x: EDGE, y: top, width: width - 2 * EDGE }, density, undefined, 0, 6);
    waiting = { x: EDGE, y: top - 18, width: width - 2 * EDGE, height: rows + 18 };
    y = top + rows;
  }
  const quay: Rect = { x: 0, y: 0, width, height: y + 12 };

  y = quay.height + 16;
  if (inward.length > 0) {
    y = flow(inward, berths, { x: EDGE, y, right: width - EDGE, firstTrack: outward.length, atQuay: false }) + 6;
  }
  const channelTop = y;
  y += services.length > 0 ? Math.min(services.length, TRACKS) * TRACK_GAP + 12 : 4;

  // The ships, in columns; the control plane leads.
  const fleet = [...nodes.filter(isControlPlane), ...nodes.filter((node) => !isControlPlane(node))];
  const columns = Math.max(1, Math.min(width >= 1180 ? 3 : width >= 720 ? 2 : 1, fleet.length));
  const gutter = 20 + Math.min(services.length, TRACKS) * TRACK_GAP;
  const shipWidth = (width - EDGE - columns * gutter - (columns - 1) * 8) / columns;
  const bottoms = new Array<number>(columns).fill(y);
  const aboard = new Map<string, MapObject[]>();
  for (const pod of pods) {
    if (!pod.node || !nodeNames.has(pod.node)) continue;
    const cargo = aboard.get(pod.node);
    if (cargo) cargo.push(pod);
    else aboard.set(pod.node, [pod]);
  }
  const ships = fleet.map((node): ShipPlace => {
    const column = bottoms.indexOf(Math.min(...bottoms));
    const top = bottoms[column]!;
    const x = gutter + column * (shipWidth + gutter + 8);
    const cargo = aboard.get(node.name) ?? [];
    const inner = { x: x + 12, y: top + size.channel, width: shipWidth - 24 - BRIDGE_WIDTH };
    const rows = placeCrates(cargo, crates, inner, density, node.key, column, size.channel);
    const deckHeight = Math.max(cargo.length > 0 ? rows + size.channel + 8 : 0, isControlPlane(node) ? 44 : 52);
    bottoms[column] = top + deckHeight + HULL_HEIGHT + SHIP_GAP;
    return {
      key: node.key,
      controlPlane: isControlPlane(node),
      column,
      x,
      y: top,
      width: shipWidth,
      height: deckHeight + HULL_HEIGHT,
      deck: { x, y: top, width: shipWidth, height: deckHeight },
      hull: { x, y: top + deckHeight, width: shipWidth, height: HULL_HEIGHT },
      pods: cargo.length,
    };
  });
  const height = Math.max(...bottoms, y + 60);
  return { width, height, density, crate: size, you, quay, waiting, ships, crates, services: berths, channelTop };
}

/** Fills rows from the left; returns the height that they take. */
function placeCrates(
  pods: MapObject[],
  crates: Map<string, CratePlace>,
  area: { x: number; y: number; width: number },
  density: Density,
  ship: string | undefined,
  column: number,
  rowGap: number,
): number {
  const { width, height, gap } = CRATES[density];
  const perRow = Math.max(1, Math.floor((area.width + gap) / (width + gap)));
  pods.forEach((pod, index) => {
    crates.set(pod.key, {
      x: area.x + (index % perRow) * (width + gap),
      y: area.y + Math.floor(index / perRow) * (height + rowGap),
      ship,
      column,
    });
  });
  const rows = Math.ceil(pods.length / perRow);
  return rows === 0 ? 0 : rows * height + (rows - 1) * rowGap;
}

function flow(
  services: MapObject[],
  places: Map<string, ServicePlace>,
  area: { x: number; y: number; right: number; firstTrack: number; atQuay: boolean },
): number {
  let { x, y } = area;
  services.forEach((service, index) => {
    if (x + SERVICE.width > area.right && x > area.x) {
      x = area.x;
      y += SERVICE.height + 10;
    }
    const width = Math.min(SERVICE.width, area.right - x);
    places.set(service.key, {
      x,
      y,
      width,
      height: SERVICE.height,
      atQuay: area.atQuay,
      track: area.firstTrack + index,
    });
    x += SERVICE.width + 12;
  });
  return services.length > 0 ? y + SERVICE.height : y;
}

/** Where a lane's trunk runs down beside a column of ships. */
export function trackX(layout: MapLayout, track: number, column: number): number {
  const ship = layout.ships.find((candidate) => candidate.column === column);
  return (ship?.x ?? 0) - 14 - (track % TRACKS) * TRACK_GAP;
}

export function channelY(layout: MapLayout, track: number): number {
  return layout.channelTop + 6 + (track % TRACKS) * TRACK_GAP;
}
