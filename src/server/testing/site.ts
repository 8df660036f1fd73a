import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { io, type Socket } from "socket.io-client";
import type { Challenge } from "@/challenges/schema";
import { type App, createApp } from "../app";
import { toSessionUser } from "../auth/session";
import { Catalogue, seedChallenges } from "../challenges/catalogue";
import type { LabPool } from "../labs/pool";
import type { Ack, ClientEvents, ServerEvents } from "../realtime/protocol";
import type { Context } from "../trpc/init";
import { callerFor } from "../trpc/router";
import { testChallenge } from "./challenge";
import { testDatabase } from "./database";
import { FakePool } from "./fake-pool";

/** A person with a browser: cookies, procedures, a socket. */
export interface Visitor {
  api: ReturnType<typeof callerFor>;
  cookies: Map<string, string>;
  connect(): Promise<PageSocket>;
}

export interface PageSocket {
  socket: Socket<ServerEvents, ClientEvents>;
  ask<E extends keyof ClientEvents>(event: E, input: Parameters<ClientEvents[E]>[0]): Promise<AckAnswer<E>>;
  close(): void;
}

type AckAnswer<E extends keyof ClientEvents> =
  Parameters<ClientEvents[E]> extends [any, Ack<infer T>]
    ? { ok: true; data: T } | { ok: false; error: { code: string; message: string } }
    : { ok: true; data: undefined } | { ok: false; error: { code: string; message: string } };

export interface Site<P extends LabPool = FakePool> {
  app: App;
  pool: P;
  origin: string;
  visitor(): Visitor;
  close(): Promise<void>;
}

/** A whole site without pages, on a database of its own. */
export async function startSite<P extends LabPool = FakePool>(
  options: { challenges?: Challenge[]; source?: Record<string, string>; pool?: (databaseUrl: string) => P } = {},
): Promise<Site<P>> {
  const databaseUrl = await testDatabase();
  const pool = (options.pool?.(databaseUrl) ?? new FakePool()) as P;
  const app = await createApp({
    databaseUrl,
    publicUrl: "http://localhost:3000",
    challengesFolder: mkdtempSync(path.join(tmpdir(), "podium-no-challenges-")),
    trustProxy: false,
    pool,
    pages: async (_, response) => {
      response.writeHead(404).end();
    },
  });
  const challenges = options.challenges ?? [testChallenge()];
  await seedChallenges(
    app.services.db,
    challenges.map((challenge) => ({
      challenge,
      checksum: "test",
      ...(options.source && { source: options.source }),
    })),
  );
  Object.assign(app.services.catalogue, await Catalogue.load(app.services.db));
  const port = await app.listen(0, "127.0.0.1");
  const origin = `http://127.0.0.1:${port}`;
  return { app, pool, origin, visitor: () => visitor(app, origin), close: () => app.close() };
}

function visitor(app: App, origin: string): Visitor {
  const cookies = new Map<string, string>();
  const header = () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const context = async (): Promise<Context> => {
    const headers = new Headers({ cookie: header() });
    const session = cookies.size > 0 ? await app.services.auth.api.getSession({ headers }) : null;
    return {
      services: app.services,
      user: session ? toSessionUser(session.user) : null,
      headers,
      ip: "127.0.0.1",
      setCookies: (set) => {
        for (const cookie of set) {
          const [name, value] = cookie.split(";")[0]!.split(/=(.*)/s) as [string, string];
          if (value === "") cookies.delete(name);
          else cookies.set(name, value);
        }
      },
    };
  };
  return {
    api: callerFor(context as unknown as () => Promise<Context>),
    cookies,
    connect: () => connect(origin, header()),
  };
}

function connect(origin: string, cookie: string): Promise<PageSocket> {
  const socket: Socket<ServerEvents, ClientEvents> = io(origin, {
    transports: ["websocket"],
    extraHeaders: { cookie },
    reconnection: false,
    forceNew: true,
  });
  const ask = (event: string, input: unknown) => (socket as Socket).timeout(10_000).emitWithAck(event, input);
  const page = { socket, ask: ask as PageSocket["ask"], close: () => void socket.disconnect() };
  return new Promise((resolve, reject) => {
    socket.once("connect", () => resolve(page));
    socket.once("connect_error", (error) => {
      socket.disconnect();
      reject(error);
    });
  });
}
