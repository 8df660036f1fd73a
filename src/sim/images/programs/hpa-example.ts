import { byteLength } from "@/posix/files/bytes";
import type { HttpResponse } from "../../network/types";
import type { Program } from "../program";
import { commonLogTime, header, httpDate } from "./http";

/** php-apache of the walkthrough on scaling: every page adds up a million square roots, and says OK. */

const PORT = 80;
const MEMORY_BYTES = 11 * 1_048_576;
/** What a million square roots take on one core. */
const WORK_MS = 80;
const BODY = "OK!";
/** Apache counts the headers of its answer too. */
const HEADER_BYTES = 203;

export const hpaExample: Program<any> = {
  name: "hpa-example",
  start(context) {
    const warning = `AH00558: apache2: Could not reliably determine the server's fully qualified domain name, using ${context.podIp}. Set the 'ServerName' directive globally to suppress this message\n`;
    return {
      state: null,
      stderr: warning.repeat(2),
      listen: [{ port: PORT }],
      memoryBytes: MEMORY_BYTES,
      cpuMillicores: 1,
    };
  },
  onRequest(state, { http, tls, remote }, context) {
    if (!http || tls) return { state, response: {} };
    const path = http.path.replace(/\?.*$/, "");
    const found = path === "/" || path === "/index.php";
    const response: HttpResponse = {
      status: found ? 200 : 404,
      headers: [
        ["Date", httpDate(context.nowMs)],
        ["Server", "Apache/2.4.10 (Debian)"],
        ...(found ? ([["X-Powered-By", "PHP/5.6.14"]] as [string, string][]) : []),
        ["Content-Length", String(byteLength(found ? BODY : NOT_FOUND))],
        ["Content-Type", found ? "text/html; charset=UTF-8" : "text/html; charset=iso-8859-1"],
      ],
      body: http.method === "HEAD" ? "" : found ? BODY : NOT_FOUND,
    };
    const size = HEADER_BYTES + response.body.length;
    const agent = header(http, "user-agent") ?? "-";
    const stdout = `${remote.address} - - [${commonLogTime(context.nowMs)}] "${http.method} ${http.path} HTTP/1.1" ${response.status} ${size} "-" "${agent}"\n`;
    return { state, response: { http: response }, stdout, ...(found && { workMs: WORK_MS }) };
  },
  onSignal: (state) => ({ state, exit: 0 }),
};

const NOT_FOUND =
  '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n<p>The requested URL was not found on this server.</p>\n</body></html>\n';
