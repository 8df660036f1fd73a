/**
 * npm run -s challenge -- list [--json] | lint [track/slug] | test [--seeds N] [--jobs N] [track/slug] | new track/slug
 * `test` proves challenges: the untouched start fails, each solution passes, each mistake fails just the checks that it names,
 * and playing a solution twice (the second time on another day) gives the same grades and, on the same day, the same cluster.
 * What differs from learner to learner is proven for the variants of N seeds, ten unless told otherwise.
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { parseChallenge } from "@/challenges/parse";
import type { Challenge } from "@/challenges/schema";
import { lintChallenge } from "@/grading/lint";
import { type ProofLine, testInChildren } from "./challenge/children";
import { newChallenge } from "./challenge/new";
import { challengeIds, describeProblem, loadChallenge, readFolder, readTracks } from "./challenge-folder";
import { proveChallenge } from "./proof";

const USAGE =
  "usage: npm run -s challenge -- list [--json] | lint [track/slug] | test [--seeds N] [--jobs N] [track/slug] | new track/slug";

async function list(json: boolean): Promise<number> {
  const challenges: Challenge[] = [];
  for (const id of await challengeIds()) challenges.push((await loadChallenge(id)).challenge);
  if (json) {
    console.log(
      JSON.stringify(
        challenges.map(
          ({ id, version, kind, title, tracks, difficulty, minutes, prerequisites, checks, variables }) => ({
            id,
            version,
            kind,
            title,
            tracks,
            difficulty,
            minutes,
            prerequisites,
            points: checks.reduce((sum, check) => sum + check.points, 0),
            variants: Object.keys(variables).length > 0,
          }),
        ),
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
  const all = new Set(await challengeIds());
  const tracks = new Set((await readTracks()).map((track) => track.id));
  for (const id of ids) {
    const parsed = parseChallenge(id, await readFolder(id));
    const found = parsed.ok ? lintChallenge(parsed.challenge, parsed.files) : parsed.problems;
    if (parsed.ok) {
      const file = "challenge.yaml";
      for (const track of parsed.challenge.tracks)
        if (!tracks.has(track)) found.push({ file, field: "tracks", message: `tracks.yaml knows no ${track}` });
      for (const other of parsed.challenge.prerequisites)
        if (!all.has(other)) found.push({ file, field: "prerequisites", message: `there is no challenge ${other}` });
    }
    for (const problem of found) console.error(describeProblem(id, problem));
    problems += found.length;
  }
  console.log(`${ids.length} challenges, ${problems} problems`);
  return problems > 0 ? 1 : 0;
}

async function test(ids: string[], seeds: number, jobs: number): Promise<number> {
  const lines: ProofLine[] = [];
  const take = (line: ProofLine) => {
    lines.push(line);
    const { id, proof } = line;
    const verdict = proof.wrong.length === 0 ? "ok  " : "FAIL";
    console.log(`${verdict} ${id} ${proof.what}${proof.wrong.map((text) => `\n       ${text}`).join("")}`);
  };
  if (jobs > 1 && ids.length > 1) await testInChildren(ids, seeds, jobs, take);
  else for (const id of ids) for await (const proof of proveChallenge(id, seeds)) take({ id, proof });
  const count = (holds: (line: ProofLine) => boolean) => lines.filter(holds).length;
  console.log(
    `false accepts: ${count(({ proof }) => proof.falseAccept)}, false rejects: ${count(({ proof }) => proof.falseReject)}`,
  );
  const failed = count(({ proof }) => proof.wrong.length > 0);
  console.log(`${lines.length - failed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

/** Proofs as lines of JSON: what a child of `test --jobs N` prints. */
async function prove(ids: string[], seeds: number): Promise<number> {
  for (const id of ids)
    for await (const proof of proveChallenge(id, seeds)) console.log(JSON.stringify({ id, proof } satisfies ProofLine));
  return 0;
}

const {
  values,
  positionals: [verb, ...slugs],
} = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    seeds: { type: "string", default: "10" },
    jobs: { type: "string", default: String(availableParallelism()) },
  },
});
const ids = slugs.length > 0 ? slugs : await challengeIds();
const seeds = Math.max(1, Number(values.seeds) || 1);
switch (verb) {
  case "list":
    process.exitCode = await list(values.json);
    break;
  case "lint":
    process.exitCode = await lint(ids);
    break;
  case "test":
    process.exitCode = await test(ids, seeds, Math.max(1, Number(values.jobs) || 1));
    break;
  case "prove":
    process.exitCode = await prove(ids, seeds);
    break;
  case "new":
    process.exitCode = await newChallenge(slugs[0], await readTracks());
    break;
  default:
    console.error(USAGE);
    process.exitCode = 2;
}
