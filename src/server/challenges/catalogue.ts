import { parseChallenge } from "@/challenges/parse";
import type { Challenge } from "@/challenges/schema";
import type { Track } from "@/challenges/tracks";
import type { Database, Prisma } from "../db/client";
import { notFound } from "../errors";
import type { FolderChallenge } from "./folder";

/** Writes what changed; a challenge that left the folder is retired, since attempts refer to it. */
export async function seedChallenges(db: Database, challenges: FolderChallenge[]): Promise<{ changed: number }> {
  const known = new Map(
    (await db.challenge.findMany({ select: { id: true, checksum: true, position: true, retired: true } })).map(
      (row) => [row.id, row],
    ),
  );
  let changed = 0;
  for (const [position, { challenge, source, checksum }] of challenges.entries()) {
    const row = known.get(challenge.id);
    known.delete(challenge.id);
    if (row?.checksum === checksum && row.position === position && !row.retired) continue;
    const values = {
      version: challenge.version,
      checksum,
      position,
      retired: false,
      data: { challenge, source } satisfies Stored as unknown as Prisma.InputJsonValue,
    };
    await db.challenge.upsert({ where: { id: challenge.id }, create: { id: challenge.id, ...values }, update: values });
    changed++;
  }
  const gone = [...known.values()].filter((row) => !row.retired).map((row) => row.id);
  if (gone.length > 0) await db.challenge.updateMany({ where: { id: { in: gone } }, data: { retired: true } });
  return { changed: changed + gone.length };
}

/** What a row of the table holds. */
interface Stored {
  challenge: Challenge;
  source?: Record<string, string> | undefined;
}

/** Variants that are kept ready; beyond that the oldest is drawn anew when it is asked for. */
const VARIANTS_LIMIT = 500;

/** The catalogue in memory: read once at the start, small, and asked for with every request. */
export class Catalogue {
  private readonly variants = new Map<string, Challenge>();

  private constructor(
    private readonly byId: Map<string, Stored>,
    /** The parts of the course, in order. */
    readonly tracks: readonly Track[],
  ) {}

  static async load(db: Database, tracks: readonly Track[] = []): Promise<Catalogue> {
    const rows = await db.challenge.findMany({ where: { retired: false }, orderBy: { position: "asc" } });
    return new Catalogue(new Map(rows.map((row) => [row.id, row.data as unknown as Stored])), tracks);
  }

  list(): Challenge[] {
    return [...this.byId.values()].map(({ challenge }) => challenge);
  }

  get(id: string): Challenge {
    const stored = this.byId.get(id);
    if (!stored) throw notFound("challenge");
    return stored.challenge;
  }

  find(id: string | null | undefined): Challenge | undefined {
    return id ? this.byId.get(id)?.challenge : undefined;
  }

  /** The challenge as one lab has it: its seed draws what differs from learner to learner. */
  variant(lab: { challengeId: string | null; seed: string }): Challenge | undefined {
    const stored = lab.challengeId ? this.byId.get(lab.challengeId) : undefined;
    if (!stored?.source) return stored?.challenge;
    const key = `${lab.challengeId}/${lab.seed}`;
    let variant = this.variants.get(key);
    if (!variant) {
      const parsed = parseChallenge(stored.challenge.id, stored.source, lab.seed);
      // The folder was read when the server began; a seed that breaks it is a fault of the challenge, told with its place.
      if (!parsed.ok)
        throw new Error(`${lab.challengeId}: ${parsed.problems.map(({ message }) => message).join("; ")}`);
      variant = parsed.challenge;
      if (this.variants.size >= VARIANTS_LIMIT) this.variants.delete(this.variants.keys().next().value!);
      this.variants.set(key, variant);
    }
    return variant;
  }
}
