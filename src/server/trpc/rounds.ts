import { z } from "zod";
import { STROKE_NAMES } from "@/grading/chaos/strokes";
import { demandRole, STAFF } from "../classes/access";
import { forbidden } from "../errors";
import { router, signedIn } from "./init";
import { challengeId, id } from "./inputs";

const minutes = z.number().int().min(1).max(180);
const round = z.object({ roundId: id });

/** Races and chaos: what the whole room plays at the same time. */
export const roundsRouter = router({
  /** What runs now, and what was over last. Learners do not see which fault struck before it is over. */
  current: signedIn.input(z.object({ classId: id })).query(async ({ ctx, input }) => {
    const role = await demandRole(ctx.services.db, ctx.user, input.classId);
    return ctx.services.rounds.current(input.classId, STAFF.includes(role));
  }),

  openRace: signedIn.input(z.object({ classId: id, challengeId, minutes })).mutation(async ({ ctx, input }) => {
    const { classId, ...race } = input;
    await demandRole(ctx.services.db, ctx.user, classId, STAFF);
    return { roundId: (await ctx.services.rounds.openRace(classId, ctx.user.id, race)).id };
  }),

  /** A learner opts in; with the lab, where the race is on already. */
  joinRace: signedIn.input(round).mutation(async ({ ctx, input }) => {
    const { rounds, db } = ctx.services;
    const role = await demandRole(db, ctx.user, await rounds.classOf(input.roundId));
    if (role !== "learner") throw forbidden("Learners race; the staff looks on.");
    return rounds.join(input.roundId, ctx.user.id);
  }),

  /** Counts down, and lets all who have joined begin together. */
  startRace: signedIn
    .input(round.extend({ countdownSeconds: z.number().int().min(0).max(60).default(5) }))
    .mutation(async ({ ctx, input }) => {
      const { rounds, db } = ctx.services;
      await demandRole(db, ctx.user, await rounds.classOf(input.roundId), STAFF);
      await rounds.go(input.roundId, input.countdownSeconds * 1000);
      return null;
    }),

  /** A fault in every cluster of the class, now or in some minutes; `any` draws one for each. */
  chaos: signedIn
    .input(
      z.object({
        classId: id,
        fault: z.enum(["any", ...STROKE_NAMES]),
        minutes,
        inMinutes: z.number().min(0).max(240).default(0),
      }),
    )
    .mutation(async ({ ctx, input: { classId, inMinutes, ...chaos } }) => {
      const { rounds, db } = ctx.services;
      await demandRole(db, ctx.user, classId, STAFF);
      const round = await rounds.planChaos(classId, ctx.user.id, { ...chaos, inMs: inMinutes * 60_000 });
      return { roundId: round.id };
    }),

  /** Ends a race or chaos before its time, or calls off what has not begun. */
  end: signedIn.input(round).mutation(async ({ ctx, input }) => {
    const { rounds, db } = ctx.services;
    await demandRole(db, ctx.user, await rounds.classOf(input.roundId), STAFF);
    await rounds.end(input.roundId, "instructor");
    return null;
  }),
});
