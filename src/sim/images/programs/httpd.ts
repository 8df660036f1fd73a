import { byteLength } from "@/posix/files/bytes";
import { FileError } from "@/posix/files/file-system";
import { normalise } from "@/posix/files/path";
import { civil, monthName, weekdayName } from "../../kernel/time";
import type { HttpRequest, HttpResponse } from "../../network/types";
import type { Program, ProgramContext } from "../program";
import { commonLogTime, decode, httpDate, splitTarget } from "./http";

/** Apache's httpd as its image sets it up: the document root and the port come from httpd.conf. */

const CONF = "/usr/local/apache2/conf/httpd.conf";
const MEMORY_BYTES = 9 * 1_048_576;
const TYPES: Record<string, string> = {
  html: "text/html",
  htm: "text/html",
  css: "text/css",
  js: "text/javascript",
  json: "application/json",
  txt: "text/plain",
  png: "image/png",
  svg: "image/svg+xml",
};
const REASONS: Record<number, [title: string, text: string]> = {
  403: ["Forbidden", "You don't have permission to access this resource."],
  404: ["Not Found", "The requested URL was not found on this server."],
  405: ["Method Not Allowed", "The requested method is not allowed for this URL."],
};

interface State {
  port: number;
  root: string;
  indexes: string[];
}

export const httpd: Program<any> = {
  name: "httpd",
  start(context) {
    const state: State = { port: 80, root: "/usr/local/apache2/htdocs", indexes: ["index.html"] };
    let conf: string;
    try {
      conf = context.files.readFile(CONF);
    } catch {
      return {
        state,
        stderr: `httpd: Could not open configuration file ${CONF}: No such file or directory\n`,
        exit: 1,
      };
    }
    for (const line of conf.split("\n")) {
      const [name = "", ...rest] = line.trim().split(/\s+/);
      const value = rest.join(" ").replace(/^"(.*)"$/, "$1");
      if (name === "Listen") state.port = Number(value.split(":").at(-1));
      if (name === "DocumentRoot") state.root = value;
      if (name === "DirectoryIndex") state.indexes = rest;
    }
    const warning = `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${context.podIp}. Set the 'ServerName' directive globally to suppress this message\n`;
    if (context.portTaken?.(state.port)) {
      const text = `(98)Address already in use: AH00072: make_sock: could not bind to address 0.0.0.0:${state.port}\nno listening sockets available, shutting down\nAH00015: Unable to open logs\n`;
      return { state, stderr: warning + text, exit: 1 };
    }
    const version = context.env.HTTPD_VERSION ?? "2.4.62";
    const notices = [
      ["mpm_event:notice", `AH00489: Apache/${version} (Unix) configured -- resuming normal operations`],
      ["core:notice", "AH00094: Command line: 'httpd -D FOREGROUND'"],
    ].map(([module, text]) => `[${errorTime(context.nowMs)}] [${module}] [pid 1:tid 1] ${text}\n`);
    return {
      state,
      stderr: warning.repeat(2) + notices.join(""),
      listen: [{ port: state.port }],
      memoryBytes: MEMORY_BYTES,
      cpuMillicores: 1,
    };
  },
  onRequest(state: State, request, context) {
    const { http } = request;
    if (!http || request.tls) return { state, response: {} };
    const response = serve(state, http, context);
    const size = http.method === "HEAD" || response.body === "" ? "-" : String(byteLength(response.body));
    const stdout = `${request.remote.address} - - [${commonLogTime(context.nowMs)}] "${http.method} ${http.path} HTTP/1.1" ${response.status} ${size}\n`;
    return { state, response: { http: response }, stdout };
  },
  onSignal(state: State, signal, context) {
    if (signal === "SIGUSR1" || signal === "SIGHUP" || signal === "SIGWINCH") return { state };
    const text = `[${errorTime(context.nowMs)}] [mpm_event:notice] [pid 1:tid 1] AH00491: caught ${signal}, shutting down\n`;
    return { state, stderr: text, exit: 0 };
  },
};

function serve(state: State, http: HttpRequest, context: ProgramContext): HttpResponse {
  const { path } = splitTarget(http.path);
  const base: [string, string][] = [
    ["Date", httpDate(context.nowMs)],
    ["Server", `Apache/${context.env.HTTPD_VERSION ?? "2.4.62"} (Unix)`],
  ];
  const page = (status: number, more: [string, string][] = []): HttpResponse => {
    const [title, text] = REASONS[status] ?? ["Moved Permanently", "The document has moved."];
    const body = `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${status} ${title}</title>\n</head><body>\n<h1>${title}</h1>\n<p>${text}</p>\n</body></html>\n`;
    return answer(
      http,
      status,
      [...base, ...more, ["Content-Length", String(body.length)], ["Content-Type", "text/html; charset=iso-8859-1"]],
      body,
    );
  };
  if (!["GET", "HEAD", "POST"].includes(http.method)) return page(405, [["Allow", "GET,POST,OPTIONS,HEAD"]]);
  const file = normalise(state.root + normalise(decode(path)));
  const stat = context.files.stat(file);
  if (stat?.type === "directory" && !path.endsWith("/")) {
    const host = http.headers.find(([name]) => name.toLowerCase() === "host")?.[1] ?? context.podIp;
    return page(301, [["Location", `http://${host}${path}/`]]);
  }
  const target =
    stat?.type === "directory"
      ? state.indexes.map((name) => `${file}/${name}`).find((name) => context.files.stat(name))
      : file;
  if (target === undefined) return page(stat?.type === "directory" ? 403 : 404);
  try {
    const body = context.files.readFile(target);
    const modifiedMs = context.files.stat(target)?.modifiedMs ?? 0;
    const type = TYPES[/\.(\w+)$/.exec(target)?.[1] ?? ""];
    const headers: [string, string][] = [
      ...base,
      ["Last-Modified", httpDate(modifiedMs)],
      ["ETag", `"${byteLength(body).toString(16)}-${(modifiedMs * 1000).toString(16)}"`],
      ["Accept-Ranges", "bytes"],
      ["Content-Length", String(byteLength(body))],
      ...(type ? ([["Content-Type", type]] as [string, string][]) : []),
    ];
    return answer(http, 200, headers, body);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return page(error.code === "EACCES" ? 403 : 404);
  }
}

function answer(http: HttpRequest, status: number, headers: [string, string][], body: string): HttpResponse {
  return { status, headers, body: http.method === "HEAD" ? "" : body };
}

/** `Mon Jan 05 09:00:00.000000 2026` */
function errorTime(timeMs: number): string {
  const t = civil(timeMs);
  const pad = (value: number, width = 2) => String(value).padStart(width, "0");
  const clock = `${pad(t.hour)}:${pad(t.minute)}:${pad(t.second)}.${pad(t.millisecond, 3)}000`;
  return `${weekdayName(t.weekday)} ${monthName(t.month)} ${pad(t.day)} ${clock} ${t.year}`;
}
