import { Agent, createServer, request as httpRequest, type IncomingMessage } from "node:http";
import type { Cluster } from "@/sim/cluster";
import { Lab } from "@/workstation/lab/lab";
import { listen } from "../../listening";
import { labCluster } from "../backend";
import { createKubeApiHandler, type KubeApiHandler } from "../handler";
import { RequestMaker, type WireRequest } from "./requests";

export interface Finding {
  /** Makes the same cluster and the same requests again. */
  seed: string;
  /** Which request of the seed. */
  at: number;
  what: string;
  request: string;
}

export interface FuzzResult {
  requests: number;
  byStatus: Record<number, number>;
  findings: Finding[];
}

/** A cluster is used for so many requests, so that a seed is soon gone through again. */
export const ROUND = 250;
/** No answer takes longer. */
const PATIENCE_MS = 20_000;
const LEAP_MS = 4_000;
const FINDINGS_LIMIT = 50;
const SHOWN = 2_000;

const TRACE =
  /\n\s+at \S+ \(|\.ts:\d|TypeError|RangeError|ReferenceError|Cannot read prop|is not a function|is not iterable|\bundefined\b/;

/** What Kubernetes itself answers with 500: its server-side apply leaves errors of types without a code. */
const LIKE_UPSTREAM = /"?message"?: ?"failed to create typed (patch|live) object/;

/** Sends seeded requests over HTTP to fresh clusters and looks at every answer, and at the cluster after it. */
export async function fuzz(options: { requests: number; seed: string }): Promise<FuzzResult> {
  const result: FuzzResult = { requests: 0, byStatus: {}, findings: [] };
  let handler: KubeApiHandler | undefined;
  const server = createServer((request, response) => handler!.handle(request, response));
  const port = await listen(server, 0, "127.0.0.1");
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const told = console.error;
  const logged: string[] = [];
  console.error = (...given) => logged.push(given.map((one) => (one as Error)?.stack ?? String(one)).join(" "));
  try {
    for (let round = 0; result.requests < options.requests && result.findings.length < FINDINGS_LIMIT; round++) {
      const seed = `${options.seed}/${round}`;
      const lab = Lab.create({ seed, startMs: Date.UTC(2026, 0, 5) });
      handler = createKubeApiHandler({ cluster: labCluster(lab, { catchUp: async () => {}, wake() {} }), prefix: "" });
      const maker = new RequestMaker(seed);
      for (let at = 0; at < ROUND && result.requests < options.requests; at++) {
        const request = maker.next(lab.cluster.inside.kinds);
        result.requests++;
        const found = (what: string) => result.findings.push({ seed, at, what, request: shown(request) });
        const answer = await sent(request, port, agent);
        result.byStatus[answer.status] = (result.byStatus[answer.status] ?? 0) + 1;
        for (const what of wrong(request, answer)) found(what);
        for (const line of logged.splice(0)) found(line.slice(0, SHOWN));
        const shared = Object.keys(Object.prototype);
        if (shared.length > 0) {
          found(`all objects have ${shared.join(", ")} now`);
          for (const name of shared) delete (Object.prototype as any)[name];
        }
        try {
          await lab.advanceTo(lab.nowMs + maker.upTo(LEAP_MS));
          for (const breach of breaches(lab.cluster)) found(breach);
        } catch (error) {
          found(`time does not go on: ${(error as Error).stack?.slice(0, SHOWN)}`);
          break;
        }
      }
    }
  } finally {
    console.error = told;
    agent.destroy();
    server.closeAllConnections();
    server.close();
  }
  return result;
}

interface Answer {
  status: number;
  type: string;
  text: string;
  error?: string;
}

function sent(request: WireRequest, port: number, agent: Agent): Promise<Answer> {
  return new Promise((resolve) => {
    const { method, path, headers, body } = request;
    const length = body ? { "content-length": String(body.length) } : {};
    const outgoing = httpRequest({ host: "127.0.0.1", port, agent, method, path, headers: { ...headers, ...length } });
    const fail = (error: string) => {
      resolve({ status: 0, type: "", text: "", error });
      outgoing.destroy();
    };
    outgoing.setTimeout(PATIENCE_MS, () => fail("no answer"));
    outgoing.on("error", (error) => fail(error.message));
    outgoing.on("response", (incoming: IncomingMessage) => {
      const answer = { status: incoming.statusCode!, type: incoming.headers["content-type"] ?? "", text: "" };
      if (isOpenEnded(incoming)) {
        resolve(answer);
        outgoing.destroy();
        return;
      }
      incoming.setEncoding("utf8");
      incoming.on("data", (chunk) => {
        answer.text += chunk;
      });
      incoming.on("end", () => resolve(answer));
    });
    outgoing.end(body);
  });
}

/** Watches and logs that are followed have no length. */
const isOpenEnded = ({ statusCode, headers }: IncomingMessage) =>
  statusCode === 200 && headers["content-length"] === undefined;

/** What is wrong with an answer. */
function wrong({ method }: WireRequest, { status, type, text, error }: Answer): string[] {
  if (error !== undefined) return [error];
  const found: string[] = [];
  if (status >= 500 && status !== 503 && status !== 504 && !LIKE_UPSTREAM.test(text))
    found.push(`${status}: ${text.slice(0, SHOWN)}`);
  if (status < 400 || method === "HEAD") return found;
  if (TRACE.test(text.replace(/"(details|metadata)":.*/, "")))
    found.push(`an inner failure is told: ${text.slice(0, SHOWN)}`);
  if (type.startsWith("text/plain") && (status === 404 || status === 405)) return found;
  if (type === "application/yaml") return found;
  try {
    const { kind, code, message } = JSON.parse(text);
    if (kind !== "Status" || code !== status || !message) found.push(`no Status of ${status}: ${text.slice(0, SHOWN)}`);
  } catch {
    found.push(`${status} without a Status: ${text.slice(0, SHOWN)}`);
  }
  return found;
}

/** What must hold of a store after any request. */
function breaches({ store, inside }: Cluster): string[] {
  const found: string[] = [];
  const uids = new Set<string>();
  const resources = new Map(inside.kinds.all.map((kind) => [resourceOf(kind), kind]));
  for (const [resource, kind] of resources) {
    for (const { metadata } of store.list(resource)) {
      const name = `${resource} ${metadata.namespace ?? ""}/${metadata.name}`;
      if (!metadata.name || !metadata.uid) found.push(`${name} has no name or uid`);
      else if (uids.has(metadata.uid)) found.push(`${name} has another object's uid`);
      uids.add(metadata.uid);
      if (Number(metadata.resourceVersion) > store.resourceVersion) found.push(`${name} is ahead of the store`);
      if ((metadata.namespace !== undefined) !== kind.namespaced) found.push(`${name} is in a wrong namespace`);
    }
  }
  return found;
}

const resourceOf = ({ plural, group }: { plural: string; group: string }) =>
  group === "" ? plural : `${plural}.${group}`;

const shown = ({ method, path, headers, body }: WireRequest) =>
  `${method} ${path.slice(0, 300)} ${headers["content-type"] ?? ""} ${body?.toString("utf8").slice(0, 600) ?? ""}`;
