import pg from "pg";
import { demandWritable } from "../../src/server/db/embedded";
import { demandDatabase } from "../../src/server/db/migrate";
import type { Env } from "../../src/server/env";
import { demandFreePort } from "../../src/server/listening";

/** What would stop the server later is told before the long steps: a port in use, a database or a folder out of reach. */
export async function demandStartable(env: Env): Promise<void> {
  await demandFreePort(env.port, env.host);
  if (env.databaseUrl)
    await demandDatabase(new pg.Client({ connectionString: env.databaseUrl, connectionTimeoutMillis: 10_000 }));
  else demandWritable(env.dataFolder);
}
