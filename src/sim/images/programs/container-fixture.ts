import { LayeredFiles } from "@/posix/files/layered";
import { type FileEntry, fileTree } from "@/posix/files/tree";
import type { HttpRequest, HttpResponse, NetworkRequest, NetworkResponse } from "../../network/types";
import { findImage } from "../catalog";
import type { OutgoingResponse, Program, ProgramContext } from "../program";
import { programs } from ".";

/** One container without a cluster around it: for tests of programs. */
export class ContainerFixture {
  readonly files: LayeredFiles;
  readonly program: Program;
  stdout = "";
  stderr = "";
  exit: number | undefined;
  listening: number[] = [];
  memoryBytes = 0;
  nowMs = 1_767_603_600_000;
  private state: any = null;

  constructor(
    reference: string,
    options: {
      argv?: string[];
      args?: string[];
      files?: Record<string, FileEntry>;
      env?: Record<string, string>;
      names?: Record<string, string[]>;
      request?: (request: Omit<NetworkRequest, "from">) => NetworkResponse;
      takenPorts?: number[];
      readOnly?: boolean;
    } = {},
  ) {
    const image = findImage(reference)!;
    const entries: Record<string, FileEntry> = {
      "/dev/stdout": { device: "stdout" },
      "/dev/stderr": { device: "stderr" },
      ...image.files,
    };
    for (const [path, target] of Object.entries(image.links ?? {})) entries[path] = { target };
    this.files = new LayeredFiles(fileTree({ ...entries, ...options.files }), {
      nowMs: () => this.nowMs,
      readOnly: options.readOnly ?? false,
    });
    const argv = options.argv ?? [...image.entrypoint, ...(options.args ?? image.cmd)];
    this.program = programs[image.programs[argv[0]!]!]!;
    this.context = {
      nowMs: this.nowMs,
      argv,
      env: { ...image.env, ...options.env },
      workingDirectory: image.workingDirectory,
      files: this.files,
      hostname: "web-1",
      podIp: "10.244.1.7",
      podNamespace: "default",
      podName: "web-1",
      containerName: "web",
      random: () => 0.5,
      portTaken: (port) => options.takenPorts?.includes(port) ?? false,
      request: (request) => options.request?.(request) ?? { outcome: "refused", latencyMs: 1, hops: [] },
      objects: { get: () => undefined, list: () => [] },
      resolve: (name) => ({ addresses: options.names?.[name] ?? [] }),
    };
    this.take(this.program.start(this.context));
  }

  private readonly context: ProgramContext;

  private take(step: any): any {
    this.state = step.state;
    this.stdout += step.stdout ?? "";
    this.stderr += step.stderr ?? "";
    if (step.listen) this.listening = step.listen.map((item: { port: number }) => item.port);
    if (step.memoryBytes !== undefined) this.memoryBytes = step.memoryBytes;
    if (step.exit !== undefined) this.exit = step.exit;
    for (const [timer, afterMs] of Object.entries(step.timers ?? {})) {
      if (afterMs !== null) this.take(this.program.onTimer!(this.state, timer, this.context));
    }
    return step;
  }

  signal(name: string): void {
    this.take(this.program.onSignal!(this.state, name, this.context));
  }

  command(...argv: string[]): { exitCode: number; stdout: string; stderr: string } {
    const step = this.program.commands![argv[0]!]!(this.state, argv, this.context);
    const { stdout = "", stderr = "", exitCode, ...rest } = step;
    this.take(rest);
    return { exitCode, stdout, stderr };
  }

  /** What the client gets; the output since before is in `stdout` and `stderr`. */
  send(
    path: string,
    options: { port?: number; tls?: { serverName?: string }; raw?: string } & Partial<HttpRequest> = {},
  ): OutgoingResponse {
    const { port = 80, tls, raw, method = "GET", headers = [], body = "" } = options;
    const hasHost = headers.some(([name]) => name.toLowerCase() === "host");
    const http: HttpRequest = {
      method,
      path,
      headers: [
        ...(hasHost ? [] : ([["Host", "localhost"]] as [string, string][])),
        ["User-Agent", "curl/8.5.0"],
        ...headers,
      ],
      body,
    };
    const incoming = {
      port,
      remote: { address: "10.244.1.1", port: 40_000 },
      ...(tls && { tls }),
      ...(raw === undefined ? { http } : { raw }),
    };
    this.stdout = "";
    this.stderr = "";
    return this.take(this.program.onRequest!(this.state, incoming, this.context)).response;
  }

  get(path: string, options: Parameters<ContainerFixture["send"]>[1] = {}): HttpResponse {
    return this.send(path, options).http!;
  }
}
