import { z } from "zod";

/** What a class's board counts beyond the points of its checks. Kept with the class; the ledger of facts stays as it is. */
export const scoringRules = z
  .object({
    /** Extra points for the first of the class who solves a challenge. */
    firstBlood: z.number().int().min(0).max(1000).default(0),
    /** Extra points for a solution at once, falling to none at the challenge's estimated time. */
    timeBonus: z.number().int().min(0).max(1000).default(0),
    /** A challenge is worth less the more solve it, down to `floorPercent` at `solvers`; all who solve it get the same. */
    dynamic: z
      .object({ floorPercent: z.number().int().min(0).max(100), solvers: z.number().int().min(2).max(1000) })
      .strict()
      .nullable()
      .default(null),
    /** Whether hints cost what they say. */
    hintCosts: z.boolean().default(true),
    /** Among equal points: whoever had them earlier stands above, or both share the rank. */
    ties: z.enum(["earlier", "shared"]).default("earlier"),
    /** Teams stand on the board in place of learners: what one of them earns counts once for all. */
    teams: z.boolean().default(false),
  })
  .strict();

export type ScoringRules = z.infer<typeof scoringRules>;

export const DEFAULT_RULES: ScoringRules = scoringRules.parse({});

/** How much of its points a challenge is worth once so many have solved it: falls slowly at first, then faster. */
export function worthOf(solvers: number, { dynamic }: Pick<ScoringRules, "dynamic">): number {
  if (!dynamic || solvers <= 1) return 1;
  const share = Math.min(1, (solvers - 1) / (dynamic.solvers - 1));
  return 1 - (1 - dynamic.floorPercent / 100) * share * share;
}

/** Points for solving within the estimate: all of the bonus at once, none at its end or where the time is not known. */
export function timeBonusOf(elapsedMs: number | null | undefined, estimateMs: number, rules: ScoringRules): number {
  if (elapsedMs === null || elapsedMs === undefined || estimateMs <= 0) return 0;
  return Math.round(rules.timeBonus * Math.max(0, 1 - Math.max(0, elapsedMs) / estimateMs));
}
