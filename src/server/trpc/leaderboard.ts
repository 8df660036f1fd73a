import { z } from "zod";
import { demandRole, STAFF } from "../classes/access";
import { forbidden } from "../errors";
import { router, signedIn } from "./init";
import { id } from "./inputs";

export const leaderboardRouter = router({
  /** The class's board; learners see it where the class has one. */
  board: signedIn.input(z.object({ classId: id })).query(async ({ ctx, input }) => {
    const role = await demandRole(ctx.services.db, ctx.user, input.classId);
    if (!STAFF.includes(role) && !(await ctx.services.rooms.hasBoard(input.classId))) {
      throw forbidden("This class does without a leaderboard.");
    }
    return ctx.services.rooms.board(input.classId);
  }),

  /** A tile per learner, for the instructor's room; those who need help come first. */
  tiles: signedIn.input(z.object({ classId: id })).query(async ({ ctx, input }) => {
    await demandRole(ctx.services.db, ctx.user, input.classId, STAFF);
    return ctx.services.rooms.tiles(input.classId);
  }),
});
