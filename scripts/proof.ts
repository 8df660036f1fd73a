import type { Challenge } from "@/challenges/schema";
import { challengeScripts } from "@/challenges/scripts";
import type { GradeReport } from "@/grading/report";
import { DEFAULT_START_MS } from "@/sim/options";
import { loadChallenge } from "./challenge-folder";
import { playAndGrade } from "./play";

const DAY_MS = 86_400_000;
const OUTPUT_LINES = 15;
/** Solutions of the first so many variants are played again: chance and date come in by the engine and hardly by a variant. */
const REPEATED_SEEDS = 3;

/** One thing that a challenge must prove, and what is wrong with it. */
export interface Proof {
  what: string;
  wrong: string[];
  falseAccept: boolean;
  falseReject: boolean;
}

const refusedBy = (report: GradeReport) => report.checks.filter((check) => !check.passed);
const because = (check: GradeReport["checks"][number]) => check.causes.map((cause) => cause.text).join(" <- ");
const lastLines = (output: string) =>
  output
    .trimEnd()
    .split("\n")
    .slice(-OUTPUT_LINES)
    .map((line) => `| ${line}`);

/**
 * Proves a challenge: the untouched start fails, each solution passes, each mistake fails exactly the checks that it names, for
 * the variants of `seeds` seeds. For some of them, a solution gives the same cluster when it is played again, and the same grade
 * on another day.
 */
export async function* proveChallenge(id: string, seeds = 1): AsyncGenerator<Proof> {
  for (let seed = 1; seed <= seeds; seed++) {
    const { challenge, files } = await loadChallenge(id, String(seed));
    yield* proveVariant(challenge, files, String(seed));
    // Without variables there is only one variant.
    if (Object.keys(challenge.variables).length === 0) return;
  }
}

async function* proveVariant(
  challenge: Challenge,
  files: Readonly<Record<string, string>>,
  seed: string,
): AsyncGenerator<Proof> {
  const drawn = Object.entries(challenge.variables).map(([name, value]) => `${name}=${value}`);
  const where = drawn.length > 0 ? ` (seed ${seed}: ${drawn.join(" ")})` : "";
  const untouched = await playAndGrade(challenge, "", { seed });
  const accepted = untouched.report.passed;
  yield {
    what: `untouched start fails${where}`,
    wrong: accepted ? ["it passes with nothing done"] : [],
    falseAccept: accepted,
    falseReject: false,
  };
  for (const { name, script } of challengeScripts(files, "solutions")) {
    const { report, lab, output } = await playAndGrade(challenge, script, { seed });
    const refused = refusedBy(report);
    const wrong = refused.map((check) => `${check.id}: ${because(check)}`);
    if (wrong.length > 0) wrong.push(...lastLines(output));
    if (Number(seed) <= REPEATED_SEEDS) {
      const again = await playAndGrade(challenge, script, { seed });
      if (again.lab.cluster.hash() !== lab.cluster.hash()) wrong.push("played twice, it gives two different clusters");
      const later = await playAndGrade(challenge, script, { seed, startMs: DEFAULT_START_MS + 211 * DAY_MS });
      if (later.report.points !== report.points) wrong.push("on another day it is graded otherwise");
    }
    yield { what: `solution ${name} passes${where}`, wrong, falseAccept: false, falseReject: refused.length > 0 };
  }
  for (const { name, script, fails } of challengeScripts(files, "mistakes")) {
    const { report, output } = await playAndGrade(challenge, script, { seed });
    const refused = refusedBy(report);
    const wrong = fails
      .filter((check) => !refused.some((one) => one.id === check))
      .map((check) => `${check} accepts it`);
    for (const check of refused)
      if (!fails.includes(check.id)) wrong.push(`${check.id} refuses it, but should not: ${because(check)}`);
    if (wrong.length > 0) wrong.push(...lastLines(output));
    yield {
      what: `mistake ${name} is refused by ${fails.join(", ")}${where}`,
      wrong,
      falseAccept: refused.length === 0,
      falseReject: false,
    };
  }
}
