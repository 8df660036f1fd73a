/**
 * npm run -s challenge -- list [--json] | lint [slug] | test [slug]
 * `test` proves a challenge: the untouched start fails, each solution passes, each mistake fails just the checks that it
 * names, and playing a solution twice (the second time on another day) gives the same grades and, on the same day, the same cluster.
 */
import { parseChallenge } from "@/challenges/parse";
import type { Challenge } from "@/challenges/schema";
import { challengeScripts } from "@/challenges/scripts";
import { lintChallenge } from "@/grading/lint";
import { DEFAULT_START_MS } from "@/sim/options";
import { challengeIds, describeProblem, loadChallenge, readFolder } from "./challenge-folder";
import { playAndGrade } from "./play";

const DAY_MS = 86_400_000;

async function list(json: boolean): Promise<number> {
  const challenges: Challenge[] = [];
  for (const id of await challengeIds()) challenges.push((await loadChallenge(id)).challenge);
  if (json) {
    console.log(
      JSON.stringify(
        challenges.map(({ id, version, title, tracks, difficulty, minutes, checks }) => ({
          id,
          version,
          title,
          tracks,
          difficulty,
          minutes,
          points: checks.reduce((sum, check) => sum + check.points, 0),
        })),
        null,
        2,
      ),
    );
  } else {
    for (const { id, title, difficulty, minutes } of challenges)
      console.log(`${id.padEnd(36)} ${difficulty.padEnd(8)} ${String(minutes).padStart(3)} min  ${title.en}`);
  }
  return 0;
}

async function lint(ids: string[]): Promise<number> {
  let problems = 0;
  for (const id of ids) {
    const files = await readFolder(id);
    const parsed = parseChallenge(id, files);
    const found = parsed.ok ? lintChallenge(parsed.challenge, files) : parsed.problems;
    for (const problem of found) console.error(describeProblem(id, problem));
    problems += found.length;
  }
  console.log(`${ids.length} challenges, ${problems} problems`);
  return problems > 0 ? 1 : 0;
}

async function test(ids: string[]): Promise<number> {
  let [passed, failed, falseAccepts, falseRejects] = [0, 0, 0, 0];
  const verdict = (id: string, what: string, wrong: string[]) => {
    if (wrong.length === 0) passed++;
    else failed++;
    console.log(
      `${wrong.length === 0 ? "ok  " : "FAIL"} ${id} ${what}${wrong.map((line) => `\n       ${line}`).join("")}`,
    );
  };
  for (const id of ids) {
    const { challenge, files } = await loadChallenge(id);
    const untouched = await playAndGrade(challenge, "");
    if (untouched.report.passed) falseAccepts++;
    verdict(id, "untouched start fails", untouched.report.passed ? ["it passes with nothing done"] : []);
    for (const { name, script } of challengeScripts(files, "solutions")) {
      const { report, lab, output } = await playAndGrade(challenge, script);
      const refused = report.checks.filter((check) => !check.passed);
      if (refused.length > 0) falseRejects++;
      const wrong = refused.map((check) => `${check.id}: ${check.causes.map((cause) => cause.text).join(" <- ")}`);
      if (wrong.length > 0)
        wrong.push(
          ...output
            .trimEnd()
            .split("\n")
            .slice(-15)
            .map((line) => `| ${line}`),
        );
      const again = await playAndGrade(challenge, script);
      if (again.lab.cluster.hash() !== lab.cluster.hash()) wrong.push("playing it twice gives two different clusters");
      const later = await playAndGrade(challenge, script, { startMs: DEFAULT_START_MS + 211 * DAY_MS });
      if (later.report.points !== report.points) wrong.push("on another day it is graded otherwise");
      verdict(id, `solution ${name} passes`, wrong);
    }
    for (const { name, script, fails } of challengeScripts(files, "mistakes")) {
      const { report, output } = await playAndGrade(challenge, script);
      const refused = report.checks.filter((check) => !check.passed).map((check) => check.id);
      if (refused.length === 0) falseAccepts++;
      const wrong: string[] = [];
      for (const check of fails) if (!refused.includes(check)) wrong.push(`${check} accepts it`);
      for (const check of refused)
        if (!fails.includes(check))
          wrong.push(
            `${check} refuses it, but should not: ${report.checks
              .find((one) => one.id === check)!
              .causes.map((cause) => cause.text)
              .join(" <- ")}`,
          );
      if (wrong.length > 0)
        wrong.push(
          ...output
            .trimEnd()
            .split("\n")
            .slice(-15)
            .map((line) => `| ${line}`),
        );
      verdict(id, `mistake ${name} is refused by ${fails.join(", ")}`, wrong);
    }
  }
  console.log(`false accepts: ${falseAccepts}, false rejects: ${falseRejects}`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

const [verb, ...rest] = process.argv.slice(2);
const slugs = rest.filter((arg) => !arg.startsWith("--"));
const ids = slugs.length > 0 ? slugs : await challengeIds();
switch (verb) {
  case "list":
    process.exitCode = await list(rest.includes("--json"));
    break;
  case "lint":
    process.exitCode = await lint(ids);
    break;
  case "test":
    process.exitCode = await test(ids);
    break;
  default:
    console.error("usage: npm run -s challenge -- list [--json] | lint [track/slug] | test [track/slug]");
    process.exitCode = 2;
}
