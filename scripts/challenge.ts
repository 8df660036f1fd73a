/**
 * npm run -s challenge -- list [--json] | lint [slug] | test [slug]
 * `test` proves a challenge: the untouched start fails, each solution passes, each mistake fails just the checks that it
 * names, and playing a solution twice (the second time on another day) gives the same grades and, on the same day, the same cluster.
 */
import { parseChallenge } from "@/challenges/parse";
import type { Challenge } from "@/challenges/schema";
import { lintChallenge } from "@/grading/lint";
import { challengeIds, describeProblem, loadChallenge, readFolder } from "./challenge-folder";
import { type Proof, proveChallenge } from "./proof";

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
  const proofs: Proof[] = [];
  for (const id of ids) {
    for await (const proof of proveChallenge(id)) {
      proofs.push(proof);
      console.log(
        `${proof.wrong.length === 0 ? "ok  " : "FAIL"} ${id} ${proof.what}${proof.wrong.map((line) => `\n       ${line}`).join("")}`,
      );
    }
  }
  const count = (test: (proof: Proof) => boolean) => proofs.filter(test).length;
  console.log(
    `false accepts: ${count((proof) => proof.falseAccept)}, false rejects: ${count((proof) => proof.falseReject)}`,
  );
  const failed = count((proof) => proof.wrong.length > 0);
  console.log(`${proofs.length - failed} passed, ${failed} failed`);
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
