import path from "node:path";
import { StartError } from "./start-error";

export interface Env {
  port: number;
  /** Interface to listen on; by default all of them, since a class joins from other machines. */
  host: string | undefined;
  /** Where the site is seen from outside. */
  publicUrl: string;
  /** An existing PostgreSQL; without it one is embedded. */
  databaseUrl: string | undefined;
  dataFolder: string;
  challengesFolder: string;
  /** Threads that run labs. */
  labWorkers: number;
  /** Whether a proxy in front tells the visitors' addresses in X-Forwarded-For. */
  trustProxy: boolean;
}

export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const port = source.PORT === undefined || source.PORT === "" ? 3000 : Number(source.PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new StartError(`PORT is ${JSON.stringify(source.PORT)}, which is no port number.`);
  const workers = Number(source.PODIUM_LAB_WORKERS ?? 2);
  if (!Number.isInteger(workers) || workers < 1 || workers > 64)
    throw new StartError("PODIUM_LAB_WORKERS must be a number from 1 to 64.");
  const databaseUrl = source.DATABASE_URL || undefined;
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl))
    throw new StartError("DATABASE_URL must start with postgresql://.");
  const publicUrl = source.PODIUM_URL || `http://localhost:${port}`;
  if (!URL.canParse(publicUrl))
    throw new StartError(`PODIUM_URL is ${JSON.stringify(publicUrl)}, which is no address.`);
  return {
    port,
    host: source.HOST || undefined,
    publicUrl: publicUrl.replace(/\/$/, ""),
    databaseUrl,
    dataFolder: path.resolve(source.PODIUM_DATA || ".data"),
    challengesFolder: path.resolve(source.PODIUM_CHALLENGES || "challenges"),
    labWorkers: workers,
    trustProxy: source.PODIUM_TRUST_PROXY === "1",
  };
}
