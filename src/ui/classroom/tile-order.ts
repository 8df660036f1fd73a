import type { Tile } from "@/server/realtime/protocol";

const ORDER: Tile["state"][] = ["hand-raised", "stuck", "working", "idle", "finished"];

/** Who needs the instructor stands first; among equals, whoever made no progress for longest. */
export function orderTiles(tiles: Iterable<Tile>): Tile[] {
  return [...tiles].sort(
    (a, b) =>
      ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
      a.lastProgressAt - b.lastProgressAt ||
      a.nickname.localeCompare(b.nickname),
  );
}

export function countStates(tiles: Iterable<Tile>): Record<Tile["state"], number> {
  const counts = { "hand-raised": 0, stuck: 0, working: 0, idle: 0, finished: 0 };
  for (const tile of tiles) counts[tile.state]++;
  return counts;
}

/** How many columns of tiles of at least this width fit. */
export const columnsFor = (width: number, least: number, gap: number): number =>
  Math.max(1, Math.floor((width + gap) / (least + gap)));
