import { createHmac } from "node:crypto";
import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { type Duplex, pipeline } from "node:stream";
import { failure, StatusError } from "@/sim/apiserver/status";
import type { ClassRooms } from "../classes/rooms";
import type { Database } from "../db/client";
import { AppError } from "../errors";
import { kubeconfigFor } from "../kubeapi/kubeconfig";
import { refuse, refuseUpgrade } from "../kubeapi/refuse";
import { authorizedPath, tokenPath } from "../kubeapi/users";
import { RateLimit } from "../rate-limit";
import { LAB_HEADER } from "./api-server";
import type { LabService } from "./service";

/** A lab's API, as kubectl and other clients of Kubernetes reach it. */
const PATH = /^\/labs\/([A-Za-z0-9_-]{1,64})\/kube(?=[/?]|$)/;

export const isKubePath = (url: string | undefined): boolean => PATH.test(url ?? "");

/** Time goes on for so long after a client's last request. */
const LINGER_MS = 60_000;
/** Requests of one lab that are under way at once, watches and streams among them. */
export const OPEN_LIMIT = 100;
/** What is known of a lab's row is believed for so long. */
const ROW_MS = 5_000;
const ROWS_LIMIT = 1_000;
const BURST = 400;
const PER_MINUTE = 3_000;
/** Refused requests of one address. */
const REFUSED_BURST = 60;
const REFUSED_PER_MINUTE = 60;

const FROZEN = "your instructor has stopped all input for a moment";
const unauthorized = failure(401, "Unauthorized", "Unauthorized");
const tooMany = failure(429, "TooManyRequests", "too many requests, please try again later");
const unavailable = failure(503, "ServiceUnavailable", "the lab does not answer; try again in a moment");
const RETRY = { "retry-after": "1" };

const READS = new Set(["GET", "HEAD", "OPTIONS"]);
const ACTS = /\/(exec|attach|portforward|proxy)(\/|\?|$)/;

/** What concerns this hop only, what says who asks, and what the worker is told by nobody but us. */
const OURS = new Set([
  "cookie",
  "origin",
  "referer",
  "forwarded",
  "via",
  "keep-alive",
  "expect",
  "proxy-authorization",
  LAB_HEADER,
]);

interface Known {
  ownerId: string;
  classId: string | null;
  until: number;
}

interface Admitted {
  labId: string;
  classId: string | null;
  apiSocket: string;
  path: string;
  headers: [string, string][];
  /** The request is over. */
  leave(): void;
}

/** Lets requests with a lab's token through to the worker that holds the lab. */
export class KubeGateway {
  private readonly known = new Map<string, Known>();
  private readonly requests = new RateLimit(BURST, PER_MINUTE);
  private readonly refused = new RateLimit(REFUSED_BURST, REFUSED_PER_MINUTE);
  private readonly clients = new Map<string, { open: number; timer?: NodeJS.Timeout }>();
  private readonly acting = new Map<Duplex, string | null>();
  private readonly agent = new Agent({ keepAlive: true });

  constructor(
    private readonly db: Database,
    private readonly labs: LabService,
    private readonly rooms: ClassRooms,
    private readonly secret: string,
  ) {
    rooms.events.on("frozen", (classId, frozen) => {
      if (!frozen) return;
      for (const [socket, of] of this.acting) if (of === classId) socket.destroy();
    });
  }

  /** What a lab's owner needs to reach it: nothing of it is stored. */
  access(lab: { id: string; ownerId: string }, origin: string) {
    const token = this.token(lab.id, lab.ownerId);
    const address = `${origin}/labs/${lab.id}/kube`;
    // kubectl sends no token over an unencrypted connection: there it stands in the path.
    const encrypted = origin.startsWith("https:");
    const server = encrypted ? address : `${address}${tokenPath(token)}`;
    const name = `podium-${lab.id.slice(0, 8)}`;
    return { name, server, token, kubeconfig: kubeconfigFor(server, token, name) };
  }

  handle(request: IncomingMessage, response: ServerResponse, ip: string): void {
    this.admit(request, ip)
      .then((admitted) => {
        response.on("close", admitted.leave);
        if (response.destroyed) return admitted.leave();
        this.pass(request, response, admitted);
      })
      .catch((error) => refuse(response, error, isBusy(error) ? RETRY : {}));
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, ip: string): void {
    socket.on("error", () => socket.destroy());
    this.admit(request, ip)
      .then((admitted) => {
        socket.on("close", admitted.leave);
        if (socket.destroyed) return admitted.leave();
        this.acting.set(socket, admitted.classId);
        socket.on("close", () => this.acting.delete(socket));
        splice(request, socket, head, admitted);
      })
      .catch((error) => void refuseUpgrade(request, socket, error));
  }

  close(): void {
    this.agent.destroy();
    for (const { timer } of this.clients.values()) clearTimeout(timer);
  }

  private token(labId: string, ownerId: string): string {
    return createHmac("sha256", this.secret).update(`kube/${labId}/${ownerId}`).digest("base64url");
  }

