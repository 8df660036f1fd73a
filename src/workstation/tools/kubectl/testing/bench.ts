import { LayeredFiles } from "@/posix/files/layered";
import { fileTree } from "@/posix/files/tree";
import type { WatchEvent } from "@/sim/apiserver/request";
import { Watch } from "@/sim/apiserver/watch";
import { Cluster } from "@/sim/cluster";
import type { ClusterOptions } from "@/sim/options";
import type { ApiStream, KubeApi } from "../../../lab/types";
import type { ToolContext } from "../../tool";
import { labKubeconfig } from "../config/connection";
import { kubectl } from "../index";

/** What runs between two moments of lab time: a chain of promises longer than this counts as waiting for time. */
const TURNS_PER_STEP = 1000;

/** A cluster and a bare process around kubectl, for tests: time jumps to the next event whenever kubectl waits. */
export interface Result {
  code: number;
  stdout: string;
  stderr: string;
}

interface OpenWatch {
  watch: Watch;
  onEvent(event: WatchEvent): void;
}

export class Bench {
  readonly cluster: Cluster;
  readonly files: LayeredFiles;
  env: Record<string, string> = { HOME: "/home/learner", PATH: "/usr/bin" };
  kubectlMode: "current" | "classic" = "current";
  /** What the page's editor does with a text. */
  editor: ((content: string) => string | null) | undefined;
  private readonly watches = new Set<OpenWatch>();
  private readonly sleepers: { atMs: number; wake: () => void }[] = [];

  constructor(files: Record<string, string> = {}, options: Partial<ClusterOptions> = {}) {
    this.cluster = Cluster.create(options);
    const entries = {
      "/home/learner/.kube/config": labKubeconfig(),
      ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`/home/learner/${path}`, text])),
    };
    this.files = new LayeredFiles(fileTree({ "/tmp": { directory: true }, ...entries }));
  }

  /** Lets the cluster run for a while, e.g. until pods are up. */
  settle(ms = 60_000): void {
    this.cluster.advanceTo(this.cluster.nowMs + ms);
  }

  /** Runs `kubectl …` given as words; a string is cut at spaces outside quotes. */
  async run(line: string | string[], stdin = ""): Promise<Result> {
    const words = typeof line === "string" ? cut(line) : line;
    const result: Result = { code: 0, stdout: "", stderr: "" };
    const end: (() => void)[] = [];
    let done = false;
    const work = kubectl.run(this.context(["kubectl", ...words], stdin, result, end)).then((code) => {
      result.code = code;
      done = true;
    });
    for (let round = 0; round < 20_000 && !done; round++) {
      for (let i = 0; i < TURNS_PER_STEP && !done; i++) await Promise.resolve();
      if (done) break;
      if (!this.step()) break;
    }
    if (done) await work;
    else result.code = -1;
    for (const cleanup of end) cleanup();
    return result;
  }

  /** What the terminal would offer at the end of a line. */
  async complete(line: string): Promise<string[]> {
    const words = line.split(" ");
    const offers = await kubectl.complete!({
      words,
      env: this.env,
      cwd: "/home/learner",
      files: this.files,
      kube: this.kube(),
    });
    return offers.map(({ value }) => value);
  }

  /** To the next thing that is due: a sleeper, a timer of the cluster, an event of a watch. */
  private step(): boolean {
    if (this.deliver()) return true;
    const due = Math.min(
      this.cluster.nextEventMs() ?? Number.POSITIVE_INFINITY,
      ...this.sleepers.map(({ atMs }) => atMs),
    );
    if (!Number.isFinite(due)) return false;
    this.cluster.advanceTo(Math.max(due, this.cluster.nowMs));
    for (const sleeper of [...this.sleepers]) {
      if (sleeper.atMs > this.cluster.nowMs) continue;
      this.sleepers.splice(this.sleepers.indexOf(sleeper), 1);
      sleeper.wake();
    }
    this.deliver();
    return true;
  }

  private deliver(): boolean {
    let any = false;
    for (const open of [...this.watches]) {
      for (const event of open.watch.poll()) {
        any = true;
        open.onEvent(event);
      }
    }
    return any;
  }

  private kube(): KubeApi {
    return {
      request: async (request) => this.cluster.request(JSON.parse(JSON.stringify(request))),
      watch: (request, onEvent, onEnd) => {
        const watch = this.cluster.watch(request);
        if (!(watch instanceof Watch)) {
          onEnd?.(watch.body);
          return { stop: () => {} };
        }
        const open: OpenWatch = { watch, onEvent };
        this.watches.add(open);
        return { stop: () => void this.watches.delete(open) };
      },
      connect: async (): Promise<ApiStream> => {
        throw new Error("no streams here");
      },
    };
  }

  private context(argv: string[], stdin: string, result: Result, end: (() => void)[]): ToolContext {
    const bench = this;
    let unread: string | null = stdin || null;
    const read = async () => {
      const text = unread;
      unread = null;
      return text;
    };
    const sink = (stream: "stdout" | "stderr") => async (data: string) => {
      result[stream] += data;
    };
    return {
      argv,
      env: this.env,
      cwd: "/home/learner",
      pid: 42,
      files: this.files,
      stdin: { read, readLine: read, readAll: async () => (await read()) ?? "" },
      stdout: { write: sink("stdout") },
      stderr: { write: sink("stderr") },
      isTty: () => false,
      columns: 80,
      rows: 24,
      onResize: () => {},
      get nowMs() {
        return bench.cluster.nowMs;
      },
      sleep: (delayMs) => new Promise((wake) => bench.sleepers.push({ atMs: bench.cluster.nowMs + delayMs, wake })),
      onSignal: () => {},
      onEnd: (cleanup) => void end.push(cleanup),
      wait: (promise) => promise,
      kube: this.kube(),
      network: async () => ({ outcome: "refused", latencyMs: 0, hops: [] }),
      resolve: async (name) => ({ outcome: "nxdomain", name, server: "", records: [], latencyMs: 0 }),
      listen: (port) => ({ port: port || 40_000, close: () => {} }),
      edit: async ({ content }) => (bench.editor ? bench.editor(content) : undefined),
      rawMode: () => false,
      readPassword: async () => undefined,
      run: async () => 1,
      random: () => 0.5,
      machine: {
        hostname: "workstation",
        user: { name: "learner", uid: 1000, gid: 1000 },
        home: "/home/learner",
        kind: "workstation",
        place: { kind: "workstation" },
        kubectl: this.kubectlMode,
      },
      processes: () => [],
      signalProcess: () => false,
    };
  }
}

/** Words as a shell would cut a simple line: blanks part them, quotes hold them together. */
export function cut(line: string): string[] {
  return [...line.matchAll(/(?:'[^']*'|"(?:[^"\\]|\\.)*"|[^\s'"])+/g)].map(([word]) =>
    word.replace(
      /'([^']*)'|"((?:[^"\\]|\\.)*)"/g,
      (_, single, double) => single ?? (double as string).replace(/\\(["\\$`])/g, "$1"),
    ),
  );
}
