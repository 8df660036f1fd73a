import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { type ChallengeProblem, parseChallenge } from "@/challenges/parse";
import type { Challenge } from "@/challenges/schema";
import { parseTracks, type Track } from "@/challenges/tracks";

/** The folder of challenges of this project. */
export const CHALLENGES = path.resolve(import.meta.dirname ?? ".", "../challenges");

/** Every file below a challenge's folder: path relative to it -> content. */
export async function readFolder(id: string): Promise<Record<string, string>> {
  const folder = path.join(CHALLENGES, id);
  const files: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const full = path.join(entry.parentPath, entry.name);
    files[path.relative(folder, full).split(path.sep).join("/")] = await readFile(full, "utf8");
  }
  return files;
}

/** `track/slug` of every challenge, sorted. */
export async function challengeIds(): Promise<string[]> {
  const ids: string[] = [];
  for (const track of await readdir(CHALLENGES, { withFileTypes: true })) {
    if (!track.isDirectory()) continue;
    for (const slug of await readdir(path.join(CHALLENGES, track.name), { withFileTypes: true })) {
      if (slug.isDirectory()) ids.push(`${track.name}/${slug.name}`);
    }
  }
  return ids.sort();
}

export const describeProblem = (id: string, { file, line, field, message }: ChallengeProblem) =>
  `challenges/${id}/${file}${line ? `:${line}` : ""}: ${field ? `${field}: ` : ""}${message}`;

/** The tracks of the course, in order. */
export const readTracks = async (): Promise<Track[]> =>
  parseTracks(await readFile(path.join(CHALLENGES, "tracks.yaml"), "utf8"));

/** The variant of a challenge that `seed` draws, or an end with one line per problem and exit code 2. */
export async function loadChallenge(
  id: string,
  seed?: string,
): Promise<{ challenge: Challenge; files: Record<string, string> }> {
  const folder = await readFolder(id).catch(() => undefined);
  if (!folder) {
    console.error(`there is no challenge ${id}; \`npm run -s challenge -- list\` names them`);
    process.exit(2);
  }
  const parsed = parseChallenge(id, folder, seed);
  if (!parsed.ok) {
    for (const problem of parsed.problems) console.error(describeProblem(id, problem));
    process.exit(2);
  }
  return parsed;
}
