import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connectDatabase } from "@/server/db/client";
import { startEmbeddedPostgres } from "@/server/db/embedded";
import { migrate } from "@/server/db/migrate";
import { HostedLab } from "@/server/labs/hosted-lab";
import { Journal } from "@/server/labs/journal";
import type { LabSeed } from "@/server/labs/messages";
import { podiumEngine } from "@/server/labs/podium-engine";
import { DEFAULT_START_MS } from "@/sim/options";
import { type Metric, medianMs } from "./metric";

const COMMANDS = [
  "kubectl create deployment web --image=nginx:1.25 --replicas=3",
  "kubectl expose deployment web --port 80",
  "kubectl get pods",
  "echo done > note",
];
const COMMAND_MS = 500;

/** A lab with some history, left by a process that was killed, comes back from the database: snapshot, journal, terminal. */
export async function restoreMetric(): Promise<Metric> {
  const folder = await mkdtemp(path.join(tmpdir(), "podium-bench-"));
  const postgres = await startEmbeddedPostgres({ dataFolder: folder });
  const db = connectDatabase(postgres.url, 4);
  try {
    await migrate(postgres.url);
    const owner = await db.user.create({ data: { id: "owner", name: "Owner", email: "owner@bench.invalid" } });
    const row = await db.lab.create({ data: { ownerId: owner.id, seed: "bench", startMs: DEFAULT_START_MS } });
    const seed: LabSeed = {
      labId: row.id,
      seed: "bench",
      startMs: DEFAULT_START_MS,
      answers: {},
      hintsTaken: 0,
      viewers: 1,
    };
    const journal = new Journal(db);
    const open = () => HostedLab.open({ ...seed }, podiumEngine, journal, () => {});
    const lab = await open();
    await lab.openTerminal("1", 80, 24, true);
    for (const command of COMMANDS) {
      await lab.input("1", `${command}\r`);
      await sleep(COMMAND_MS);
    }
    await journal.committed();
    lab.end();
    const value = await medianMs(20, async () => (await open()).end());
    await journal.close();
    return { name: "lab.restore", unit: "ms", value };
  } finally {
    await db.$disconnect();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
