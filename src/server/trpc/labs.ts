import { z } from "zod";
import { textIn } from "../challenges/texts";
import { demandLab } from "../classes/access";
import { forbidden } from "../errors";
import { router, signedIn } from "./init";
import { challengeId, id, language, origin } from "./inputs";

export const labsRouter = router({
  /** My lab for this challenge (and class), begun now where there is none. Without a challenge: a sandbox. */
  start: signedIn
    .input(z.object({ challengeId: challengeId.optional(), classId: id.optional() }).default({}))
    .mutation(({ ctx, input }) => ctx.services.labs.start(ctx.user, input)),

  /** My open labs, the last used first. */
  list: signedIn.input(z.object({ language }).default({ language: "en" })).query(async ({ ctx, input }) => {
    const { db, catalogue } = ctx.services;
    const rows = await db.lab.findMany({
      where: { ownerId: ctx.user.id, status: "open" },
      include: { attempt: { include: { checks: true } }, class: true },
      orderBy: { activeAt: "desc" },
      take: 100,
    });
    return rows.map((row) => {
      const challenge = catalogue.find(row.challengeId);
      return {
        labId: row.id,
        challengeId: row.challengeId ?? undefined,
        title: challenge ? textIn(challenge.title, input.language) : undefined,
        classId: row.classId ?? undefined,
        className: row.class?.name,
        checksPassed: row.attempt?.checks.filter((check) => check.passed).length ?? 0,
        checks: challenge?.checks.length ?? 0,
        solvedAt: row.attempt?.solvedAt ?? undefined,
        createdAt: row.createdAt,
        activeAt: row.activeAt,
      };
    });
  }),

  /** What the lab page needs to know before it opens its socket. */
  get: signedIn.input(z.object({ labId: id })).query(async ({ ctx, input }) => {
    const { db } = ctx.services;
    const { lab, access } = await demandLab(db, ctx.user, input.labId);
    const member = lab.classId
      ? await db.membership.findUnique({ where: { classId_userId: { classId: lab.classId, userId: lab.ownerId } } })
      : null;
    const owner = await db.user.findUniqueOrThrow({ where: { id: lab.ownerId } });
    return {
      labId: lab.id,
      challengeId: lab.challengeId ?? undefined,
      classId: lab.classId ?? undefined,
      access,
      owner: { userId: lab.ownerId, nickname: member?.nickname ?? owner.name },
      solvedAt: lab.attempt?.solvedAt ?? undefined,
      createdAt: lab.createdAt,
    };
  }),

  /** How a learner's own kubectl reaches the lab: `origin` is where the page was opened. */
  kubeconfig: signedIn.input(z.object({ labId: id, origin })).query(async ({ ctx, input }) => {
    const { lab, access } = await demandLab(ctx.services.db, ctx.user, input.labId);
    if (access !== "owner") throw forbidden("Only the learner reaches a lab from outside.");
    return ctx.services.kube.access(lab, input.origin);
  }),

  /** Gives a lab up; what it earned stays. */
  close: signedIn.input(z.object({ labId: id })).mutation(async ({ ctx, input }) => {
    const { access } = await demandLab(ctx.services.db, ctx.user, input.labId);
    if (access !== "owner") throw forbidden("Only the learner may close a lab.");
    await ctx.services.labs.close(input.labId);
    return null;
  }),
});
