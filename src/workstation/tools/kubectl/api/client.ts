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
  /** The path is the user's own: errors do not say what was asked of which resource. */
  plain?: boolean;
}

/** From here on, requests are logged: `-v=6`. */
const LOG_REQUESTS_AT = 6;

/** Requests to the API server, with kubectl's own treatment of warnings, failures and `-v`. */
export class ApiClient {
  private readonly warned = new Set<string>();

  constructor(
    private readonly tool: Pick<ToolContext, "kube" | "stderr" | "wait" | "nowMs" | "pid" | "onEnd" | "sleep">,
    readonly connection: Connection,
    private readonly options: { verbosity: number; requestTimeoutMs?: number },
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
    if (response.status >= 400) throw apiError(response, options.plain ? "" : targetOf(method, path));
    return response;
  }

  /** The answer as it comes, failures too: for who passes it on. */
  pass(method: HttpMethod, path: string, options: RequestOptions): Promise<ApiResponse> {
    return this.tool.wait(this.tool.kube.request(this.build(method, path, options)));
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
    const { requestTimeoutMs } = this.options;
    if (requestTimeoutMs)
      void this.tool.wait(this.tool.sleep(requestTimeoutMs)).then(
        () => {
          watch.stop();
          onEnd();
        },
        () => {},
      );
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

  /** How many warnings were printed. */
  get warnings(): number {
    return this.warned.size;
  }

  private build(method: HttpMethod, path: string, { query, headers, body }: RequestOptions): ApiRequest {
    if (!this.connection.reachable) throw new ConnectionRefused(this.connection.host);
    const { clientCertificate } = this.connection;
    return {
      method,
      path,
      ...(clientCertificate && { clientCertificate }),
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

/** What a server says that does not know a path at all; the client adds what it had asked for. */
const NO_SUCH_PATH = "the server could not find the requested resource";

/** ` (get pods web)`: as the client names a request. */
function targetOf(method: string, path: string): string {
  const match = /^\/(?:api|apis\/([^/]+))\/[^/]+(?:\/namespaces\/[^/]+(?=\/))?\/([^/]+)(?:\/([^/]+))?/.exec(path);
  if (!match) return "";
  const [, group, plural, name] = match;
  return ` (${method.toLowerCase()} ${plural}${group ? `.${group}` : ""}${name ? ` ${name}` : ""})`;
}

function apiError(response: ApiResponse, target: string): Error {
  const status = response.body as Status | string;
  if (typeof status === "object" && status?.kind === "Status") {
    if (status.message === NO_SUCH_PATH && target) return new ApiError({ ...status, message: NO_SUCH_PATH + target });
    return new ApiError(status);
  }
  return new ApiError({
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message: String(status),
    code: response.status,
  });
}
