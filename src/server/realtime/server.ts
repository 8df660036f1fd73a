import type { Server as HttpServer } from "node:http";
import { Server } from "socket.io";
import { sameOrigin, userOf } from "../auth/session";
import type { Services } from "../services";
import {
  boardRoom,
  Connection,
  classRoom,
  labRoom,
  type PodiumSocket,
  roundsRoom,
  terminalRoom,
  userRoom,
} from "./connection";
import type { ClientEvents, ServerEvents } from "./protocol";

const MESSAGE_LIMIT_BYTES = 1024 * 1024;

export type RealtimeServer = Server<ClientEvents, ServerEvents, Record<string, never>, PodiumSocket["data"]>;

/** Streams to and from pages. A page without a session is refused: `connect_error` with the message UNAUTHORIZED. */
export function createRealtime(http: HttpServer, services: Services, allowedHost?: string): RealtimeServer {
  const io: RealtimeServer = new Server(http, {
    path: "/socket.io",
    serveClient: false,
    // Other upgrades are Next's (hot reload).
    destroyUpgrade: false,
    maxHttpBufferSize: MESSAGE_LIMIT_BYTES,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    allowRequest: (request, decide) => {
      const { origin, host } = request.headers;
      decide(null, sameOrigin(origin, host) || sameOrigin(origin, allowedHost));
    },
  });
  io.use(async (socket, next) => {
    try {
      const headers = new Headers({ cookie: socket.handshake.headers.cookie ?? "" });
      const user = await userOf(services.auth, headers);
      if (!user) return next(new Error("UNAUTHORIZED"));
      socket.data = { user, headers };
      next();
    } catch (error) {
      console.error(error);
      next(new Error("INTERNAL_SERVER_ERROR"));
    }
  });
  io.on("connection", (socket) => void new Connection(socket, services));

  services.labs.events.on("emit", (labId, event, payload) => {
    const room =
      event === "terminal:output"
        ? terminalRoom(labId, (payload as { terminalId: string }).terminalId)
        : labRoom(labId);
    (io.to(room) as { emit(event: string, payload: unknown): void }).emit(event, payload);
  });
  services.rooms.events.on("tile", (classId, tile) =>
    io.to(classRoom(classId)).emit("class:tile", { ...tile, classId }),
  );
  services.rooms.events.on("board", (classId, board) =>
    io.to([classRoom(classId), boardRoom(classId)]).emit("class:board", board),
  );
  services.rounds.events.on("round", (classId, forStaff, forLearners) => {
    io.to(roundsRoom(classId, true)).emit("class:round", forStaff);
    io.to(roundsRoom(classId, false)).emit("class:round", forLearners);
  });
  services.rooms.events.on("notice", async (classId, notice) => {
    const members = await services.db.membership.findMany({ where: { classId }, select: { userId: true } });
    if (members.length > 0) io.to(members.map(({ userId }) => userRoom(userId))).emit("notice", notice);
  });
  services.rooms.events.on("word", (userId, notice) => io.to(userRoom(userId)).emit("notice", notice));
  services.rooms.events.on("frozen", async (classId, frozen) => {
    const members = await services.db.membership.findMany({ where: { classId }, select: { userId: true } });
    if (members.length > 0)
      io.to(members.map(({ userId }) => userRoom(userId))).emit("class:frozen", { classId, frozen });
  });
  // What a page may see was decided when it opened it; a changed role makes its pages ask again.
  services.rooms.events.on("member", (_, userId) => io.in(userRoom(userId)).disconnectSockets(true));
  return io;
}
