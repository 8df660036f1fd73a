import { z } from "zod";
import { type Entry, enterAsGuest, signIn, signOut, signUp, upgradeGuest } from "../auth/accounts";
import { AppError } from "../errors";
import { RateLimit } from "../rate-limit";
import { type Context, open, router, signedIn } from "./init";
import { credentials, displayName } from "./inputs";

// A whole class comes in from one address at the same minute; guessing passwords for one name does not need to be quick.
const entries = new RateLimit(150, 150);
const guesses = new RateLimit(10, 5);

function enter(ctx: Context, entry: Entry) {
  ctx.setCookies(entry.cookies);
  return entry.user;
}

export const authRouter = router({
  /** Who is signed in; null for a visitor. */
  me: open.query(({ ctx }) => ctx.user),

  guest: open.input(z.object({ name: displayName.optional() }).default({})).mutation(async ({ ctx, input }) => {
    if (ctx.user) return ctx.user;
    entries.demand(ctx.ip);
    return enter(ctx, await enterAsGuest(ctx.services.auth, ctx.services.db, input.name));
  }),

  /** A new account; a guest becomes one and keeps everything. */
  signUp: open.input(credentials).mutation(async ({ ctx, input }) => {
    entries.demand(ctx.ip);
    if (ctx.user && !ctx.user.isGuest) throw new AppError("CONFLICT", "You are signed in already.");
    if (ctx.user) return upgradeGuest(ctx.services.auth, ctx.services.db, ctx.user, input);
    return enter(ctx, await signUp(ctx.services.auth, ctx.services.db, input));
  }),

  signIn: open
    .input(z.object({ username: z.string().trim().max(64), password: z.string().max(256) }))
    .mutation(async ({ ctx, input }) => {
      entries.demand(ctx.ip);
      guesses.demand(input.username.toLowerCase());
      return enter(ctx, await signIn(ctx.services.auth, ctx.services.db, input, ctx.user ?? undefined));
    }),

  signOut: signedIn.mutation(async ({ ctx }) => {
    ctx.setCookies(await signOut(ctx.services.auth, ctx.headers));
    return null;
  }),

  rename: signedIn.input(z.object({ name: displayName })).mutation(async ({ ctx, input }) => {
    await ctx.services.db.user.update({ where: { id: ctx.user.id }, data: { name: input.name } });
    return { ...ctx.user, name: input.name };
  }),
});
