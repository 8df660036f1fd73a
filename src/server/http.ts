import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import { sameOrigin, userOf } from "./auth/session";
import { GRADES_PATH, serveGrades } from "./grades-api";
import { isKubePath } from "./labs/kube-gateway";
import type { Services } from "./services";
import type { Context } from "./trpc/init";
import { appRouter } from "./trpc/router";

const TRPC = "/api/trpc/";
const BODY_LIMIT_BYTES = 256 * 1024;

export type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface HttpOptions {
  services: Services;
  pages: PageHandler;
  trustProxy: boolean;
  publicHost: string;
}

/** `/api/trpc`, `/api/health` and the labs' APIs are answered here; all else is Next's. Socket.io attaches itself later. */
export function createHttp(options: HttpOptions): Server {
  const server = createServer((request, response) => {
    handle(request, response, options).catch((error) => {
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.on("upgrade", (request, socket, head) => {
    if (isKubePath(request.url)) options.services.kube.upgrade(request, socket, head, addressOf(request, options));
  });
  return server;
}

async function handle(request: IncomingMessage, response: ServerResponse, options: HttpOptions): Promise<void> {
  if (isKubePath(request.url)) return options.services.kube.handle(request, response, addressOf(request, options));
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("X-Frame-Options", "SAMEORIGIN");
  response.setHeader("Referrer-Policy", "same-origin");
  const path = (request.url ?? "/").split("?")[0]!;
  if (path === "/api/health") {
    const ok = await options.services.db.$queryRaw`SELECT 1`.then(
      () => true,
      () => false,
    );
    response.writeHead(ok ? 200 : 503, { "content-type": "application/json" }).end(JSON.stringify({ ok }));
    return;
  }
  if (GRADES_PATH.test(path)) return serveGrades(request, response, options.services, addressOf(request, options));
  if (path.startsWith(TRPC)) return handleTrpc(request, response, path.slice(TRPC.length), options);
  await options.pages(request, response);
}

async function handleTrpc(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  options: HttpOptions,
): Promise<void> {
  const { origin, host } = request.headers;
  if (request.method !== "GET" && !sameOrigin(origin, host) && !sameOrigin(origin, options.publicHost)) {
    response.writeHead(403).end();
    return;
  }
  await nodeHTTPRequestHandler({
    router: appRouter,
    req: request,
    res: response,
    path,
    maxBodySize: BODY_LIMIT_BYTES,
    createContext: () => contextOf(request, response, options),
    onError: ({ error, path: procedure }) => {
      if (error.code === "INTERNAL_SERVER_ERROR") console.error(`${procedure} failed:`, error.cause ?? error);
    },
  });
}

async function contextOf(request: IncomingMessage, response: ServerResponse, options: HttpOptions): Promise<Context> {
  const { services } = options;
  const headers = new Headers({ cookie: request.headers.cookie ?? "" });
  return {
    services,
    user: await userOf(services.auth, headers),
    headers,
    ip: addressOf(request, options),
    setCookies: (cookies) => {
      for (const cookie of cookies) response.appendHeader("set-cookie", cookie);
    },
  };
}

/** Who asks: behind a trusted proxy, whom the proxy names. */
function addressOf(request: IncomingMessage, { trustProxy }: HttpOptions): string {
  const forwarded = trustProxy
    ? String(request.headers["x-forwarded-for"] ?? "")
        .split(",")
        .at(-1)
        ?.trim()
    : undefined;
  return forwarded || (request.socket.remoteAddress ?? "unknown");
}
