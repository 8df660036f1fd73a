import type { ApiRequest, ApiResponse, HttpMethod, WatchEvent } from "@/sim/apiserver/request";
import type { Status } from "@/sim/apiserver/status";
import type { ApiStream } from "../../../lab/types";
import type { ToolContext } from "../../tool";
import type { Connection } from "../config/connection";
import { ApiError, CliError, ConnectionRefused } from "../errors";
import { klogLine } from "./klog";

export type Query = Record<string, string | string[]>;

export interface RequestOptions {
  query?: Query;
  headers?: Record<string, string>;
  body?: unknown;
}

/** From here on, requests are logged: `-v=6`. */
const LOG_REQUESTS_AT = 6;

/** Requests to the API server, with kubectl's own treatment of warnings, failures and `-v`. */
export class ApiClient {
  private readonly warned = new Set<string>();

  constructor(
    private readonly tool: Pick<ToolContext, "kube" | "stderr" | "wait" | "nowMs" | "pid" | "onEnd">,
    readonly connection: Connection,
    private readonly options: { verbosity: number; warningsAsErrors: boolean },
  ) {}

  /** The answer's body; throws `ApiError` on a failure, `ConnectionRefused` where no server is. */
  async request<T = any>(method: HttpMethod, path: string, options: RequestOptions = {}): Promise<T> {
    return (await this.response(method, path, options)).body as T;
  }

  async response(method: HttpMethod, path: string, options: RequestOptions = {}): Promise<ApiResponse> {
    const response = await this.tool.wait(this.tool.kube.request(this.build(method, path, options)));
    if (response.refused) throw new ConnectionRefused(this.connection.host);
    this.log(method, path, options.query, response.status);
    this.warn(response.warnings ?? []);
    if (response.status >= 400) throw apiError(response);
    return response;
  }

  get<T = any>(path: string, query?: Query, headers?: Record<string, string>): Promise<T> {
    return this.request<T>("GET", path, { ...(query && { query }), ...(headers && { headers }) });
  }

  watch(
    path: string,
    query: Query,
    onEvent: (event: WatchEvent) => void,
    onEnd: () => void,
    headers?: Record<string, string>,
  ): { stop(): void } {
    const request = this.build("GET", path, { query: { ...query, watch: "true" }, ...(headers && { headers }) });
    this.log("GET", path, request.query, 200);
    const watch = this.tool.kube.watch(request, onEvent, onEnd);
    this.tool.onEnd(() => watch.stop());
    return watch;
  }

  async connect(path: string, query: Query): Promise<ApiStream> {
    try {
      const stream = await this.tool.wait(this.tool.kube.connect(this.build("GET", path, { query })));
      this.tool.onEnd(() => stream.close());
      return stream;
    } catch (error) {
      const status = (error as { status?: Status }).status;
      // The kubelet's own refusal comes as plain text through the API server.
      if (status?.message?.startsWith("unable to upgrade connection: ")) throw new CliError(status.message);
      if (status?.kind === "Status") throw new ApiError(status);
      throw error;
    }
  }

  private build(method: HttpMethod, path: string, { query, headers, body }: RequestOptions): ApiRequest {
    if (!this.connection.reachable) throw new ConnectionRefused(this.connection.host);
    return {
      method,
      path,
      ...(query && { query }),
      headers: { accept: "application/json", ...this.connection.headers, ...headers },
      ...(body !== undefined && { body }),
    };
  }

  private warn(warnings: string[]): void {
    for (const warning of warnings) {
      if (this.warned.has(warning)) continue;
      this.warned.add(warning);
      void this.tool.stderr.write(`Warning: ${warning}\n`);
    }
    if (this.options.warningsAsErrors && warnings.length > 0) {
      throw new CliError(`${warnings.length} warning${warnings.length === 1 ? "" : "s"} received`);
    }
  }

  private log(method: string, path: string, query: Query | undefined, status: number): void {
    if (this.options.verbosity < LOG_REQUESTS_AT) return;
    const url = `${this.connection.server}${path}${queryString(query)}`;
    const reason =
      status === 200
        ? "200 OK"
        : status === 201
          ? "201 Created"
          : status === 404
            ? "404 Not Found"
            : status === 409
              ? "409 Conflict"
              : String(status);
    const line = `"Response" verb="${method}" url="${url}" status="${reason}" milliseconds=1`;
    void this.tool.stderr.write(klogLine(this.tool, "I", "round_trippers.go:632", line));
  }
}

function queryString(query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value]).map((each) => `${encodeURIComponent(key)}=${encodeURIComponent(each)}`),
  );
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}

function apiError(response: ApiResponse): Error {
  const status = response.body as Status | string;
  if (typeof status === "object" && status?.kind === "Status") return new ApiError(status);
  return new ApiError({
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message: String(status),
    code: response.status,
  });
}
