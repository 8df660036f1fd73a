import type { MapLayout } from "./map-layout";

export type Direction = "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight";

/** The middle of everything that can be chosen on the map. */
export function anchors(layout: MapLayout): Map<string, { x: number; y: number }> {
  const places = new Map<string, { x: number; y: number }>();
  for (const [key, place] of layout.services) {
    places.set(key, { x: place.x + place.width / 2, y: place.y + place.height / 2 });
  }
  for (const [key, place] of layout.crates) {
    places.set(key, { x: place.x + layout.crate.width / 2, y: place.y + layout.crate.height / 2 });
  }
  for (const ship of layout.ships) {
    places.set(ship.key, { x: ship.hull.x + 60, y: ship.hull.y + ship.hull.height / 2 });
  }
  return places;
}

/** The nearest object in a direction: what lies straight ahead is preferred to what lies aside. */
export function neighbour(layout: MapLayout, from: string | undefined, direction: Direction): string | undefined {
  const places = anchors(layout);
  const start = from === undefined ? undefined : places.get(from);
  if (!start) return places.keys().next().value;
  let best: string | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  const horizontal = direction === "ArrowLeft" || direction === "ArrowRight";
  const sign = direction === "ArrowLeft" || direction === "ArrowUp" ? -1 : 1;
  for (const [key, place] of places) {
    if (key === from) continue;
    const along = sign * (horizontal ? place.x - start.x : place.y - start.y);
    const aside = Math.abs(horizontal ? place.y - start.y : place.x - start.x);
    if (along <= 1) continue;
    const cost = along + aside * 3;
    if (cost < bestCost) {
      best = key;
      bestCost = cost;
    }
  }
  return best;
}
