import { resolvePath } from "@/posix/files/path";
import type { ToolContext } from "../tool";
import { ApiClient } from "./api/client";
import { Discovery } from "./api/discovery";
import { klogLine } from "./api/klog";
import { resolveConnection } from "./config/connection";
import { Kubeconfig } from "./config/kubeconfig";
import { CliError } from "./errors";
import { parseDuration } from "./flags/duration";
import type { FlagValues } from "./flags/parse";

/** What one run of kubectl has at hand: its process, the kubeconfig in force, a client of the API, discovery. */
export class Session {
  private configOnce?: Kubeconfig;
  private clientOnce?: ApiClient;
  private discoveryOnce?: Discovery;
  private lastWrite: Promise<void> = Promise.resolve();

  constructor(
    readonly tool: ToolContext,
    readonly flags: FlagValues,
  ) {}

  get nowMs(): number {
    return this.tool.nowMs;
  }
  /** Whether the forms of old notes are accepted (`kubectl run --replicas`). */
  get classic(): boolean {
    return this.tool.machine.kubectl === "classic" || this.tool.env.KUBECTL_CLASSIC === "1";
  }

  out(text: string): void {
    if (text !== "") this.lastWrite = this.tool.stdout.write(text);
  }
  err(text: string): void {
    if (text !== "") this.lastWrite = this.tool.stderr.write(text);
  }
  /** A line of kubectl's own log: `W1120 11:39:36.000000      42 helpers.go:703] …`. */
  klog(level: "I" | "W" | "E" | "F", place: string, message: string): void {
    this.err(klogLine(this.tool, level, place, message));
  }
  /** Waits until the reader has kept up: for streams of any length. */
  async flush(): Promise<void> {
    await this.lastWrite;
  }

  get config(): Kubeconfig {
    this.configOnce ??= Kubeconfig.load(this.tool, this.flags.text("kubeconfig"));
    return this.configOnce;
  }

  get client(): ApiClient {
    if (!this.clientOnce) this.config.requireExplicit(this.flags.text("kubeconfig"));
    this.clientOnce ??= new ApiClient(
      this.tool,
      resolveConnection(this.config, this.flags, (name) => this.readFile(name)),
      {
        verbosity: this.flags.int("v"),
        ...(this.requestTimeoutMs > 0 && { requestTimeoutMs: this.requestTimeoutMs }),
      },
    );
    return this.clientOnce;
  }

  get discovery(): Discovery {
    this.discoveryOnce ??= new Discovery(this.client, (error) =>
      this.klog(
        "E",
        "memcache.go:265",
        `"Unhandled Error" err=${JSON.stringify(`couldn't get current server API group list: Get "${this.client.connection.server}/api?timeout=32s": ${error.message}`)}`,
      ),
    );
    return this.discoveryOnce;
  }

  /** `--request-timeout`: seconds, or a number with a unit; 0 for as long as it takes. */
  get requestTimeoutMs(): number {
    const text = this.flags.has("request-timeout") ? this.flags.text("request-timeout") : "0";
    const ms = /^\d+$/.test(text) ? Number(text) * 1000 : parseDuration(text);
    if (ms === undefined)
      throw new CliError(
        "Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)",
      );
    return ms;
  }

  /** `--warnings-as-errors`: told at the very end, after what was asked for. */
  failOnWarnings(): void {
    const count = this.clientOnce?.warnings ?? 0;
    if (count === 0 || !this.flags.bool("warnings-as-errors")) return;
    throw new CliError(`${count} warning${count === 1 ? "" : "s"} received`);
  }

  /** `-n`, else the context's namespace, else `default`. */
  get namespace(): string {
    return this.client.connection.namespace;
  }
  /** Whether `-n` was given: then objects from files must be in that namespace. */
  get namespaceEnforced(): boolean {
    return this.flags.text("namespace") !== "";
  }

  path(name: string): string {
    return resolvePath(this.tool.cwd, name);
  }

  private stdinText?: string;
  async stdin(): Promise<string> {
    this.stdinText ??= await this.tool.stdin.readAll();
    return this.stdinText;
  }

  readFile(name: string): string {
    const path = this.path(name);
    const stat = this.tool.files.stat(path);
    if (!stat) throw new CliError(`open ${name}: no such file or directory`);
    if (stat.type === "directory") throw new CliError(`read ${name}: is a directory`);
    return this.tool.files.readFile(path);
  }
}
