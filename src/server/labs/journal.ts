import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { JournalEntry, LabSnapshot } from "@/workstation/lab/types";
import type { Database, Prisma } from "../db/client";
import type { Struck } from "./stroke";

const compress = promisify(gzip);
const expand = promisify(gunzip);

/** What a lab's journal holds: what was put into the lab, and what its host did to it. */
export type HostEntry = { atMs: number } & (
  | JournalEntry
  /** Lab time that somebody has seen pass. */
  | { kind: "tick" }
  /** The lab went back to before the entry `to`; the snapshot of the same number holds it. */
  | { kind: "undo"; to: number }
  | { kind: "reset" }
  /** A terminal was closed for good. */
  | { kind: "close"; terminal: string }
);

/** A lab as it is kept: the simulation and what the host remembers of it. */
export interface StoredLab {
  lab: LabSnapshot;
  commands: { atMs: number; line: string; exitCode?: number }[];
  terminals: string[];
  struck?: Struck;
}

/** Rows of one statement: more are written in several. */
const ROWS_LIMIT = 500;
const RETRY_MS = 500;

interface Batch {
  entries: Prisma.JournalEntryCreateManyInput[];
  recordings: Prisma.RecordingCreateManyInput[];
  snapshots: { labId: string; seq: number; stored: StoredLab }[];
  committed: (() => void)[];
}

const emptyBatch = (): Batch => ({ entries: [], recordings: [], snapshots: [], committed: [] });

/**
 * Writes the journals of all labs of a worker together: what comes while one commit is under way goes with the next.
 * While the database is away it tries again, and nothing that waits for a commit is let out.
 */
export class Journal {
  private next = emptyBatch();
  private writing: Promise<void> | undefined;
  private closed = false;

  constructor(private readonly db: Database) {}

  append(labId: string, seq: number, entry: HostEntry): void {
    this.next.entries.push({
      labId,
      seq,
      atMs: Math.round(entry.atMs),
      data: entry as unknown as Prisma.InputJsonValue,
    });
    this.kick();
  }

  record(labId: string, terminalId: string, seq: number, lines: string): void {
    this.next.recordings.push({ labId, terminalId, seq, lines });
    this.kick();
  }

  snapshot(labId: string, seq: number, stored: StoredLab): void {
    this.next.snapshots.push({ labId, seq, stored });
    this.kick();
  }

  /** Calls back when all that was handed in before is on disk. */
  whenCommitted(listener: () => void): void {
    this.next.committed.push(listener);
    this.kick();
  }

  committed(): Promise<void> {
    return new Promise((resolve) => this.whenCommitted(resolve));
  }

  async close(): Promise<void> {
    await this.committed();
    this.closed = true;
  }

  async read(labId: string): Promise<{
    snapshot?: { seq: number; stored: StoredLab };
    entries: { seq: number; entry: HostEntry }[];
    lastSeq: number;
  }> {
    const row = await this.db.labSnapshot.findUnique({ where: { labId } });
    const since = row?.seq ?? -1n;
    const rows = await this.db.journalEntry.findMany({ where: { labId, seq: { gt: since } }, orderBy: { seq: "asc" } });
    const entries = rows.map((entry) => ({ seq: Number(entry.seq), entry: entry.data as unknown as HostEntry }));
    const lastSeq = entries.at(-1)?.seq ?? Math.max(0, Number(since));
    if (!row) return { entries, lastSeq };
    const stored = JSON.parse((await expand(row.data)).toString("utf8")) as StoredLab;
    return { snapshot: { seq: Number(row.seq), stored }, entries, lastSeq };
  }

