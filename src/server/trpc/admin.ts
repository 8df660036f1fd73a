import { z } from "zod";
import { setUpAdministrator, setupTokenIsValid } from "../auth/setup";
import { AppError } from "../errors";
import { RateLimit } from "../rate-limit";
import { administrator, open, router } from "./init";
import { credentials, id } from "./inputs";

const setups = new RateLimit(20, 10);
const PAGE = 50;

export const adminRouter = router({
  /** Whether the one-time link `/setup/<token>` still opens. */
  setupState: open.input(z.object({ token: z.string().max(128) })).query(async ({ ctx, input }) => {
    setups.demand(ctx.ip);
    return { valid: await setupTokenIsValid(ctx.services.db, input.token) };
  }),

  setup: open.input(credentials.extend({ token: z.string().max(128) })).mutation(async ({ ctx, input }) => {
    setups.demand(ctx.ip);
    const { token, ...account } = input;
    const entry = await setUpAdministrator(ctx.services.auth, ctx.services.db, token, account);
    ctx.setCookies(entry.cookies);
    return entry.user;
  }),

  users: administrator
    .input(z.object({ search: z.string().max(64).default(""), cursor: z.string().max(64).optional() }))
    .query(async ({ ctx, input }) => {
      const rows = await ctx.services.db.user.findMany({
        where: input.search
          ? {
              OR: [
                { username: { contains: input.search.toLowerCase() } },
                { name: { contains: input.search, mode: "insensitive" } },
              ],
            }
          : {},
        orderBy: [{ createdAt: "desc" }, { id: "asc" }],
        take: PAGE + 1,
        ...(input.cursor ? { cursor: { id: input.cursor } } : {}),
      });
      return {
        users: rows.slice(0, PAGE).map((row) => ({
          id: row.id,
          name: row.name,
          username: row.displayUsername ?? row.username ?? undefined,
          isGuest: row.isAnonymous === true,
          isAdmin: row.role === "admin",
          createdAt: row.createdAt,
        })),
        nextCursor: rows[PAGE]?.id,
      };
    }),

  setAdministrator: administrator
    .input(z.object({ userId: id, administrator: z.boolean() }))
    .mutation(async ({ ctx, input }) => {
      if (input.userId === ctx.user.id) throw new AppError("CONFLICT", "Another administrator has to do this.");
      const changed = await ctx.services.db.user.updateMany({
        where: { id: input.userId, isAnonymous: { not: true } },
        data: { role: input.administrator ? "admin" : "user" },
      });
      if (changed.count === 0) throw new AppError("NOT_FOUND", "There is no such account.");
      return null;
    }),

  /** Numbers for the site's overview. */
  overview: administrator.query(async ({ ctx }) => {
    const { db } = ctx.services;
    const [users, classes, openLabs] = await Promise.all([
      db.user.count(),
      db.class.count(),
      db.lab.count({ where: { status: "open" } }),
    ]);
    return { users, classes, openLabs, labsInMemory: ctx.services.labs.inMemory() };
  }),
});
