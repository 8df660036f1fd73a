import path from "node:path";
import { pathToFileURL } from "node:url";
import { type App, createApp } from "./app";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./db/embedded";
import { migrate } from "./db/migrate";
import { type Env, readEnv } from "./env";
import type { PageHandler } from "./http";
import { isKubePath } from "./labs/kube-gateway";
import { WorkerPool } from "./labs/pool";
import { demandFreePort } from "./listening";
import { failToStart } from "./start-error";

// The whole server in one process: database, labs, pages. `scripts/start.ts` and `scripts/dev.ts` start it.

/** A shutdown that takes longer is cut off: nothing that was confirmed is lost by that. */
const SHUTDOWN_LIMIT_MS = 20_000;

const say = (line: string) => console.log(line);

async function main(): Promise<void> {
  const dev = process.argv.includes("--dev");
  const env = readEnv();
  await demandFreePort(env.port, env.host);
  const postgres = env.databaseUrl ? undefined : await startEmbeddedPostgres({ dataFolder: env.dataFolder, log: say });
  const databaseUrl = env.databaseUrl ?? postgres!.url;
  let app: App;
  try {
    const { applied } = await migrate(databaseUrl, path.resolve("prisma/migrations"));
    if (applied.length > 0) say(`Brought the database up to date: ${applied.join(", ")}`);
    const pages = await preparePages(dev);
    const pool = new WorkerPool(workerEntry(dev), {
      databaseUrl,
      threads: env.labWorkers,
      ...(dev ? {} : { execArgv: ["--enable-source-maps"] }),
    });
    app = await createApp({ ...env, databaseUrl, pool, pages: pages.handle, log: say });
    pages.attach?.(app);
    const port = await app.listen(env.port, env.host);
    announce(app, env, port);
  } catch (error) {
    await postgres?.stop();
    throw error;
  }
  endInOrder(app, postgres);
}

async function preparePages(dev: boolean): Promise<{ handle: PageHandler; attach?: (app: App) => void }> {
  if (process.env.PODIUM_PAGES === "none") {
    return {
      handle: async (_, response) => {
        response.writeHead(404).end();
      },
    };
  }
  process.env.NEXT_TELEMETRY_DISABLED ??= "1";
  const { default: next } = await import("next");
  const pages = next({ dev, dir: process.cwd(), quiet: true });
  await pages.prepare();
  const handle = pages.getRequestHandler();
  const upgrade = pages.getUpgradeHandler();
  return {
    handle: (request, response) => handle(request, response),
    attach: ({ http }) =>
      http.on("upgrade", (request, socket, head) => {
        if (!request.url?.startsWith("/socket.io/") && !isKubePath(request.url)) void upgrade(request, socket, head);
      }),
  };
}

/** In a bundle the worker lies beside this file; with tsx it is a source file behind a small loader. */
function workerEntry(dev: boolean): URL {
  return dev ? pathToFileURL(path.resolve("scripts/lab-worker.mjs")) : new URL("./lab-worker.js", import.meta.url);
}

function announce(app: App, env: Env, port: number): void {
  const address = env.port === port ? env.publicUrl : `http://localhost:${port}`;
  say(`Podium is ready at ${address}`);
  if (app.setupToken) say(`Set up the first administrator: ${address}/setup/${app.setupToken}`);
}

function endInOrder(app: App, postgres: EmbeddedPostgres | undefined): void {
  let ending = false;
  const end = async () => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), SHUTDOWN_LIMIT_MS).unref();
    try {
      await app.close();
      await postgres?.stop();
      process.exit(0);
    } catch (error) {
      console.error(error);
      process.exit(1);
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end());
  // The script that started us is gone: nobody would ever stop us.
  process.on("disconnect", () => void end());
}

process.on("unhandledRejection", (error) => console.error(error));

main().catch(failToStart);