  /** The newest recorded output of a terminal, up to about `limit` characters, and the number of its last row. */
  async readRecording(labId: string, terminalId: string, limit: number): Promise<{ output: string; lastSeq: number }> {
    const parts: string[] = [];
    let length = 0;
    let before: bigint | undefined;
    let lastSeq = 0;
    while (length < limit) {
      const rows = await this.db.recording.findMany({
        where: { labId, terminalId, ...(before === undefined ? {} : { seq: { lt: before } }) },
        orderBy: { seq: "desc" },
        take: 50,
      });
      if (rows.length === 0) break;
      lastSeq ||= Number(rows[0]!.seq);
      for (const row of rows) {
        const output = row.lines
          .split("\n")
          .filter((line) => line.startsWith("["))
          .map((line) => JSON.parse(line) as [number, string, string])
          .filter(([, kind]) => kind === "o")
          .map(([, , data]) => data)
          .join("");
        parts.unshift(output);
        length += output.length;
      }
      before = rows.at(-1)!.seq;
    }
    return { output: parts.join("").slice(-limit), lastSeq };
  }

  private kick(): void {
    if (this.writing || this.closed) return;
    // One turn later, so that what one command writes goes out in one commit.
    this.writing = new Promise<void>((resolve) => setImmediate(resolve)).then(() => this.drain());
  }

  private async drain(): Promise<void> {
    const batch = this.next;
    this.next = emptyBatch();
    const snapshots = await Promise.all(
      batch.snapshots.map(async ({ labId, seq, stored }) => ({
        labId,
        seq,
        data: new Uint8Array(await compress(JSON.stringify(stored), { level: 1 })),
      })),
    );
    for (let attempt = 1; ; attempt++) {
      try {
        await this.write(batch, snapshots);
        break;
      } catch (error) {
        if ((error as { code?: string }).code === "P2003") {
          await this.writeForTheLiving(batch, snapshots);
          break;
        }
        if (attempt % 20 === 1) console.error(`The journal waits for the database: ${(error as Error).message}`);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
    this.writing = undefined;
    for (const listener of batch.committed) listener();
    const { entries, recordings, snapshots: more, committed } = this.next;
    if (entries.length + recordings.length + more.length + committed.length > 0) this.kick();
  }

  private async write(
    batch: Batch,
    snapshots: { labId: string; seq: number; data: Uint8Array<ArrayBuffer> }[],
  ): Promise<void> {
    const statements: Prisma.PrismaPromise<unknown>[] = [];
    // A commit that was lost on the way back may have happened: the same rows again do no harm.
    for (let from = 0; from < batch.entries.length; from += ROWS_LIMIT) {
      statements.push(
        this.db.journalEntry.createMany({ data: batch.entries.slice(from, from + ROWS_LIMIT), skipDuplicates: true }),
      );
    }
    for (let from = 0; from < batch.recordings.length; from += ROWS_LIMIT) {
      statements.push(
        this.db.recording.createMany({ data: batch.recordings.slice(from, from + ROWS_LIMIT), skipDuplicates: true }),
      );
    }
    for (const { labId, seq, data } of snapshots) {
      statements.push(
        this.db.labSnapshot.upsert({
          where: { labId },
          create: { labId, seq, data },
          update: { seq, data, takenAt: new Date() },
        }),
      );
    }
    if (statements.length === 1) await statements[0];
    else if (statements.length > 1) await this.db.$transaction(statements);
  }

  /** A lab of the batch was deleted with its owner: the others' rows must not go down with its rows. */
  private async writeForTheLiving(
    batch: Batch,
    snapshots: { labId: string; seq: number; data: Uint8Array<ArrayBuffer> }[],
  ): Promise<void> {
    const ids = [...new Set([...batch.entries, ...batch.recordings, ...snapshots].map((row) => row.labId))];
    const alive = new Set(
      (await this.db.lab.findMany({ where: { id: { in: ids } }, select: { id: true } })).map((row) => row.id),
    );
    const still = <T extends { labId: string }>(rows: T[]) => rows.filter((row) => alive.has(row.labId));
    await this.write(
      { ...batch, entries: still(batch.entries), recordings: still(batch.recordings) },
      still(snapshots),
    );
  }
}
