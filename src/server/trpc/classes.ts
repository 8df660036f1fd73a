import { z } from "zod";
import { scoringRules } from "@/classroom/rules";
import { demandRole, STAFF } from "../classes/access";
import { makeJoinCode, normalJoinCode } from "../classes/join-code";
import type { Database } from "../db/client";
import { AppError, notFound } from "../errors";
import { RateLimit } from "../rate-limit";
import { open, registered, router, signedIn } from "./init";
import { className, id, nickname } from "./inputs";

/** Per address: a class of sixty behind one router, but no walk through all codes. */
const codes = new RateLimit(100, 60);

export const MEMBERS_LIMIT = 500;

const roles = z.enum(["instructor", "assistant", "learner"]);

const timeZone = z
  .string()
  .max(64)
  .refine((zone) => Intl.supportedValuesOf("timeZone").includes(zone) || zone === "UTC", "There is no such time zone.");

const LINK_USED = "This link was used already: it is for one person.";

/** The class that a code leads to: its own, or the one of somebody on the roster, which works while the class is closed, too. */
async function classOfCode(db: Database, typed: string, userId?: string) {
  const code = normalJoinCode(typed);
  const expected = await db.rosterEntry.findUnique({ where: { code }, include: { class: true } });
  if (expected) {
    if (expected.userId && expected.userId !== userId) throw new AppError("CONFLICT", LINK_USED);
    return { row: expected.class, expected };
  }
  const row = await db.class.findUnique({ where: { joinCode: code } });
  const member = row && userId && (await db.membership.count({ where: { classId: row.id, userId } })) > 0;
  if (!row || (!row.joinable && !member))
    throw new AppError("NOT_FOUND", "No class has this code, or it takes nobody in at the moment.");
  return { row, expected: undefined };
}

const nicknameTaken = (error: unknown) =>
  (error as { code?: string }).code === "P2002"
    ? new AppError("CONFLICT", "Somebody in this class has that nickname.")
    : error;

