import { basename } from "@/posix/files/path";
import type { Program } from "../program";
import { goResponse, splitTarget } from "./http";

const PORT = 3000;
const GREETING = "Hello World!";
const MEMORY_BYTES = 42 * 1_048_576;
/** SIGTERM to `npm start` is not handed on by its shell; node itself dies of it. */
const KILLED_BY_TERM = 143;

/** zxcvbnius/docker-demo: an Express application that greets on port 3000. */
export const dockerDemo: Program<null> = {
  name: "docker-demo",
  start(context) {
    if (context.portTaken?.(PORT)) {
      return {
        state: null,
        stderr: `Error: listen EADDRINUSE :::${PORT}\n    at Object.exports._errnoException (util.js:1008:11)\n`,
        exit: 1,
      };
    }
    const npm = basename(context.argv[0] ?? "") === "npm";
    const banner = npm ? "\n> docker-demo@0.0.1 start /app\n> node index.js\n\n" : "";
    return {
      state: null,
      stdout: `${banner}Example app listening at http://:::${PORT}\n`,
      listen: [{ port: PORT }],
      memoryBytes: MEMORY_BYTES,
      cpuMillicores: 1,
    };
  },
  onRequest(state, request, context) {
    const http = request.http;
    if (!http || request.tls) return { state, response: {} };
    const { path } = splitTarget(http.path);
    const powered: [string, string][] = [["X-Powered-By", "Express"]];
    const get = http.method === "GET" || http.method === "HEAD";
    if (path === "/" && get) {
      const etag: [string, string] = ["ETag", 'W/"c-7Qdih1MuhjZehB6Sv8UNjA"'];
      return {
        state,
        response: {
          http: goResponse(context.nowMs, http, 200, GREETING, "text/html; charset=utf-8", [...powered, etag]),
        },
      };
    }
    const body = `Cannot ${http.method} ${path}\n`;
    return {
      state,
      response: { http: goResponse(context.nowMs, http, 404, body, "text/html; charset=utf-8", powered) },
    };
  },
  onSignal(state, signal) {
    return signal === "SIGTERM" ? { state, exit: KILLED_BY_TERM } : { state, exit: signal === "SIGINT" ? 130 : 137 };
  },
};
