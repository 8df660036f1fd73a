import type { Hop, NetworkOutcome } from "../network/types";
import type { KubeObject, UserInfo } from "../types";

export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS";

/** One request to the API server, as HTTP would carry it, but with the body already parsed. */
export interface ApiRequest {
  method: HttpMethod;
  /** Without query, e.g. `/apis/apps/v1/namespaces/default/deployments/web/scale`. */
  path: string;
  query?: Record<string, string | string[]>;
  /** Names in lower case. `content-type` of a PATCH names its kind; `accept` asks for a Table. */
  headers?: Record<string, string>;
  body?: unknown;
  /** What the client showed when TLS was set up, as PEM. */
  clientCertificate?: string;
  /** Left out: the learner, a cluster-admin. */
  user?: UserInfo;
}

export interface ApiResponse {
  status: number;
  headers?: Record<string, string>;
  /** A frozen object (a kind, a List, a Table, a Status), or text for logs, `/healthz` and the like. */
  body: unknown;
  /** What the real server sends as `Warning: 299` headers. */
  warnings?: string[];
  /** The way that a proxied request took: the map draws it. */
  traffic?: { hops: Hop[]; outcome: NetworkOutcome };
  /** There is no answer: the connection was refused. `status` is 503, for those who look at nothing else. */
  refused?: true;
}

export type WatchType = "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";

export interface WatchEvent {
  type: WatchType;
  object: unknown;
}

/** One write to the store. `previous` is absent on ADDED; on DELETED `object` is the last state with its final resourceVersion. */
export interface Change {
  type: "ADDED" | "MODIFIED" | "DELETED";
  /** `pods`, `deployments.apps` */
  resource: string;
  resourceVersion: number;
  object: KubeObject;
  previous?: KubeObject;
}
