import { z } from "zod";
import { textIn } from "../challenges/texts";
import { demandRole, STAFF } from "../classes/access";
import { AppError } from "../errors";
import { router, signedIn } from "./init";
import { challengeId, id, language } from "./inputs";

export const ASSIGNMENTS_LIMIT = 200;

export const assignmentsRouter = router({
  /** What a class is to do, in order, and how far it has come. */
  list: signedIn.input(z.object({ classId: id, language })).query(async ({ ctx, input }) => {
    const { db, catalogue } = ctx.services;
    await demandRole(db, ctx.user, input.classId);
    const [rows, solvers] = await Promise.all([
      db.assignment.findMany({ where: { classId: input.classId }, orderBy: { position: "asc" } }),
      db.attempt.findMany({
        where: { classId: input.classId, solvedAt: { not: null } },
        distinct: ["userId", "challengeId"],
        select: { userId: true, challengeId: true },
      }),
    ]);
    return rows.map((row) => {
      const challenge = catalogue.find(row.challengeId);
      const solved = solvers.filter((attempt) => attempt.challengeId === row.challengeId);
      return {
        challengeId: row.challengeId,
        title: challenge ? textIn(challenge.title, input.language) : row.challengeId,
        position: row.position,
        opensAt: row.opensAt ?? undefined,
        dueAt: row.dueAt ?? undefined,
        solvedBy: solved.length,
        solvedByMe: solved.some((attempt) => attempt.userId === ctx.user.id),
      };
    });
  }),

  add: signedIn
    .input(z.object({ classId: id, challengeId, opensAt: z.date().optional(), dueAt: z.date().optional() }))
    .mutation(async ({ ctx, input }) => {
      const { db, catalogue, rooms } = ctx.services;
      await demandRole(db, ctx.user, input.classId, STAFF);
      catalogue.get(input.challengeId);
      const count = await db.assignment.count({ where: { classId: input.classId } });
      if (count >= ASSIGNMENTS_LIMIT) throw new AppError("CONFLICT", "This class has as much to do as it can have.");
      const last = await db.assignment.aggregate({ where: { classId: input.classId }, _max: { position: true } });
      const dates = { opensAt: input.opensAt ?? null, dueAt: input.dueAt ?? null };
      await db.assignment.upsert({
        where: { classId_challengeId: { classId: input.classId, challengeId: input.challengeId } },
        create: {
          classId: input.classId,
          challengeId: input.challengeId,
          position: (last._max.position ?? -1) + 1,
          ...dates,
        },
        update: dates,
      });
      rooms.notify(input.classId, {
        kind: "info",
        text: catalogue.get(input.challengeId).title.en,
        from: ctx.user.name,
      });
      return null;
    }),

  remove: signedIn.input(z.object({ classId: id, challengeId })).mutation(async ({ ctx, input }) => {
    await demandRole(ctx.services.db, ctx.user, input.classId, STAFF);
    await ctx.services.db.assignment.deleteMany({ where: { classId: input.classId, challengeId: input.challengeId } });
    return null;
  }),

  /** The new order; what is not named keeps its place behind. */
  reorder: signedIn
    .input(z.object({ classId: id, challengeIds: z.array(challengeId).max(ASSIGNMENTS_LIMIT) }))
    .mutation(async ({ ctx, input }) => {
      const { db } = ctx.services;
      await demandRole(db, ctx.user, input.classId, STAFF);
      const rows = await db.assignment.findMany({ where: { classId: input.classId }, orderBy: { position: "asc" } });
      const rank = (challenge: string) => {
        const index = input.challengeIds.indexOf(challenge);
        return index < 0 ? ASSIGNMENTS_LIMIT : index;
      };
      const sorted = [...rows].sort((a, b) => rank(a.challengeId) - rank(b.challengeId));
      await db.$transaction(
        sorted.map((row, position) => db.assignment.update({ where: { id: row.id }, data: { position } })),
      );
      return null;
    }),
});