  /** Who may come in, with the lab awake. Throws a Status for all others. */
  private async admit(request: IncomingMessage, ip: string): Promise<Admitted> {
    const url = request.url ?? "/";
    const labId = PATH.exec(url)![1]!;
    const row = await this.row(labId);
    const rest = url.replace(PATH, "") || "/";
    const [given, query] = split(rest.startsWith("/") ? rest : `/${rest}`);
    const path = row && authorizedPath(request, given, this.token(labId, row.ownerId));
    if (!row || path === undefined) throw this.refused.take(ip) ? unauthorized : tooMany;
    if (!this.requests.take(labId)) throw tooMany;
    if ((this.clients.get(labId)?.open ?? 0) >= OPEN_LIMIT) throw tooMany;
    const writes = !READS.has(request.method ?? "") || ACTS.test(path);
    if (writes && row.classId && this.rooms.isFrozen(row.classId)) throw failure(403, "Forbidden", FROZEN);
    // Whoever looks on lets time run; so does a client, already while the lab wakes.
    const leave = this.enter(labId);
    try {
      const apiSocket = await this.awake(labId);
      const headers = headersFor(request, labId, path === given);
      return { labId, classId: row.classId, apiSocket, path: path + query, headers, leave };
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** Where the lab answers, once it is awake. */
  private async awake(labId: string): Promise<string> {
    await this.labs.wake(labId).catch((error) => {
      // Closed a moment ago.
      if (error instanceof AppError) throw unauthorized;
      console.error(error);
      throw unavailable;
    });
    const apiSocket = this.labs.pool.apiSocket(labId);
    if (!apiSocket) throw unavailable;
    return apiSocket;
  }

  private async row(labId: string): Promise<Known | undefined> {
    const now = performance.now();
    const known = this.known.get(labId);
    if (known && known.until > now) return known;
    const lab = await this.db.lab.findUnique({
      where: { id: labId },
      select: { ownerId: true, classId: true, status: true },
    });
    this.known.delete(labId);
    if (lab?.status !== "open") return undefined;
    const fresh = { ownerId: lab.ownerId, classId: lab.classId, until: now + ROW_MS };
    this.known.set(labId, fresh);
    if (this.known.size > ROWS_LIMIT) this.known.delete(this.known.keys().next().value!);
    return fresh;
  }

  /** A request is under way; the answer says that it is over. */
  private enter(labId: string): () => void {
    let client = this.clients.get(labId);
    if (!client) {
      client = { open: 0 };
      this.clients.set(labId, client);
      this.labs.look(labId, 1);
    }
    clearTimeout(client.timer);
    client.open++;
    const entered = client;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      entered.open--;
      if (entered.open > 0) return;
      entered.timer = setTimeout(() => {
        this.clients.delete(labId);
        this.labs.look(labId, -1);
      }, LINGER_MS).unref();
    };
  }

  private pass(request: IncomingMessage, response: ServerResponse, { apiSocket, path, headers }: Admitted): void {
    const outgoing = httpRequest({
      socketPath: apiSocket,
      agent: this.agent,
      method: request.method,
      path,
      headers: headers.filter(([name]) => name.toLowerCase() !== "connection").flat(),
    });
    outgoing.on("response", (incoming) => {
      response.writeHead(incoming.statusCode!, incoming.rawHeaders.length > 0 ? endToEnd(incoming) : []);
      response.flushHeaders();
      pipeline(incoming, response, () => outgoing.destroy());
    });
    outgoing.on("error", () => refuse(response, unavailable, RETRY));
    response.on("close", () => outgoing.destroy());
    request.pipe(outgoing);
  }
}

const isBusy = (error: unknown) => error instanceof StatusError && (error.code === 429 || error.code === 503);

const split = (url: string): [path: string, query: string] => {
  const at = url.indexOf("?");
  return at < 0 ? [url, ""] : [url.slice(0, at), url.slice(at)];
};

/** The client's headers as it sent them, repeated ones apart. A token that was ours goes no further. */
function headersFor({ rawHeaders }: IncomingMessage, labId: string, ourToken: boolean): [string, string][] {
  const kept: [string, string][] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!.toLowerCase();
    const own = OURS.has(name) || name === "host" || name.startsWith("x-forwarded-");
    if (!own && !(ourToken && name === "authorization")) kept.push([rawHeaders[index]!, rawHeaders[index + 1]!]);
  }
  return [["Host", "localhost"], [LAB_HEADER, labId], ...kept];
}

const HOP = new Set(["connection", "keep-alive", "transfer-encoding"]);

function endToEnd({ rawHeaders }: IncomingMessage): string[] {
  return rawHeaders.filter((_, index) => !HOP.has(rawHeaders[index - (index % 2)]!.toLowerCase()));
}

/** Two ends of one connection: what is upgraded is nobody's business in between. */
function splice(request: IncomingMessage, socket: Duplex, head: Buffer, { apiSocket, path, headers }: Admitted): void {
  const upstream = connect(apiSocket);
  const lines = [`${request.method} ${path} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  upstream.write(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  if (head.length > 0) upstream.write(head);
  socket.pipe(upstream);
  upstream.pipe(socket);
  upstream.on("error", () => socket.destroy());
  upstream.on("close", () => socket.destroy());
  socket.on("close", () => upstream.destroy());
}
