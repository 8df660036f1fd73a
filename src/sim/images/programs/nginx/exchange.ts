import type { HttpRequest } from "../../../network/types";
import type { IncomingRequest, ProgramContext } from "../../program";
import type { Configuration, Location, Server, Settings } from "./configuration";

/** What changes while nginx serves: counters that outlive a request. */
export interface Counters {
  /** Connections so far: `*17` in the error log. */
  connections: number;
  /** Turns per upstream. */
  turns: Record<string, number>;
  /** Peers that failed: when they are tried again. */
  failedUntilMs: Record<string, number>;
}

/** One request on its way through nginx's phases. */
export interface Exchange {
  configuration: Configuration;
  version: string;
  context: ProgramContext;
  incoming: IncomingRequest;
  http: HttpRequest;
  counters: Counters;
  connection: number;
  server: Server;
  settings: Settings;
  location?: Location;
  ssl: boolean;
  /** Decoded, as rewritten so far, without query. */
  uri: string;
  args: string;
  /** Whether `uri` was changed, so that a proxy cannot pass the original on. */
  rewritten: boolean;
  host: string;
  method: string;
  user: string;
  values: Map<string, string>;
  captures: string[];
  upstreamAddress: string;
  upstreamStatus: string;
  /** Set while an error page is made: the status that it stands for. */
  errorStatus?: number;
  delayMs: number;
  errors: string[];
}

/** What a phase made of the request. */
export type Answer =
  | { kind: "response"; status: number; headers: [string, string][]; body: string; type?: string }
  /** nginx's own page for a status; `error_page` may replace it. */
  | { kind: "page"; status: number; headers?: [string, string][] }
  | { kind: "redirect-inside"; uri: string }
  | { kind: "named"; name: string }
  /** The connection is closed with no answer (444). */
  | { kind: "close" };

export const page = (status: number, headers?: [string, string][]): Answer => ({
  kind: "page",
  status,
  ...(headers && { headers }),
});

/** A line for the error log, with the request that it is about, as nginx ends them. */
export function logError(exchange: Exchange, message: string, upstream?: string, level = "error"): void {
  const { incoming, http, server, connection, context } = exchange;
  const about = [
    message,
    `client: ${incoming.remote.address}`,
    `server: ${server.names[0]}`,
    `request: "${http.method} ${http.path} HTTP/1.1"`,
    ...(upstream ? [`upstream: "${upstream}"`] : []),
    ...(exchange.host ? [`host: "${headerOf(http, "host") ?? exchange.host}"`] : []),
  ];
  exchange.errors.push(`${level}\u0000${connection}\u0000${context.nowMs}\u0000${about.join(", ")}`);
}

export function headerOf(message: { headers: [string, string][] }, name: string): string | undefined {
  return message.headers.find(([key]) => key.toLowerCase() === name)?.[1];
}
