/** A learner as the live room shows one. */
export interface Tile {
  userId: string;
  nickname: string;
  labId?: string;
  challenge?: string;
  checks: boolean[];
  points: number;
  lastCommand?: string;
  /** Wall time, ms since 1970. */
  lastActiveAt: number;
  lastProgressAt: number;
  online: boolean;
  state: "idle" | "working" | "stuck" | "finished" | "hand-raised";
}

/** Nothing typed for this long: the learner is elsewhere. */
export const IDLE_AFTER_MS = 3 * 60_000;
/** Typing all the while, but no check has turned green for this long. */
export const STUCK_AFTER_MS = 8 * 60_000;

export type TileFacts = Omit<Tile, "state"> & { handRaised: boolean };

/** What a learner seems to be doing. A raised hand outranks all; a learner who is away is idle, not stuck. */
export function tileState(facts: TileFacts, nowMs: number): Tile["state"] {
  if (facts.handRaised) return "hand-raised";
  if (facts.checks.length > 0 && facts.checks.every(Boolean)) return "finished";
  if (!facts.labId || !facts.online || nowMs - facts.lastActiveAt >= IDLE_AFTER_MS) return "idle";
  return nowMs - facts.lastProgressAt >= STUCK_AFTER_MS ? "stuck" : "working";
}

export function makeTile(facts: TileFacts, nowMs: number): Tile {
  const { handRaised: _, ...tile } = facts;
  return { ...tile, state: tileState(facts, nowMs) };
}

const ORDER: Tile["state"][] = ["hand-raised", "stuck", "working", "idle", "finished"];

/** Who needs an instructor comes first; among equals, the longest without progress. */
export function sortTiles(tiles: Tile[]): Tile[] {
  return [...tiles].sort(
    (a, b) =>
      ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
      a.lastProgressAt - b.lastProgressAt ||
      (a.nickname < b.nickname ? -1 : 1),
  );
}
