import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { type ChallengeProblem, parseChallenge } from "@/challenges/parse";
import type { Challenge } from "@/challenges/schema";
import { parseTracks, type Track } from "@/challenges/tracks";

export interface FolderChallenge {
  /** As the catalogue shows it. */
  challenge: Challenge;
  /** What each learner's variant is made from, where learners get different ones: path -> content, without the proofs. */
  source?: Record<string, string>;
  /** Over all files that are played, so that an unchanged challenge is not written again. */
  checksum: string;
}

/** Larger files have no business in a challenge. */
const FILE_LIMIT_BYTES = 1024 * 1024;

async function filesBelow(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const full = path.join(entry.parentPath, entry.name);
    const content = await readFile(full);
    if (content.byteLength > FILE_LIMIT_BYTES) throw new Error(`${full} is larger than ${FILE_LIMIT_BYTES} bytes`);
    files[path.relative(folder, full).split(path.sep).join("/")] = content.toString("utf8");
  }
  return files;
}

/** All challenges below `root` as `<track>/<slug>/challenge.yaml`, in order of path, and what is wrong with the others. */
export async function readChallenges(
  root: string,
): Promise<{ challenges: FolderChallenge[]; problems: (ChallengeProblem & { id: string })[] }> {
  const challenges: FolderChallenge[] = [];
  const problems: (ChallengeProblem & { id: string })[] = [];
  const folders = async (folder: string) =>
    (await readdir(folder, { withFileTypes: true }).catch(() => []))
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
      .map((entry) => entry.name)
      .sort();
  for (const track of await folders(root)) {
    for (const slug of await folders(path.join(root, track))) {
      const id = `${track}/${slug}`;
      const files = await filesBelow(path.join(root, track, slug));
      if (!("challenge.yaml" in files)) continue;
      const parsed = parseChallenge(id, files);
      if (parsed.ok) {
        const { challenge } = parsed;
        const varies = Object.keys(challenge.variables).length > 0;
        const source = varies ? { source: withoutProofs(files) } : {};
        const checksum = createHash("sha256")
          .update(JSON.stringify({ challenge, ...source }))
          .digest("hex");
        challenges.push({ challenge, ...source, checksum });
      } else {
        problems.push(...parsed.problems.map((problem) => ({ ...problem, id })));
      }
    }
  }
  return { challenges, problems };
}

/** Solutions and mistakes are for authors: no learner's lab needs them. */
const withoutProofs = (files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).filter(([file]) => !/^(solutions|mistakes)\//.test(file)));

/** The parts of the course as `tracks.yaml` lists them; none where a folder of challenges has no such file. */
export async function readTracks(root: string): Promise<Track[]> {
  const source = await readFile(path.join(root, "tracks.yaml"), "utf8").catch(() => undefined);
  return source === undefined ? [] : parseTracks(source);
}

export function describeProblem(problem: ChallengeProblem & { id: string }): string {
  const place = `challenges/${problem.id}/${problem.file}${problem.line ? `:${problem.line}` : ""}`;
  return `${place}: ${problem.field ? `${problem.field}: ` : ""}${problem.message}`;
}
