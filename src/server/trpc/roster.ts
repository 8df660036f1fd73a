import { z } from "zod";
import { parseRoster, type RosterProblem } from "@/classroom/roster";
import { demandRole, STAFF } from "../classes/access";
import { makeRosterCode } from "../classes/join-code";
import { AppError } from "../errors";
import { MEMBERS_LIMIT } from "./classes";
import { router, signedIn } from "./init";
import { id } from "./inputs";

const CSV_CHARS = 200_000;

export const rosterRouter = router({
  /** Whom the class expects, with the personal link of each. */
  list: signedIn.input(z.object({ classId: id })).query(async ({ ctx, input }) => {
    const { db } = ctx.services;
    await demandRole(db, ctx.user, input.classId, STAFF);
    const rows = await db.rosterEntry.findMany({ where: { classId: input.classId }, orderBy: { nickname: "asc" } });
    return rows.map((row) => ({
      id: row.id,
      code: row.code,
      nickname: row.nickname,
      fullName: row.fullName ?? undefined,
      email: row.email ?? undefined,
      section: row.section ?? undefined,
      team: row.team ?? undefined,
      joinedAt: row.joinedAt ?? undefined,
    }));
  }),

  /** Takes a list in whole, or tells every line that is wrong. Who is on the roster already keeps the link. */
  import: signedIn
    .input(z.object({ classId: id, csv: z.string().max(CSV_CHARS) }))
    .mutation(async ({ ctx, input }): Promise<{ added: number; changed: number; problems: RosterProblem[] }> => {
      const { db } = ctx.services;
      const { classId } = input;
      await demandRole(db, ctx.user, classId, ["instructor"]);
      const parsed = parseRoster(input.csv);
      if (!parsed.ok) return { added: 0, changed: 0, problems: parsed.problems };
      return db.$transaction(async (tx) => {
        const known = await tx.rosterEntry.findMany({ where: { classId } });
        const byName = new Map(known.map((row) => [row.nickname.toLowerCase(), row]));
        let added = 0;
        for (const { nickname, ...rest } of parsed.entries) {
          const row = byName.get(nickname.toLowerCase());
          if (row) await tx.rosterEntry.update({ where: { id: row.id }, data: rest });
          else {
            await tx.rosterEntry.create({ data: { classId, nickname, ...rest, code: makeRosterCode() } });
            added++;
          }
        }
        if (known.length + added > MEMBERS_LIMIT)
          throw new AppError("CONFLICT", `A class takes at most ${MEMBERS_LIMIT} people.`);
        return { added, changed: parsed.entries.length - added, problems: [] };
      });
    }),

  /** Takes somebody off the list; who has joined stays a member. */
  remove: signedIn.input(z.object({ classId: id, entryId: id })).mutation(async ({ ctx, input }) => {
    const { db } = ctx.services;
    await demandRole(db, ctx.user, input.classId, ["instructor"]);
    await db.rosterEntry.deleteMany({ where: { id: input.entryId, classId: input.classId } });
    return null;
  }),
});
