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
  /** Lanes that start on the quay run to the first column's gutter here. */
  quayChannelTop: number;
  /** All others run across the water here. */
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
/** Lanes beyond these share a track. */
export const TRACKS = 8;
const TRACK_GAP = 5;
const EDGE = 16;
/** Crates are at least this wide and at most `stretch` times as wide, so that rows fill the deck. */
const CRATES: Record<Density, Size & { gap: number; channel: number; stretch: number }> = {
  large: { width: 92, height: 44, gap: 8, channel: 18, stretch: 1.35 },
  medium: { width: 54, height: 26, gap: 6, channel: 14, stretch: 1.2 },
  small: { width: 17, height: 14, gap: 3, channel: 3, stretch: 1 },
};
const HULL_HEIGHT = 38;
const BRIDGE_WIDTH = 42;
const SHIP_GAP = 22;
const SERVICE: Size = { width: 140, height: 40 };
const YOU: Size = { width: 72, height: 40 };
const SYSTEM_NAMESPACES = new Set(["kube-system", "kube-public", "kube-node-lease"]);

/** What the cluster brings along for itself. */
export function isSystem(object: MapObject): boolean {
  const namespace = object.resource === "namespaces" ? object.name : object.namespace;
  if (namespace && SYSTEM_NAMESPACES.has(namespace)) return true;
  return object.key === "services/default/kubernetes" || object.name === "kube-root-ca.crt";
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
  const nodeNames = new Set(nodes.map((node) => node.name));
  const density: Density = pods.length >= SMALL_FROM ? "small" : pods.length >= MEDIUM_FROM ? "medium" : "large";

  // The ships stand in columns; beside each column a gutter for the lanes.
  const columns = Math.max(1, Math.min(width >= 1180 ? 3 : width >= 720 ? 2 : 1, nodes.length));
  const gutter = 22 + Math.min(services.length, TRACKS) * TRACK_GAP;
  const shipWidth = (width - EDGE - columns * gutter - (columns - 1) * 8) / columns;
  const inner = shipWidth - 20 - BRIDGE_WIDTH;
  const rows: Rows = { density, crate: crateSize(density, inner), crates: new Map() };
  const berths = new Map<string, ServicePlace>();

  // The quay: cargo that waits for the scheduler, the learner, and what is reachable from outside.
  let y = 12;
  const ashore = pods.filter((pod) => !pod.node || !nodeNames.has(pod.node));
  let waiting: Rect | undefined;
  if (ashore.length > 0) {
    const area = { x: EDGE, y: y + 18, width: width - 2 * EDGE };
    const height = placeCrates(ashore, rows, area, undefined, 0, 6) + 18;
    waiting = { x: EDGE, y, width: area.width, height };
    y += height + 10;
  }
  const you: Rect = { x: EDGE, y, ...YOU };
  const outward = services.filter(isOutward);
  const inward = services.filter((service) => !isOutward(service));
  const signs = { x: EDGE + YOU.width + 14, y, right: width - EDGE, firstTrack: 0, atQuay: true };
  y = Math.max(flow(outward, berths, signs), you.y + you.height);
  const quay: Rect = { x: 0, y: 0, width, height: y + 14 };

  // The water: first the lanes that start on the quay, then the buoys, then the lanes of those.
  const quayChannelTop = quay.height + 2;
  y = quayChannelTop + Math.min(outward.length, TRACKS) * TRACK_GAP + 8;
  if (inward.length > 0) {
    y = flow(inward, berths, { x: gutter, y, right: width - EDGE, firstTrack: outward.length, atQuay: false }) + 2;
  }
  const channelTop = y;
  y += columns > 1 || inward.length > 0 ? Math.min(services.length, TRACKS) * TRACK_GAP + 12 : 4;

  const bottoms = new Array<number>(columns).fill(y);
  const fleet = [...nodes.filter(isControlPlane), ...nodes.filter((node) => !isControlPlane(node))];
  const cargoOf = new Map<string, MapObject[]>(nodes.map((node) => [node.name, []]));
  for (const pod of pods) cargoOf.get(pod.node ?? "")?.push(pod);
  const channel = CRATES[density].channel;
  const ships = fleet.map((node): ShipPlace => {
    const column = bottoms.indexOf(Math.min(...bottoms));
    const top = bottoms[column]!;
    const x = gutter + column * (shipWidth + gutter + 8);
    const cargo = cargoOf.get(node.name) ?? [];
    const hold = placeCrates(cargo, rows, { x: x + 10, y: top + channel, width: inner }, node.key, column, channel);
    const deckHeight = Math.max(cargo.length > 0 ? hold + channel + (density === "small" ? 20 : 8) : 0, 52);
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
  return {
    width,
    height: Math.max(...bottoms, y + 60),
    density,
    crate: rows.crate,
    you,
    quay,
    waiting,
    ships,
    crates: rows.crates,
    services: berths,
    quayChannelTop,
    channelTop,
  };
}

interface Rows {
  density: Density;
  crate: Size;
  crates: Map<string, CratePlace>;
}

const perRowOf = (width: number, crate: number, gap: number) => Math.max(1, Math.floor((width + gap) / (crate + gap)));

/** Crates grow a little so that a full row fills the deck. */
function crateSize(density: Density, deckWidth: number): Size {
  const { width, height, gap, stretch } = CRATES[density];
  const perRow = perRowOf(deckWidth, width, gap);
  return { width: Math.floor(Math.min(width * stretch, (deckWidth - (perRow - 1) * gap) / perRow)), height };
}

/** Fills rows from the left; returns the height that they take. */
function placeCrates(
  pods: MapObject[],
  { density, crate, crates }: Rows,
  area: { x: number; y: number; width: number },
  ship: string | undefined,
  column: number,
  rowGap: number,
): number {
  const { gap } = CRATES[density];
  const perRow = perRowOf(area.width, crate.width, gap);
  pods.forEach((pod, index) => {
    crates.set(pod.key, {
      x: area.x + (index % perRow) * (crate.width + gap),
      y: area.y + Math.floor(index / perRow) * (crate.height + rowGap),
      ship,
      column,
    });
  });
  const rows = Math.ceil(pods.length / perRow);
  return rows === 0 ? 0 : rows * crate.height + (rows - 1) * rowGap;
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

export function channelY(top: number, track: number): number {
  return top + 6 + (track % TRACKS) * TRACK_GAP;
}
