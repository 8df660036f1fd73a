import { scoreReport } from "@/classroom/scoring";
import type { GradeReport } from "@/grading/report";
import type { Database, Prisma } from "../db/client";

export interface RecordedReport {
  /** Checks that passed for the first time in this attempt. */
  newlyPassed: string[];
  /** Solved by this very report. */
  solved: boolean;
  classId?: string;
  userId: string;
  /** The race that the lab was made for. */
  roundId?: string;
  /** Whether the ledger grew. */
  scored: boolean;
}

/** Writes what a report says of an attempt, and what it earns. Undefined for a lab without an attempt: a sandbox. */
export async function recordReport(
  db: Database,
  labId: string,
  report: GradeReport,
): Promise<RecordedReport | undefined> {
  const attempt = await db.attempt.findUnique({
    where: { labId },
    include: { checks: true, lab: { select: { roundId: true } } },
  });
  if (!attempt || report.challenge !== attempt.challengeId) return undefined;
  const known = new Map(attempt.checks.map((row) => [row.checkId, row]));
  const newlyPassed = report.checks
    .filter((check) => check.passed && !known.get(check.id)?.firstPassedAt)
    .map((check) => check.id);
  const solved = report.passed && attempt.solvedAt === null;
  const changed = report.checks.filter((check) => {
    const row = known.get(check.id);
    return (
      !row ||
      row.passed !== check.passed ||
      row.points !== check.points ||
      JSON.stringify(row.causes) !== JSON.stringify(check.causes)
    );
  });
  const { classId, userId } = attempt;
  const { roundId } = attempt.lab;
  const base = { newlyPassed, solved, userId, ...(classId && { classId }), ...(roundId && { roundId }) };
  if (changed.length === 0 && !solved) return { ...base, scored: false };
  const now = new Date();
  const scope = attempt.classId ?? "-";
  const entries = newlyPassed.length > 0 || solved ? scoreReport(report, new Set()) : [];
  const scored = await db.$transaction(async (tx) => {
    for (const check of changed) {
      const first = known.get(check.id)?.firstPassedAt ?? (check.passed ? now : null);
      const values = {
        passed: check.passed,
        points: check.points,
        maxPoints: check.maxPoints,
        causes: check.causes as unknown as Prisma.InputJsonValue,
        firstPassedAt: first,
      };
      await tx.checkResult.upsert({
        where: { attemptId_checkId: { attemptId: attempt.id, checkId: check.id } },
        create: { attemptId: attempt.id, checkId: check.id, ...values },
        update: values,
      });
    }
    if (newlyPassed.length > 0 || solved) {
      await tx.attempt.update({
        where: { id: attempt.id },
        data: { lastProgressAt: now, ...(solved ? { solvedAt: now } : {}) },
      });
    }
    if (entries.length === 0) return 0;
    // What was earned in an earlier try of the same challenge does not count twice: the key says so.
    const written = await tx.scoreEvent.createMany({
      data: entries.map((entry) => ({
        ...entry,
        scope,
        userId: attempt.userId,
        classId: attempt.classId,
        ...(entry.kind === "solve" && { elapsedMs: elapsed(attempt.startedAt, now) }),
      })),
      skipDuplicates: true,
    });
    return written.count;
  });
  return { ...base, scored: scored > 0 };
}

/** What the column takes: some 24 days, far beyond any time bonus. */
const ELAPSED_LIMIT_MS = 2 ** 31 - 1;
const elapsed = (from: Date, to: Date) => Math.min(ELAPSED_LIMIT_MS, Math.max(0, to.getTime() - from.getTime()));
