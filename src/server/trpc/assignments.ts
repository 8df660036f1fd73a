import { z } from "zod";
import { latePolicy } from "@/classroom/late";
import { textIn } from "../challenges/texts";
import { demandRole, STAFF } from "../classes/access";
import { AppError, notFound } from "../errors";
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
        closesAt: row.closesAt ?? undefined,
        late: latePolicy.parse(row.late),
        mode: row.mode,
        hints: row.hints && row.mode !== "exam",
        attempts: row.attempts ?? undefined,
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

  /** When it opens and ends, and what is allowed; what is not named stays as it is. Times are moments, not texts of a zone. */
  configure: signedIn
    .input(
      z
        .object({
          classId: id,
          challengeId,
          opensAt: z.date().nullable(),
          dueAt: z.date().nullable(),
          closesAt: z.date().nullable(),
          late: latePolicy,
          mode: z.enum(["graded", "ungraded", "exam"]),
          hints: z.boolean(),
          attempts: z.number().int().min(1).max(1000).nullable(),
        })
        .superRefine(({ opensAt, dueAt, closesAt }, context) => {
          const after = (later: Date | null, earlier: Date | null) => !later || !earlier || later > earlier;
          const say = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
          if (!after(dueAt, opensAt)) say("dueAt", "It is due before it opens.");
          if (!after(closesAt, opensAt)) say("closesAt", "It closes before it opens.");
          if (dueAt && closesAt && closesAt < dueAt) say("closesAt", "It closes before it is due.");
        }),
    )
    .mutation(async ({ ctx, input: { classId, challengeId, ...changes } }) => {
      const { db, rooms } = ctx.services;
      await demandRole(db, ctx.user, classId, STAFF);
      const changed = await db.assignment.updateMany({ where: { classId, challengeId }, data: changes });
      if (changed.count === 0) throw notFound("assignment");
      await rooms.scoresChanged(classId);
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
