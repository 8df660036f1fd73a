import { resolvePath } from "@/posix/files/path";
import type { ToolContext } from "../tool";
import { ApiClient } from "./api/client";
import { Discovery } from "./api/discovery";
import { klogLine } from "./api/klog";
import { resolveConnection } from "./config/connection";
import { Kubeconfig } from "./config/kubeconfig";
import { CliError } from "./errors";
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
  klog(level: "I" | "W" | "E", place: string, message: string): void {
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
    this.clientOnce ??= new ApiClient(this.tool, resolveConnection(this.config, this.flags), {
      verbosity: this.flags.int("v"),
      warningsAsErrors: this.flags.bool("warnings-as-errors"),
    });
    return this.clientOnce;
  }

  get discovery(): Discovery {
    this.discoveryOnce ??= new Discovery(this.client);
    return this.discoveryOnce;
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
