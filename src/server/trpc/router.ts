import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { adminRouter } from "./admin";
import { assignmentsRouter } from "./assignments";
import { authRouter } from "./auth";
import { challengesRouter } from "./challenges";
import { classesRouter } from "./classes";
import { gradebookRouter } from "./gradebook";
import { createCaller, router } from "./init";
import { labsRouter } from "./labs";
import { leaderboardRouter } from "./leaderboard";
import { rosterRouter } from "./roster";
import { roundsRouter } from "./rounds";

/** Served at `/api/trpc`, with superjson. */
export const appRouter = router({
  auth: authRouter,
  admin: adminRouter,
  classes: classesRouter,
  challenges: challengesRouter,
  labs: labsRouter,
  assignments: assignmentsRouter,
  leaderboard: leaderboardRouter,
  roster: rosterRouter,
  gradebook: gradebookRouter,
  rounds: roundsRouter,
});

export const callerFor = createCaller(appRouter);

export type AppRouter = typeof appRouter;
export type RouterInputs = inferRouterInputs<AppRouter>;
export type RouterOutputs = inferRouterOutputs<AppRouter>;
