import { DEFAULT_RULES, type ScoringRules, timeBonusOf, worthOf } from "./rules";

export interface BoardRow {
  rank: number;
  /** Of a team: `team/NAME`. */
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

/** A fact of the ledger as the board reads it; `at` in wall ms. Facts come in the order in which they were written. */
export interface BoardEvent {
  kind: "check" | "solve" | "hint" | "award";
  userId: string;
  challengeId: string;
  /** What can count once, e.g. `check/<challenge>/<id>`. */
  subject: string;
  points: number;
  at: number;
  /** Of a solve: since the attempt began. */
  elapsedMs?: number | null;
}

/** How many of the last solves the board tells. */
export const RECENT_LIMIT = 10;

export interface BoardInput {
  classId: string;
  learners: { userId: string; nickname: string; team?: string | null }[];
  events: BoardEvent[];
  at: number;
  frozenAt?: number;
  rules?: ScoringRules;
  /** What a challenge's time bonus is measured against, in ms; without it a challenge has none. */
  estimateMs?: (challengeId: string) => number;
  /** Up to when a challenge counts; -Infinity for one that does not. */
  countsUntil?: (challengeId: string) => number;
}

type Row = BoardRow & { lastGainAt: number };

/**
 * The board of a class is a pure function of its ledger: more points first, with equal points whoever reached them earlier
 * (or, by the rules, side by side). With `frozenAt`, nothing that came later is seen.
 */
export function makeBoard(input: BoardInput): Board {
  const rules = input.rules ?? DEFAULT_RULES;
  const { rows, rowOf } = rowsOf(input, rules);
  const events = countingEvents(input, rowOf);
  const solvers = new Map<string, number>();
  for (const { kind, challengeId } of events)
    if (kind === "solve") solvers.set(challengeId, (solvers.get(challengeId) ?? 0) + 1);
  const bloodied = new Set<string>();
  const solves: Board["recent"] = [];
  for (const event of events) {
    const row = rowOf(event.userId)!;
    const firstBlood = event.kind === "solve" && !bloodied.has(event.challengeId);
    const points = pointsOf(event, firstBlood, solvers.get(event.challengeId) ?? 0, input, rules);
    row.points += points;
    if (points > 0) row.lastGainAt = event.at;
    if (event.kind !== "solve") continue;
    bloodied.add(event.challengeId);
    row.solved++;
    if (firstBlood) row.firstBloods++;
    row.lastSolveAt = event.at;
    solves.push({ at: event.at, nickname: row.nickname, challenge: event.challengeId, firstBlood });
  }
  const board: Board = {
    classId: input.classId,
    rows: ranked([...rows.values()], rules),
    at: input.at,
    recent: solves.slice(-RECENT_LIMIT).reverse(),
  };
  if (input.frozenAt !== undefined) board.frozenAt = input.frozenAt;
  return board;
}

function rowsOf({ learners }: BoardInput, rules: ScoringRules) {
  const rows = new Map<string, Row>();
  const keys = new Map<string, string>();
  for (const { userId, nickname, team } of learners) {
    const key = rules.teams && team ? `team/${team}` : userId;
    keys.set(userId, key);
    if (rows.has(key)) continue;
    const name = rules.teams && team ? team : nickname;
    rows.set(key, { rank: 0, userId: key, nickname: name, points: 0, solved: 0, firstBloods: 0, lastGainAt: 0 });
  }
  return { rows, rowOf: (userId: string) => rows.get(keys.get(userId) ?? "") };
}

/** What counts at this moment, each subject once a row: of a team, what the first of them did. */
function countingEvents(input: BoardInput, rowOf: (userId: string) => Row | undefined): BoardEvent[] {
  const seen = new Set<string>();
  return input.events.filter((event) => {
    const row = rowOf(event.userId);
    if (!row || (input.frozenAt !== undefined && event.at > input.frozenAt)) return false;
    if (input.countsUntil && event.at > input.countsUntil(event.challengeId)) return false;
    const key = `${row.userId} ${event.subject}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function pointsOf(
  event: BoardEvent,
  firstBlood: boolean,
  solvers: number,
  { estimateMs }: BoardInput,
  rules: ScoringRules,
): number {
  switch (event.kind) {
    case "hint":
      return rules.hintCosts ? event.points : 0;
    case "award":
      return event.points;
    case "check":
      return Math.round(event.points * worthOf(solvers, rules));
    case "solve": {
      const bonus = timeBonusOf(event.elapsedMs, estimateMs?.(event.challengeId) ?? 0, rules);
      return event.points + bonus + (firstBlood ? rules.firstBlood : 0);
    }
  }
}

function ranked(rows: Row[], rules: ScoringRules): BoardRow[] {
  const earlier = rules.ties === "earlier";
  const sorted = rows.sort(
    (a, b) => b.points - a.points || (earlier ? a.lastGainAt - b.lastGainAt : 0) || (a.nickname < b.nickname ? -1 : 1),
  );
  sorted.forEach((row, index) => {
    const above = sorted[index - 1];
    const even = above?.points === row.points && (!earlier || above.lastGainAt === row.lastGainAt);
    row.rank = even ? above!.rank : index + 1;
  });
  return sorted.map(({ lastGainAt: _, ...row }) => row);
}
