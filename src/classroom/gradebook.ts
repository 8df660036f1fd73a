import { type Deadline, shareAt } from "./late";

/** One check of one attempt as the gradebook reads it. */
export interface CheckFact {
  userId: string;
  challengeId: string;
  checkId: string;
  maxPoints: number;
  /** Wall ms; absent while it was never passed. */
  passedAt?: number;
}

export interface HintFact {
  userId: string;
  challengeId: string;
  cost: number;
  /** Wall ms. */
  at: number;
}

/** An instructor's word; the last of a learner and challenge counts. `points: null` takes the ones before back. */
export interface OverrideFact {
  userId: string;
  challengeId: string;
  points: number | null;
  reason: string;
  by: string;
  at: number;
}

export interface GradebookAssignment extends Deadline {
  challengeId: string;
  title: string;
  maxPoints: number;
  /** Ungraded work is shown, but in no sum. */
  graded: boolean;
}

export interface GradebookLearner {
  userId: string;
  nickname: string;
  fullName?: string | null;
  email?: string | null;
  externalId?: string | null;
  section?: string | null;
}

export interface GradeCell {
  /** What counts: the override where there is one. */
  points: number;
  maxPoints: number;
  /** What the checks alone earned, after hints and lateness. */
  earned: number;
  checksPassed: number;
  state: "none" | "partial" | "full";
  late: boolean;
  hints: number;
  override?: { points: number; reason: string; by: string; at: number };
}

export interface Gradebook {
  assignments: { challengeId: string; title: string; maxPoints: number; graded: boolean }[];
  rows: { learner: GradebookLearner; cells: GradeCell[]; points: number; maxPoints: number; percent: number }[];
}

export interface GradebookInput {
  assignments: GradebookAssignment[];
  learners: GradebookLearner[];
  checks: CheckFact[];
  hints: HintFact[];
  overrides: OverrideFact[];
}

const keyOf = (userId: string, challengeId: string) => `${userId}\n${challengeId}`;

/**
 * Partial credit for each check at the moment when it was first passed, in any attempt; less what hints cost and what
 * lateness takes; never below nothing. An override stands above all that.
 */
export function makeGradebook(input: GradebookInput): Gradebook {
  const checks = grouped(input.checks);
  const hints = grouped(input.hints);
  const overrides = grouped(input.overrides);
  const graded = input.assignments.filter((assignment) => assignment.graded);
  const maxPoints = graded.reduce((sum, assignment) => sum + assignment.maxPoints, 0);
  return {
    assignments: input.assignments.map(({ challengeId, title, maxPoints, graded }) => ({
      challengeId,
      title,
      maxPoints,
      graded,
    })),
    rows: input.learners.map((learner) => {
      const cells = input.assignments.map((assignment) => {
        const key = keyOf(learner.userId, assignment.challengeId);
        return cellOf(assignment, checks.get(key) ?? [], hints.get(key) ?? [], overrides.get(key) ?? []);
      });
      const points = cells.reduce((sum, cell, index) => sum + (input.assignments[index]!.graded ? cell.points : 0), 0);
      return { learner, cells, points, maxPoints, percent: maxPoints === 0 ? 0 : (100 * points) / maxPoints };
    }),
  };
}

function cellOf(
  assignment: GradebookAssignment,
  checks: CheckFact[],
  hints: HintFact[],
  overrides: OverrideFact[],
): GradeCell {
  // The same check may have been passed in several attempts: the first time counts.
  const first = new Map<string, { at: number; points: number }>();
  for (const { checkId, maxPoints, passedAt } of checks) {
    if (passedAt === undefined) continue;
    const known = first.get(checkId);
    if (!known || passedAt < known.at) first.set(checkId, { at: passedAt, points: maxPoints });
  }
  const passed = [...first.values()];
  const cost = hints.reduce((sum, hint) => sum + hint.cost, 0);
  const whole = passed.reduce((sum, check) => sum + check.points * shareAt(check.at, assignment), 0);
  const earned = Math.max(0, round(whole - cost));
  const full = passed.reduce((sum, check) => sum + check.points, 0) >= assignment.maxPoints;
  const last = [...overrides].sort((a, b) => a.at - b.at).at(-1);
  const override =
    last?.points !== undefined && last.points !== null
      ? { points: last.points, reason: last.reason, by: last.by, at: last.at }
      : undefined;
  return {
    points: override?.points ?? earned,
    maxPoints: assignment.maxPoints,
    earned,
    checksPassed: passed.length,
    state: passed.length === 0 ? "none" : full ? "full" : "partial",
    late: passed.some((check) => shareAt(check.at, assignment) < 1),
    hints: hints.length,
    ...(override && { override }),
  };
}

/** Grades have two places at the most. */
const round = (points: number) => Math.round(points * 100) / 100;

function grouped<T extends { userId: string; challengeId: string }>(facts: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const fact of facts) {
    const key = keyOf(fact.userId, fact.challengeId);
    const group = groups.get(key);
    if (group) group.push(fact);
    else groups.set(key, [fact]);
  }
  return groups;
}
