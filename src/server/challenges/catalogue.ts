import type { Challenge } from "@/challenges/schema";
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
  for (const [position, { challenge, checksum }] of challenges.entries()) {
    const row = known.get(challenge.id);
    known.delete(challenge.id);
    if (row?.checksum === checksum && row.position === position && !row.retired) continue;
    const values = {
      version: challenge.version,
      checksum,
      position,
      retired: false,
      data: challenge as unknown as Prisma.InputJsonValue,
    };
    await db.challenge.upsert({ where: { id: challenge.id }, create: { id: challenge.id, ...values }, update: values });
    changed++;
  }
  const gone = [...known.values()].filter((row) => !row.retired).map((row) => row.id);
  if (gone.length > 0) await db.challenge.updateMany({ where: { id: { in: gone } }, data: { retired: true } });
  return { changed: changed + gone.length };
}

/** The catalogue in memory: read once at the start, small, and asked for with every request. */
export class Catalogue {
  private constructor(private readonly byId: Map<string, Challenge>) {}

  static async load(db: Database): Promise<Catalogue> {
    const rows = await db.challenge.findMany({ where: { retired: false }, orderBy: { position: "asc" } });
    return new Catalogue(new Map(rows.map((row) => [row.id, row.data as unknown as Challenge])));
  }

  list(): Challenge[] {
    return [...this.byId.values()];
  }

  get(id: string): Challenge {
    const challenge = this.byId.get(id);
    if (!challenge) throw notFound("challenge");
    return challenge;
  }

  find(id: string | null | undefined): Challenge | undefined {
    return id ? this.byId.get(id) : undefined;
  }
}
