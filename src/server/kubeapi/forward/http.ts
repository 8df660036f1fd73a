import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { decodeBytes, encodeBytes } from "@/posix/files/bytes";
import type { HttpResponse, NetworkRequest } from "@/sim/network/types";
import type { PodForward } from "./pod-forward";

/** What a program of the simulation takes in one request. */
const BODY_LIMIT_BYTES = 3 * 1024 * 1024;
const TOO_LARGE = 413;

/** Reads the requests of a forwarded connection, puts each into the pod, and writes what came back. */
export function serveHttp(forward: PodForward, port: number, connection: Duplex): void {
  const server: Server = createServer((request, response) => {
    answer(forward, port, request, response).catch(() => connection.destroy());
  });
  server.requestTimeout = 0;
  server.emit("connection", connection);
}

async function answer(
  forward: PodForward,
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await bodyOf(request);
  if (body === undefined) {
    response.writeHead(TOO_LARGE).end();
    return;
  }
  const result = await forward.exchange(port, httpPayload(request, request.url ?? "/", body));
  const http = result?.response.http;
  if (result?.response.outcome === "timeout") return;
  if (!http) {
    request.socket.destroy();
    return;
  }
  sendHttp(response, http, request.method === "HEAD");
}

export async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function httpPayload(
  request: IncomingMessage,
  path: string,
  body: Uint8Array,
): Extract<NetworkRequest["payload"], { kind: "http" }> {
  const { method = "GET", rawHeaders } = request;
  const headers: [string, string][] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) headers.push([rawHeaders[index]!, rawHeaders[index + 1]!]);
  return { kind: "http", http: { method, path, headers, body: decodeBytes(body) } };
}

/** A program's answer, byte for byte; its length is told where the program did not. */
export function sendHttp(response: ServerResponse, { status, headers, body }: HttpResponse, headOnly: boolean): void {
  const bytes = encodeBytes(body);
  response.sendDate = false;
  const named = headers.filter(([name]) => !["transfer-encoding", "connection"].includes(name.toLowerCase()));
  if (!headOnly && !named.some(([name]) => name.toLowerCase() === "content-length"))
    named.push(["Content-Length", String(bytes.length)]);
  response.writeHead(status, named.flat());
  response.end(headOnly ? undefined : bytes);
}
