import { type Gradebook, makeGradebook } from "@/classroom/gradebook";
import { latePolicy } from "@/classroom/late";
import type { Catalogue } from "../challenges/catalogue";
import { type Language, textIn } from "../challenges/texts";
import type { Database } from "../db/client";

/** The gradebook of a class from its rows; with `userId` that of one learner alone. */
export async function gradebookOf(
  db: Database,
  catalogue: Catalogue,
  { classId, language, userId }: { classId: string; language: Language; userId?: string },
): Promise<Gradebook> {
  const who = userId ? { userId } : {};
  const [assignments, members, attempts, overrides] = await Promise.all([
    db.assignment.findMany({ where: { classId }, orderBy: { position: "asc" } }),
    db.membership.findMany({ where: { classId, role: "learner", ...who }, orderBy: { nickname: "asc" } }),
    db.attempt.findMany({ where: { classId, ...who }, include: { checks: true, hints: true } }),
    db.gradeOverride.findMany({ where: { classId, ...who }, orderBy: { id: "asc" } }),
  ]);
  const names = new Map(
    (await db.user.findMany({ where: { id: { in: overrides.map((one) => one.byUserId) } } })).map((user) => [
      user.id,
      user.name,
    ]),
  );
  return makeGradebook({
    assignments: assignments.map((row) => {
      const challenge = catalogue.find(row.challengeId);
      return {
        challengeId: row.challengeId,
        title: challenge ? textIn(challenge.title, language) : row.challengeId,
        maxPoints: challenge?.checks.reduce((sum, check) => sum + check.points, 0) ?? 0,
        graded: row.mode !== "ungraded",
        dueMs: row.dueAt?.getTime(),
        closesMs: row.closesAt?.getTime(),
        late: latePolicy.parse(row.late),
      };
    }),
    learners: members,
    checks: attempts.flatMap(({ userId, challengeId, checks }) =>
      checks.map(({ checkId, maxPoints, firstPassedAt }) => ({
        userId,
        challengeId,
        checkId,
        maxPoints,
        ...(firstPassedAt && { passedAt: firstPassedAt.getTime() }),
      })),
    ),
    // A hint that was taken in two attempts is paid once, as on the board.
    hints: [
      ...new Map(
        attempts
          .flatMap(({ userId, challengeId, hints }) =>
            hints.map(({ index, cost, takenAt }) => ({ userId, challengeId, index, cost, at: takenAt.getTime() })),
          )
          .map((hint) => [`${hint.userId} ${hint.challengeId} ${hint.index}`, hint]),
      ).values(),
    ],
    overrides: overrides.map((row) => ({
      userId: row.userId,
      challengeId: row.challengeId,
      points: row.points,
      reason: row.reason,
      by: names.get(row.byUserId) ?? "",
      at: row.at.getTime(),
    })),
  });
}
