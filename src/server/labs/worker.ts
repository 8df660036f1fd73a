import { parentPort, workerData } from "node:worker_threads";
import { connectDatabase } from "../db/client";
import { AppError } from "../errors";
import { serveLabApis } from "./api-server";
import { Journal } from "./journal";
import { type FromWorker, isAsleep, type ToWorker, type WorkerOptions } from "./messages";
import { podiumEngine } from "./podium-engine";
import { Residents } from "./residents";

// The entry of a worker thread. It has its own connections, so that a journal never waits for a page.
const { databaseUrl, apiSocket } = workerData as WorkerOptions;
const port = parentPort!;
const send = (message: FromWorker) => port.postMessage(message);

const db = connectDatabase(databaseUrl, 3);
const residents = new Residents(podiumEngine, new Journal(db), (event) => send({ kind: "event", ...event }));

const apis = await serveLabApis(apiSocket, (labId) => residents.find(labId));

port.on("message", async ({ id, call, input }: ToWorker) => {
  try {
    const result = await residents.call(call, input as never);
    if (id !== 0) send({ kind: "answer", id, ok: true, result });
  } catch (error) {
    const { code, message, stack } = error as Error & { code?: string };
    const told = error instanceof AppError || isAsleep(error) ? { code: code! } : {};
    if (id !== 0) send({ kind: "answer", id, ok: false, error: { message, ...told, ...(stack ? { stack } : {}) } });
    else if (!isAsleep(error)) console.error(error);
  }
  if (call === "shutdown") {
    await apis.close();
    await db.$disconnect();
    port.close();
  }
});

// The first cluster of a thread is dear: its template is made here rather than under the first learner's eyes.
setImmediate(() =>
  podiumEngine.create(
    { labId: "", seed: "warm", startMs: 0, answers: {}, hintsTaken: 0, viewers: 0 },
    { breathe: async () => {} },
  ),
);

// A command that fails in a way that nobody foresaw must not take the other labs of this thread with it.
process.on("unhandledRejection", (error) =>
  console.error(`A lab worker met an unhandled failure: ${(error as Error)?.stack ?? error}`),
);
