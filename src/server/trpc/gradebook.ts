import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { EXPORT_FORMATS, exportGrades } from "@/classroom/exports";
import { demandRole, STAFF } from "../classes/access";
import { gradebookOf } from "../classes/grades";
import { AppError, notFound } from "../errors";
import { router, signedIn } from "./init";
import { challengeId, id, language } from "./inputs";

const TOKENS_LIMIT = 20;
export const tokenHash = (token: string): string => createHash("sha256").update(token).digest("hex");

export const gradebookRouter = router({
  /** Everybody's grades, for the staff. */
  get: signedIn.input(z.object({ classId: id, language })).query(async ({ ctx, input }) => {
    const { db, catalogue } = ctx.services;
    await demandRole(db, ctx.user, input.classId, STAFF);
    return gradebookOf(db, catalogue, input);
  }),

  /** My own grades in a class. */
  mine: signedIn.input(z.object({ classId: id, language })).query(async ({ ctx, input }) => {
    const { db, catalogue } = ctx.services;
    await demandRole(db, ctx.user, input.classId);
    return gradebookOf(db, catalogue, { ...input, userId: ctx.user.id });
  }),

  export: signedIn
    .input(z.object({ classId: id, language, format: z.enum(EXPORT_FORMATS) }))
    .query(async ({ ctx, input }) => {
      const { db, catalogue } = ctx.services;
      await demandRole(db, ctx.user, input.classId, STAFF);
      return { csv: exportGrades(await gradebookOf(db, catalogue, input), input.format) };
    }),

  /** Points by an instructor's word, with a reason that the learner reads; null lets the checks speak again. */
  override: signedIn
    .input(
      z.object({
        classId: id,
        userId: id,
        challengeId,
        points: z.number().int().min(0).max(100_000).nullable(),
        reason: z.string().trim().min(1).max(500),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { db } = ctx.services;
      const { classId, userId } = input;
      await demandRole(db, ctx.user, classId, STAFF);
      const [assignment, member] = await Promise.all([
        db.assignment.findUnique({ where: { classId_challengeId: { classId, challengeId: input.challengeId } } }),
        db.membership.findUnique({ where: { classId_userId: { classId, userId } } }),
      ]);
      if (!assignment) throw notFound("assignment");
      if (member?.role !== "learner") throw notFound("learner");
      await db.gradeOverride.create({ data: { ...input, byUserId: ctx.user.id } });
      return null;
    }),

  tokens: signedIn.input(z.object({ classId: id })).query(async ({ ctx, input }) => {
    const { db } = ctx.services;
    await demandRole(db, ctx.user, input.classId, ["instructor"]);
    const rows = await db.apiToken.findMany({ where: { classId: input.classId }, orderBy: { createdAt: "asc" } });
    return rows.map(({ id, name, createdAt, lastUsedAt }) => ({
      id,
      name,
      createdAt,
      lastUsedAt: lastUsedAt ?? undefined,
    }));
  }),

  /** A token for other programs: `GET /api/classes/<id>/grades`. It is told this once. */
  addToken: signedIn
    .input(z.object({ classId: id, name: z.string().trim().min(1).max(60) }))
    .mutation(async ({ ctx, input }) => {
      const { db } = ctx.services;
      await demandRole(db, ctx.user, input.classId, ["instructor"]);
      if ((await db.apiToken.count({ where: { classId: input.classId } })) >= TOKENS_LIMIT)
        throw new AppError("CONFLICT", `A class has at most ${TOKENS_LIMIT} tokens.`);
      const token = `podium_${randomBytes(24).toString("base64url")}`;
      await db.apiToken.create({ data: { ...input, tokenHash: tokenHash(token) } });
      return { token };
    }),

  removeToken: signedIn.input(z.object({ classId: id, tokenId: id })).mutation(async ({ ctx, input }) => {
    const { db } = ctx.services;
    await demandRole(db, ctx.user, input.classId, ["instructor"]);
    await db.apiToken.deleteMany({ where: { id: input.tokenId, classId: input.classId } });
    return null;
  }),
});
