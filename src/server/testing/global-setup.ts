import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../db/embedded";
import { migrate } from "../db/migrate";

declare module "vitest" {
  interface ProvidedContext {
    databaseBroker: string;
  }
}

/**
 * One database server for a whole run, started when the first test asks for it: a run without such tests pays nothing.
 * Each request makes a database from the migrated template and answers with its address.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: Promise<EmbeddedPostgres> | undefined;
  let made = 0;
  const folder = mkdtempSync(path.join(tmpdir(), "podium-test-"));
  const broker = createServer((_, response) => {
    server ??= startTemplate(folder);
    server
      .then(async ({ url }) => {
        const name = `test_${process.pid}_${++made}`;
        await onServer(url, `CREATE DATABASE ${name} TEMPLATE podium`);
        response.end(url.replace(/\/podium$/, `/${name}`));
      })
      .catch((error) => response.writeHead(500).end(String(error?.stack ?? error)));
  });
  await new Promise<void>((resolve) => broker.listen(0, "127.0.0.1", resolve));
  project.provide("databaseBroker", `http://127.0.0.1:${(broker.address() as { port: number }).port}`);
  return async () => {
    broker.closeAllConnections();
    broker.close();
    await (await server)?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function startTemplate(dataFolder: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataFolder, durable: false });
  await migrate(server.url);
  return server;
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.replace(/\/podium$/, "/postgres") });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
