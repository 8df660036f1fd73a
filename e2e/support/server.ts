import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "../../src/server/db/embedded";

const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 30_000;

/** A Podium of its own: its port, its data, its process. Built before the tests by `npm test`. */
export class PodiumServer {
  private child: ChildProcess | undefined;
  private output = "";

  private constructor(
    readonly port: number,
    readonly dataFolder: string,
  ) {}

  /** Starts on an empty data folder. */
  static async start(): Promise<PodiumServer> {
    const server = new PodiumServer(await freePort(), mkdtempSync(path.join(tmpdir(), "podium-e2e-")));
    await server.restart();
    return server;
  }

  get url(): string {
    return `http://localhost:${this.port}`;
  }

  /** Set by the test that used the one-time link. */
  hasAdministrator = false;

  /** The path of the first administrator's one-time link, e.g. `/setup/…`. */
  get setupPath(): string {
    const found = /\/setup\/\S+/.exec(this.output);
    if (!found) throw new Error(`no set-up link in:\n${this.output}`);
    return found[0];
  }

  /** Starts again on the same data and port. */
  async restart(): Promise<void> {
    this.output = "";
    const { DATABASE_URL: _, ...env } = process.env;
    const child = spawn(process.execPath, ["dist/server/main.js"], {
      env: { ...env, NODE_ENV: "production", PORT: String(this.port), HOST: "127.0.0.1", PODIUM_DATA: this.dataFolder },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.child = child;
    const listen = (data: Buffer) => {
      this.output += data;
    };
    child.stdout!.on("data", listen);
    child.stderr!.on("data", listen);
    const deadline = Date.now() + START_LIMIT_MS;
    while (!this.output.includes("Podium is ready")) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`Podium did not start:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** As a power cut would, but for the database server, which the next start adopts. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** Ends in order and removes the data. */
  async stop(): Promise<void> {
    await this.end("SIGTERM");
    rmSync(this.dataFolder, { recursive: true, force: true });
  }

  private async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    const limit = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
    await ended;
    clearTimeout(limit);
  }
}