export const classesRouter = router({
  create: registered
    .input(z.object({ name: className, nickname: nickname.optional() }))
    .mutation(async ({ ctx, input }) => {
      const row = await ctx.services.db.class.create({
        data: {
          name: input.name,
          joinCode: makeJoinCode(),
          memberships: {
            create: { userId: ctx.user.id, role: "instructor", nickname: input.nickname ?? ctx.user.name },
          },
        },
      });
      return { id: row.id, name: row.name, joinCode: row.joinCode };
    }),

  /** My classes. The join code is told to those who may hand it out. */
  list: signedIn.query(async ({ ctx }) => {
    const rows = await ctx.services.db.membership.findMany({
      where: { userId: ctx.user.id },
      include: { class: { include: { _count: { select: { memberships: true } } } } },
      orderBy: { joinedAt: "desc" },
    });
    return rows.map((row) => ({
      id: row.classId,
      name: row.class.name,
      role: row.role,
      nickname: row.nickname,
      members: row.class._count.memberships,
      joinCode: STAFF.includes(row.role) ? row.class.joinCode : undefined,
    }));
  }),

  get: signedIn.input(z.object({ classId: id })).query(async ({ ctx, input }) => {
    const { db } = ctx.services;
    const role = await demandRole(db, ctx.user, input.classId);
    const row = await db.class.findUniqueOrThrow({
      where: { id: input.classId },
      include: { _count: { select: { memberships: true } }, memberships: { where: { userId: ctx.user.id } } },
    });
    return {
      id: row.id,
      name: row.name,
      role,
      nickname: row.memberships[0]?.nickname ?? ctx.user.name,
      members: row._count.memberships,
      leaderboard: row.leaderboard,
      joinable: row.joinable,
      frozenAt: row.frozenAt ?? undefined,
      term: row.term ?? undefined,
      timeZone: row.timeZone,
      scoring: scoringRules.parse(row.scoring),
      inputFrozen: row.inputFrozen,
      spotlight: row.spotlight ?? undefined,
      joinCode: STAFF.includes(role) ? row.joinCode : undefined,
    };
  }),

  /** What the join page shows before the visitor decides. */
  preview: open.input(z.object({ joinCode: z.string().max(32) })).query(async ({ ctx, input }) => {
    codes.demand(ctx.ip);
    const { row, expected } = await classOfCode(ctx.services.db, input.joinCode);
    return { id: row.id, name: row.name, nickname: expected?.nickname };
  }),

  join: signedIn.input(z.object({ joinCode: z.string().max(32), nickname })).mutation(async ({ ctx, input }) => {
    codes.demand(ctx.ip);
    const { db, rooms } = ctx.services;
    const userId = ctx.user.id;
    const { row, expected } = await classOfCode(db, input.joinCode, userId);
    if (await db.membership.findUnique({ where: { classId_userId: { classId: row.id, userId } } }))
      return { id: row.id, name: row.name };
    if ((await db.membership.count({ where: { classId: row.id } })) >= MEMBERS_LIMIT)
      throw new AppError("CONFLICT", "This class is full.");
    const { fullName, email, externalId, section, team } = expected ?? {};
    await db
      .$transaction(async (tx) => {
        await tx.membership.create({
          data: {
            classId: row.id,
            userId,
            role: "learner",
            nickname: input.nickname,
            ...{ fullName, email, externalId, section, team },
          },
        });
        if (!expected) return;
        // A personal link takes in one person, however many click at once.
        const taken = await tx.rosterEntry.updateMany({
          where: { id: expected.id, userId: null },
          data: { userId, joinedAt: new Date() },
        });
        if (taken.count !== 1) throw new AppError("CONFLICT", LINK_USED);
      })
      .catch((error) => Promise.reject(nicknameTaken(error)));
    await rooms.membersChanged(row.id);
    return { id: row.id, name: row.name };
  }),

  members: signedIn.input(z.object({ classId: id })).query(async ({ ctx, input }) => {
    const { db } = ctx.services;
    await demandRole(db, ctx.user, input.classId, STAFF);
    const rows = await db.membership.findMany({
      where: { classId: input.classId },
      include: { user: true },
      orderBy: { joinedAt: "asc" },
    });
    return rows.map((row) => ({
      userId: row.userId,
      nickname: row.nickname,
      username: row.user.displayUsername ?? row.user.username ?? undefined,
      isGuest: row.user.isAnonymous === true,
      role: row.role,
      joinedAt: row.joinedAt,
    }));
  }),

  setRole: signedIn.input(z.object({ classId: id, userId: id, role: roles })).mutation(async ({ ctx, input }) => {
    const { db, rooms } = ctx.services;
    await demandRole(db, ctx.user, input.classId, ["instructor"]);
    await db.$transaction(async (tx) => {
      const changed = await tx.membership.updateMany({
        where: { classId: input.classId, userId: input.userId },
        data: { role: input.role },
      });
      if (changed.count === 0) throw notFound("member");
      const instructors = await tx.membership.count({ where: { classId: input.classId, role: "instructor" } });
      if (instructors === 0) throw new AppError("CONFLICT", "A class needs an instructor.");
    });
    await rooms.membersChanged(input.classId, input.userId);
    return null;
  }),

  setNickname: signedIn.input(z.object({ classId: id, nickname })).mutation(async ({ ctx, input }) => {
    const { db, rooms } = ctx.services;
    await demandRole(db, ctx.user, input.classId);
    const changed = await db.membership
      .updateMany({ where: { classId: input.classId, userId: ctx.user.id }, data: { nickname: input.nickname } })
      .catch((error) => Promise.reject(nicknameTaken(error)));
    if (changed.count === 0) throw notFound("member");
    await rooms.membersChanged(input.classId);
    return null;
  }),

  /** Takes somebody out, or oneself. Labs and points of the class stay theirs, but the class sees them no more. */
  remove: signedIn.input(z.object({ classId: id, userId: id })).mutation(async ({ ctx, input }) => {
    const { db, rooms } = ctx.services;
    await demandRole(db, ctx.user, input.classId, input.userId === ctx.user.id ? undefined : ["instructor"]);
    await db.$transaction(async (tx) => {
      await tx.membership.deleteMany({ where: { classId: input.classId, userId: input.userId } });
      const instructors = await tx.membership.count({ where: { classId: input.classId, role: "instructor" } });
      if (instructors === 0) throw new AppError("CONFLICT", "A class needs an instructor.");
    });
    await rooms.membersChanged(input.classId, input.userId);
    return null;
  }),

  settings: signedIn
    .input(
      z.object({
        classId: id,
        name: className.optional(),
        leaderboard: z.boolean().optional(),
        joinable: z.boolean().optional(),
        frozen: z.boolean().optional(),
        term: z.string().trim().max(40).nullable().optional(),
        timeZone: timeZone.optional(),
        scoring: scoringRules.optional(),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { db, rooms } = ctx.services;
      await demandRole(db, ctx.user, input.classId, ["instructor"]);
      const { classId, frozen, ...changes } = input;
      const frozenAt = frozen === undefined ? {} : { frozenAt: frozen ? new Date() : null };
      await db.class.update({ where: { id: classId }, data: { ...changes, ...frozenAt } });
      await rooms.scoresChanged(classId);
      return null;
    }),

  /** Voids the code that went round. */
  newJoinCode: signedIn.input(z.object({ classId: id })).mutation(async ({ ctx, input }) => {
    await demandRole(ctx.services.db, ctx.user, input.classId, ["instructor"]);
    const row = await ctx.services.db.class.update({
      where: { id: input.classId },
      data: { joinCode: makeJoinCode() },
    });
    return { joinCode: row.joinCode };
  }),
});
