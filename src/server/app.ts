import type { Server } from "node:http";
import { createAuth, sessionSecret } from "./auth/auth";
import { makeSetupToken } from "./auth/setup";
import { Catalogue, seedChallenges } from "./challenges/catalogue";
import { describeProblem, readChallenges, readTracks } from "./challenges/folder";
import { ClassRooms } from "./classes/rooms";
import { Rounds } from "./classes/rounds";
import { connectDatabase } from "./db/client";
import { createHttp, type PageHandler } from "./http";
import { KubeGateway } from "./labs/kube-gateway";
import type { LabPool } from "./labs/pool";
import { LabService } from "./labs/service";
import { listen } from "./listening";
import { createRealtime, type RealtimeServer } from "./realtime/server";
import type { Services } from "./services";

export interface AppOptions {
  databaseUrl: string;
  publicUrl: string;
  challengesFolder: string;
  trustProxy: boolean;
  pool: LabPool;
  pages: PageHandler;
  log?: (line: string) => void;
}

export interface App {
  services: Services;
  http: Server;
  realtime: RealtimeServer;
  /** The secret of the one-time link, while the site has no administrator. */
  setupToken: string | undefined;
  listen(port: number, host?: string): Promise<number>;
  close(): Promise<void>;
}

/** Everything behind one port, on a database that has been migrated. */
export async function createApp(options: AppOptions): Promise<App> {
  const { pool, log = () => {} } = options;
  const db = connectDatabase(options.databaseUrl);
  const { challenges, problems } = await readChallenges(options.challengesFolder);
  for (const problem of problems) log(`Left out: ${describeProblem(problem)}`);
  await seedChallenges(db, challenges);
  const catalogue = await Catalogue.load(db, await readTracks(options.challengesFolder));
  const secret = await sessionSecret(db);
  const auth = createAuth(db, { secret, publicUrl: options.publicUrl });
  const labs = new LabService(db, catalogue, pool);
  const rooms = new ClassRooms(db, catalogue, labs);
  const rounds = new Rounds(db, catalogue, labs);
  await Promise.all([rooms.load(), rounds.load()]);
  const kube = new KubeGateway(db, labs, rooms, secret);
  const services: Services = { db, auth, catalogue, labs, rooms, rounds, kube };
  const publicHost = new URL(options.publicUrl).host;
  const http = createHttp({ services, pages: options.pages, trustProxy: options.trustProxy, publicHost });
  const realtime = createRealtime(http, services, publicHost);
  return {
    services,
    http,
    realtime,
    setupToken: await makeSetupToken(db),
    listen: (port, host) => listen(http, port, host),
    close: async () => {
      rooms.close();
      rounds.close();
      kube.close();
      await realtime.close();
      http.closeAllConnections();
      await pool.close();
      await labs.settled();
      await db.$disconnect();
    },
  };
}
