export interface BoardRow {
  rank: number;
  userId: string;
  nickname: string;
  points: number;
  solved: number;
  firstBloods: number;
  lastSolveAt?: number;
}

export interface Board {
  classId: string;
  rows: BoardRow[];
  at: number;
  frozenAt?: number;
  recent: { at: number; nickname: string; challenge: string; firstBlood: boolean }[];
}

/** A score event as the board reads it; `at` in wall ms. Events come in the order in which they were written. */
export interface BoardEvent {
  kind: "check" | "solve" | "hint" | "award";
  userId: string;
  challengeId: string;
  points: number;
  at: number;
}

/** How many of the last solves the board tells. */
export const RECENT_LIMIT = 10;

/**
 * The board of a class: more points first; with equal points whoever reached them earlier. Learners with the same points
 * and moment share a rank. With `frozenAt`, nothing that came later is seen.
 */
export function makeBoard(input: {
  classId: string;
  learners: { userId: string; nickname: string }[];
  events: BoardEvent[];
  at: number;
  frozenAt?: number;
}): Board {
  const rows = new Map<string, BoardRow & { lastGainAt: number }>();
  for (const { userId, nickname } of input.learners) {
    rows.set(userId, { rank: 0, userId, nickname, points: 0, solved: 0, firstBloods: 0, lastGainAt: 0 });
  }
  const bloodied = new Set<string>();
  const solves: Board["recent"] = [];
  for (const event of input.events) {
    const row = rows.get(event.userId);
    if (!row || (input.frozenAt !== undefined && event.at > input.frozenAt)) continue;
    row.points += event.points;
    if (event.points > 0) row.lastGainAt = event.at;
    if (event.kind !== "solve") continue;
    const firstBlood = !bloodied.has(event.challengeId);
    bloodied.add(event.challengeId);
    row.solved++;
    if (firstBlood) row.firstBloods++;
    row.lastSolveAt = event.at;
    solves.push({ at: event.at, nickname: row.nickname, challenge: event.challengeId, firstBlood });
  }
  const sorted = [...rows.values()].sort(
    (a, b) => b.points - a.points || a.lastGainAt - b.lastGainAt || (a.nickname < b.nickname ? -1 : 1),
  );
  sorted.forEach((row, index) => {
    const above = sorted[index - 1];
    row.rank = above && above.points === row.points && above.lastGainAt === row.lastGainAt ? above.rank : index + 1;
  });
  const board: Board = {
    classId: input.classId,
    rows: sorted.map(({ lastGainAt: _, ...row }) => row),
    at: input.at,
    recent: solves.slice(-RECENT_LIMIT).reverse(),
  };
  if (input.frozenAt !== undefined) board.frozenAt = input.frozenAt;
  return board;
}
