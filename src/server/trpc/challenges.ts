import { z } from "zod";
import { hintIn, summaryOf, textIn, viewOf } from "../challenges/texts";
import { demandLab, demandRole } from "../classes/access";
import { open, router, signedIn } from "./init";
import { challengeId, id, language } from "./inputs";

export const challengesRouter = router({
  /** The catalogue; with `classId`, what the class was given to do, in its order. My own progress goes with it. */
  list: open.input(z.object({ language, classId: id.optional() })).query(async ({ ctx, input }) => {
    const { db, catalogue } = ctx.services;
    let challenges = catalogue.list();
    if (input.classId) {
      if (!ctx.user) return [];
      await demandRole(db, ctx.user, input.classId);
      const rows = await db.assignment.findMany({ where: { classId: input.classId }, orderBy: { position: "asc" } });
      challenges = rows.flatMap((row) => catalogue.find(row.challengeId) ?? []);
    }
    const progress = ctx.user
      ? await db.attempt.findMany({ where: { userId: ctx.user.id }, include: { checks: true } })
      : [];
    return challenges.map((challenge) => {
      const mine = progress.filter((attempt) => attempt.challengeId === challenge.id);
      const pointsOf = (attempt: (typeof mine)[number]) =>
        attempt.checks.reduce((sum, check) => sum + (check.firstPassedAt ? check.maxPoints : 0), 0);
      return {
        ...summaryOf(challenge, input.language),
        state: mine.some((attempt) => attempt.solvedAt)
          ? ("solved" as const)
          : mine.length > 0
            ? ("started" as const)
            : ("new" as const),
        myPoints: Math.max(0, ...mine.map(pointsOf)),
      };
    });
  }),

  /** A challenge as the catalogue shows it or, with `labId`, as that lab has it. */
  get: open.input(z.object({ id: challengeId, language, labId: id.optional() })).query(async ({ ctx, input }) => {
    const { db, catalogue } = ctx.services;
    let challenge = catalogue.get(input.id);
    if (input.labId && ctx.user) {
      const { lab } = await demandLab(db, ctx.user, input.labId);
      if (lab.challengeId === input.id) challenge = catalogue.variant(lab) ?? challenge;
    }
    const solved = ctx.user
      ? (await ctx.services.db.attempt.count({
          where: { userId: ctx.user.id, challengeId: input.id, solvedAt: { not: null } },
        })) > 0
      : false;
    return viewOf(challenge, input.language, solved);
  }),

  /** The parts of the course, in order. */
  tracks: open.input(z.object({ language })).query(({ ctx, input }) =>
    ctx.services.catalogue.tracks.map(({ id, title, summary }) => ({
      id,
      title: textIn(title, input.language),
      summary: textIn(summary, input.language),
    })),
  ),

  /** The texts of the hints that were taken in a lab of mine, in order. */
  hints: signedIn.input(z.object({ labId: id, language })).query(async ({ ctx, input }) => {
    const lab = await ctx.services.db.lab.findFirst({ where: { id: input.labId, ownerId: ctx.user.id } });
    const challenge = lab && ctx.services.catalogue.variant(lab);
    if (!challenge) return [];
    return Array.from({ length: lab.hintsTaken }, (_, index) => hintIn(challenge, input.language, index));
  }),
});
