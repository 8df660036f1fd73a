import { byteLength } from "@/posix/files/bytes";
import { FileError } from "@/posix/files/file-system";
import { normalise } from "@/posix/files/path";
import { fromCivil, monthName } from "../../../kernel/time";
import { httpDate } from "../http";
import { errnoText } from "./environment";
import { type Answer, type Exchange, headerOf, logError, page } from "./exchange";
import { documentRoot, expand, fileOf, listingTime } from "./variables";

/** Entries of a directory listing. */
const LISTING_LIMIT = 1000;

/** The index, listing or file that a URI stands for. */
export function serveFiles(exchange: Exchange): Answer {
  return exchange.uri.endsWith("/") ? serveDirectory(exchange) : serveFile(exchange);
}

function serveDirectory(exchange: Exchange): Answer {
  const { files } = exchange.context;
  const directory = fileOf(exchange);
  for (const template of exchange.settings.index) {
    const name = expand(exchange, template);
    if (name.startsWith("/")) return { kind: "redirect-inside", uri: name };
    if (files.stat(normalise(directory + name))) return { kind: "redirect-inside", uri: exchange.uri + name };
  }
  const stat = files.stat(normalise(directory));
  if (!stat) {
    const first = exchange.settings.index[0] ?? "";
    logError(exchange, `"${directory}${first}" is not found ${errnoText("ENOENT")}`);
    return page(404);
  }
  if (exchange.settings.autoindex && stat.type === "directory") return listing(exchange, directory);
  logError(exchange, `directory index of "${directory}" is forbidden`);
  return page(403);
}

function listing(exchange: Exchange, directory: string): Answer {
  const { files } = exchange.context;
  const names = files.readDirectory(normalise(directory)).filter((name) => !name.startsWith("."));
  const entries = names
    .slice(0, LISTING_LIMIT)
    .map((name) => ({ name, stat: files.stat(normalise(`${directory}/${name}`)) }));
  const rows = [
    ...entries
      .filter((entry) => entry.stat?.type === "directory")
      .map((entry) => ({ ...entry, name: `${entry.name}/` })),
    ...entries.filter((entry) => entry.stat && entry.stat.type !== "directory"),
  ].map(({ name, stat }) => {
    const shown = name.length > 50 ? `${name.slice(0, 47)}..>` : name;
    const size = stat!.type === "directory" ? "-" : String(stat!.sizeBytes);
    return `<a href="${encodeURI(name)}">${shown}</a>${" ".repeat(Math.max(1, 51 - shown.length))}${listingTime(stat!.modifiedMs)}${size.padStart(20)}\r\n`;
  });
  const title = `Index of ${exchange.uri}`;
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<h1>${title}</h1><hr><pre><a href="../">../</a>\r\n${rows.join("")}</pre><hr></body>\r\n</html>\r\n`;
  return { kind: "response", status: 200, headers: [], body, type: "text/html" };
}

function serveFile(exchange: Exchange): Answer {
  const { files } = exchange.context;
  const path = fileOf(exchange);
  const stat = files.stat(normalise(path));
  if (stat?.type === "directory")
    return redirect(exchange, 301, `${exchange.uri}/${exchange.args ? `?${exchange.args}` : ""}`);
  let body: string;
  try {
    body = files.readFile(normalise(path));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    logError(exchange, `open() "${path}" failed ${errnoText(error.code)}`);
    return page(error.code === "EACCES" ? 403 : error.code === "ENOENT" || error.code === "ENOTDIR" ? 404 : 500);
  }
  if (exchange.method !== "GET" && exchange.method !== "HEAD") return page(405);
  const modifiedMs = Math.floor((stat?.modifiedMs ?? 0) / 1000) * 1000;
  const etag = `"${Math.floor(modifiedMs / 1000).toString(16)}-${byteLength(body).toString(16)}"`;
  const headers: [string, string][] = [
    ["Last-Modified", httpDate(modifiedMs)],
    ["ETag", etag],
    ["Accept-Ranges", "bytes"],
  ];
  if (notModified(exchange, modifiedMs, etag)) return { kind: "response", status: 304, headers, body: "" };
  return ranged(exchange, { kind: "response", status: 200, headers, body, type: typeOf(exchange, path) });
}

export function typeOf(exchange: Exchange, path: string): string {
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase();
  return (extension !== undefined && exchange.settings.types.get(extension)) || exchange.settings.defaultType;
}

function notModified(exchange: Exchange, modifiedMs: number, etag: string): boolean {
  const match = headerOf(exchange.http, "if-none-match");
  if (match !== undefined)
    return match === "*" || match.split(/,\s*/).some((item) => item.replace(/^W\//, "") === etag);
  const since = parseHttpDate(headerOf(exchange.http, "if-modified-since") ?? "");
  return since !== undefined && since === modifiedMs;
}

function parseHttpDate(text: string): number | undefined {
  const match = /^\w{3}, (\d\d) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/.exec(text);
  if (!match) return undefined;
  const month = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].find((item) => monthName(item) === match[2]);
  return (
    month && fromCivil(Number(match[3]), month, Number(match[1]), Number(match[4]), Number(match[5]), Number(match[6]))
  );
}

/** One range of bytes; texts beyond ASCII are served whole. */
function ranged(exchange: Exchange, answer: Answer & { kind: "response" }): Answer {
  const match = /^bytes=(\d*)-(\d*)$/.exec(headerOf(exchange.http, "range") ?? "");
  const { length } = answer.body;
  if (!match || (match[1] === "" && match[2] === "") || byteLength(answer.body) !== length) return answer;
  const start = match[1] === "" ? Math.max(0, length - Number(match[2])) : Number(match[1]);
  const end = match[1] === "" || match[2] === "" ? length - 1 : Math.min(length - 1, Number(match[2]));
  if (start > end) return page(416, [["Content-Range", `bytes */${length}`]]);
  const headers: [string, string][] = [
    ...answer.headers.filter(([name]) => name !== "Accept-Ranges"),
    ["Content-Range", `bytes ${start}-${end}/${length}`],
  ];
  return { ...answer, status: 206, headers, body: answer.body.slice(start, end + 1) };
}

/** A redirect; a path becomes a whole address, with the port where it is not the scheme's own. */
export function redirect(exchange: Exchange, status: number, target: string): Answer {
  return page(status, [["Location", absoluteTarget(exchange, target)]]);
}

export function absoluteTarget(exchange: Exchange, target: string): string {
  if (!target.startsWith("/") || !exchange.settings.absoluteRedirect) return target;
  const { port } = exchange.incoming;
  const usual = port === (exchange.ssl ? 443 : 80);
  const shown = usual || !exchange.settings.portInRedirect ? "" : `:${port}`;
  return `${exchange.ssl ? "https" : "http"}://${exchange.host}${shown}${target}`;
}

/** The first of the files that is there; the last word is where to go otherwise. */
export function tryFiles(exchange: Exchange, list: string[]): Answer | undefined {
  const { files } = exchange.context;
  const root = documentRoot(exchange);
  for (const template of list.slice(0, -1)) {
    const uri = expand(exchange, template);
    const wantsDirectory = uri.endsWith("/");
    const path = exchange.location?.alias !== undefined ? fileOf(exchange, uri) : root + uri;
    const stat = files.stat(normalise(path));
    if (!stat || (stat.type === "directory") !== wantsDirectory) continue;
    exchange.uri = uri;
    return undefined;
  }
  const last = list.at(-1)!;
  if (last.startsWith("=")) return page(Number(last.slice(1)));
  if (last.startsWith("@")) return { kind: "named", name: last };
  return { kind: "redirect-inside", uri: expand(exchange, last) };
}
