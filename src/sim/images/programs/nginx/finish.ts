import { byteLength } from "@/posix/files/bytes";
import type { HttpResponse } from "../../../network/types";
import { httpDate } from "../http";
import type { Answer, Exchange } from "./exchange";
import { statusPage } from "./pages";
import { absoluteTarget } from "./static-files";
import { expand } from "./variables";

/** `add_header` without `always` applies to these. */
const GOOD = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);

/** Puts the headers on that every answer has. */
export function finish(
  exchange: Exchange,
  answer: (Answer & { kind: "response" }) | (Answer & { kind: "page" }),
): HttpResponse {
  const { settings, version, context } = exchange;
  const isPage = answer.kind === "page";
  let status = answer.status === 497 ? 400 : answer.status;
  // `error_page 404 =200 /x` decides the status; `error_page 404 /x` keeps what it was, unless the page itself failed.
  if (exchange.errorStatus && (!isPage || answer.status === exchange.errorStatus) && status < 400)
    status = exchange.errorStatus;
  const body = isPage ? statusPage(answer.status, version, settings.serverTokens) : answer.body;
  const type = isPage ? "text/html" : (answer.type ?? "");
  const own = (isPage ? answer.headers : answer.headers) ?? [];
  const headers: [string, string][] = [
    ["Server", settings.serverTokens ? `nginx/${version}` : "nginx"],
    ["Date", httpDate(context.nowMs)],
  ];
  if (status !== 204 && status !== 304) {
    if (type !== "") headers.push(["Content-Type", type]);
    headers.push(["Content-Length", String(byteLength(body))]);
  }
  const early = own.filter(([name]) => name === "Last-Modified" || name === "Location");
  const late = own.filter(([name]) => name !== "Last-Modified" && name !== "Location");
  const location = ([name, value]: [string, string]): [string, string] => [
    name,
    name === "Location" ? absoluteTarget(exchange, value) : value,
  ];
  headers.push(...early.map(location), ["Connection", "keep-alive"], ...late);
  const sent = { status, bodyBytes: byteLength(body), headers };
  if (settings.expires !== undefined) headers.push(...expires(settings.expires, context.nowMs));
  for (const item of settings.headers) {
    if (!item.always && !GOOD.has(status)) continue;
    const value = expand(exchange, item.value, sent);
    if (value !== "") headers.push([item.name, value]);
  }
  return { status, headers, body: exchange.http.method === "HEAD" || status === 204 || status === 304 ? "" : body };
}

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, M: 2_592_000, y: 31_536_000 };

function expires(value: string, nowMs: number): [string, string][] {
  if (value === "off") return [];
  if (value === "epoch")
    return [
      ["Expires", "Thu, 01 Jan 1970 00:00:01 GMT"],
      ["Cache-Control", "no-cache"],
    ];
  if (value === "max")
    return [
      ["Expires", "Thu, 31 Dec 2037 23:55:55 GMT"],
      ["Cache-Control", "max-age=315360000"],
    ];
  const match = /^(-?)(\d+)([smhdwMy]?)$/.exec(value);
  if (!match) return [];
  const seconds = Number(match[2]) * (UNITS[match[3] || "s"] ?? 1) * (match[1] === "-" ? -1 : 1);
  return [
    ["Expires", httpDate(nowMs + seconds * 1000)],
    ["Cache-Control", seconds < 0 ? "no-cache" : `max-age=${seconds}`],
  ];
}
