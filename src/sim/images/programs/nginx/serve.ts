import { sha1 } from "@noble/hashes/legacy.js";
import { byteLength, decodeBytes, encodeBytes } from "@/posix/files/bytes";
import { inCidr } from "../../../network/address";
import { decodeBase64, encodeBase64 } from "../../../network/pki/base64";
import type { HttpResponse } from "../../../network/types";
import { httpDate, splitTarget } from "../http";
import type { Condition, Rule } from "./configuration";
import { type Answer, type Exchange, headerOf, logError, page } from "./exchange";
import { statusPage } from "./pages";
import { serveProxy } from "./proxy";
import { addressFits, namedLocation, normalisePath, selectLocation } from "./select";
import { absoluteTarget, redirect, serveFiles, tryFiles, typeOf } from "./static-files";
import { expand } from "./variables";

/** nginx gives a request up after ten internal redirects. */
const REDIRECT_LIMIT = 10;
const METHODS = new Set([
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "DELETE",
  "MKCOL",
  "COPY",
  "MOVE",
  "OPTIONS",
  "PROPFIND",
  "PROPPATCH",
  "LOCK",
  "UNLOCK",
  "PATCH",
  "TRACE",
  "CONNECT",
]);
/** `add_header` without `always` applies to these. */
const GOOD = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);

/** Takes a request through nginx's phases. Undefined: the connection is closed without an answer. */
export function serve(exchange: Exchange): HttpResponse | undefined {
  let answer = firstAnswer(exchange);
  for (let step = 0; ; step++) {
    if (answer.kind === "close") return undefined;
    if (answer.kind === "response") return finish(exchange, answer);
    if (answer.kind === "page") {
      const next = errorPage(exchange, answer.status);
      if (!next) return finish(exchange, answer);
      answer = next;
      continue;
    }
    if (step > REDIRECT_LIMIT) {
      logError(exchange, `rewrite or internal redirection cycle while internally redirecting to "${exchange.uri}"`);
      exchange.errorStatus = 500;
      return finish(exchange, page(500) as Answer & { kind: "page" });
    }
    answer = answer.kind === "named" ? inNamed(exchange, answer.name) : inside(exchange, answer.uri);
  }
}

function firstAnswer(exchange: Exchange): Answer {
  const { path, query } = splitTarget(exchange.http.path);
  const uri = normalisePath(path);
  exchange.args = query;
  if (uri === undefined || (headerOf(exchange.http, "host") ?? "") === "") return page(400);
  exchange.uri = uri;
  if (!METHODS.has(exchange.method)) return page(405);
  const limit = exchange.settings.maxBodyBytes;
  const size = byteLength(exchange.http.body);
  if (limit > 0 && size > limit) {
    logError(exchange, `client intended to send too large body: ${size} bytes`);
    return page(413);
  }
  const ruled = runRules(exchange, exchange.server.rules);
  if (ruled.answer) return ruled.answer;
  return locate(exchange);
}

/** An internal redirect: the URI starts again at the location phase. */
function inside(exchange: Exchange, target: string): Answer {
  const { path, query } = splitTarget(target);
  exchange.uri = path;
  if (query !== "") exchange.args = query;
  exchange.rewritten = true;
  return locate(exchange, true);
}

function inNamed(exchange: Exchange, name: string): Answer {
  const location = namedLocation(exchange.server.locations, name);
  if (!location) {
    logError(exchange, `could not find named location "${name}"`);
    return page(500);
  }
  exchange.location = location;
  exchange.settings = location.settings;
  const ruled = runRules(exchange, location.rules);
  return ruled.answer ?? content(exchange);
}

function locate(exchange: Exchange, internal = false): Answer {
  for (let round = 0; round <= REDIRECT_LIMIT; round++) {
    const found = selectLocation(exchange.server.locations, exchange.uri);
    const sub = exchange.server.locations.find(
      (item) => item.proxyPass && !item.pattern && item.path === `${exchange.uri}/`,
    );
    if (sub && found?.location.modifier !== "=" && !found?.location.pattern) {
      // A proxied `location /app/` answers `/app` with a redirect to it.
      return redirect(exchange, 301, `${sub.path}${exchange.args ? `?${exchange.args}` : ""}`);
    }
    if (!found) {
      delete exchange.location;
      exchange.settings = exchange.server.settings;
    } else {
      exchange.location = found.location;
      exchange.settings = found.location.settings;
      if (found.captures) capture(exchange, found.captures);
      if (found.location.internal && !internal) return page(404);
    }
    if (!found) return content(exchange);
    const ruled = runRules(exchange, found.location.rules);
    if (ruled.answer) return ruled.answer;
    if (!ruled.again) return content(exchange);
  }
  logError(exchange, `rewrite or internal redirection cycle while processing "${exchange.uri}"`);
  return page(500);
}

function content(exchange: Exchange): Answer {
  const barred = access(exchange);
  if (barred) return barred;
  const { location } = exchange;
  const list = location?.tryFiles ?? (location ? undefined : exchange.server.tryFiles);
  if (list) {
    const tried = tryFiles(exchange, list);
    if (tried) return tried;
  }
  if (location?.proxyPass) return serveProxy(exchange, location.proxyPass);
  if (location?.otherPass !== undefined) {
    logError(
      exchange,
      "connect() failed (111: Connection refused) while connecting to upstream",
      `fastcgi://${location.otherPass}`,
    );
    return page(502);
  }
  if (location?.stubStatus) return stubStatus(exchange);
  return serveFiles(exchange);
}

function access(exchange: Exchange): Answer | undefined {
  const { settings, incoming } = exchange;
  const rule = settings.access.find((item) => addressFits(item.who, incoming.remote.address, inCidr));
  if (rule && !rule.allow) {
    logError(exchange, "access forbidden by rule");
    return page(403);
  }
  if (settings.authBasic === undefined) return undefined;
  const challenge = page(401, [["WWW-Authenticate", `Basic realm="${expand(exchange, settings.authBasic)}"`]]);
  const [scheme, encoded] = (headerOf(exchange.http, "authorization") ?? "").split(" ");
  if (scheme?.toLowerCase() !== "basic" || encoded === undefined) return challenge;
  let pair: string;
  try {
    pair = decodeBytes(decodeBase64(encoded));
  } catch {
    return challenge;
  }
  const colon = pair.indexOf(":");
  const user = pair.slice(0, colon);
  const lines = passwordLines(exchange);
  if (!lines) return page(403);
  const line = lines.find((item) => item.startsWith(`${user}:`));
  if (colon < 0 || !line) {
    logError(exchange, `user "${user}" was not found in "${settings.authFile}"`);
    return challenge;
  }
  if (passwordFits(line.slice(user.length + 1).split(":")[0]!, pair.slice(colon + 1))) {
    exchange.user = user;
    return undefined;
  }
  logError(exchange, `user "${user}": password mismatch`);
  return challenge;
}

function passwordLines(exchange: Exchange): string[] | undefined {
  const { authFile } = exchange.settings;
  try {
    return exchange.context.files.readFile(authFile ?? "").split("\n");
  } catch {
    logError(exchange, `open() "${authFile}" failed (2: No such file or directory)`);
    return undefined;
  }
}

function passwordFits(stored: string, given: string): boolean {
  if (stored.startsWith("{PLAIN}")) return stored.slice(7) === given;
  if (stored.startsWith("{SHA}")) return stored.slice(5) === encodeBase64(sha1(encodeBytes(given)));
  return false;
}

function stubStatus(exchange: Exchange): Answer {
  const { connections } = exchange.counters;
  const body = `Active connections: 1 \nserver accepts handled requests\n ${connections} ${connections} ${connections} \nReading: 0 Writing: 1 Waiting: 0 \n`;
  return { kind: "response", status: 200, headers: [], body, type: "text/plain" };
}

function capture(exchange: Exchange, match: RegExpExecArray): void {
  exchange.captures = [...match].map((item) => item ?? "");
  for (const [name, value] of Object.entries(match.groups ?? {})) exchange.values.set(name, value ?? "");
}

/** Runs rewrite directives. `again`: the URI changed and its location is to be looked up anew. */
function runRules(exchange: Exchange, rules: Rule[]): { answer?: Answer; again?: boolean; stop?: boolean } {
  let again = false;
  for (const rule of rules) {
    switch (rule.kind) {
      case "break":
        return { again: false, stop: true };
      case "set":
        exchange.values.set(rule.name, expand(exchange, rule.value));
        break;
      case "return":
        return { answer: returned(exchange, rule.code, rule.text) };
      case "rewrite": {
        const match = rule.pattern.exec(exchange.uri);
        if (!match) break;
        capture(exchange, match);
        const target = expand(exchange, rule.replacement);
        if (rule.flag === "redirect" || rule.flag === "permanent") {
          const query =
            exchange.args && !target.endsWith("?") ? `${target.includes("?") ? "&" : "?"}${exchange.args}` : "";
          return {
            answer: redirect(exchange, rule.flag === "permanent" ? 301 : 302, target.replace(/\?$/, "") + query),
          };
        }
        rewriteTo(exchange, target);
        if (rule.flag === "last") return { again: true };
        if (rule.flag === "break") return { again: false, stop: true };
        again = true;
        break;
      }
      case "if": {
        if (!holds(exchange, rule.condition)) break;
        exchange.settings = rule.settings;
        if (rule.proxyPass && exchange.location)
          exchange.location = { ...exchange.location, proxyPass: rule.proxyPass };
        const inner = runRules(exchange, rule.rules);
        if (inner.answer || inner.again || inner.stop) return inner;
        break;
      }
    }
  }
  return { again };
}

function rewriteTo(exchange: Exchange, target: string): void {
  const { path, query } = splitTarget(target);
  exchange.uri = path;
  exchange.rewritten = true;
  if (target.endsWith("?")) exchange.args = query.replace(/\?$/, "");
  else if (query !== "") exchange.args = exchange.args ? `${query}&${exchange.args}` : query;
}

function holds(exchange: Exchange, condition: Condition): boolean {
  switch (condition.kind) {
    case "true": {
      const value = expand(exchange, condition.value);
      return value !== "" && value !== "0";
    }
    case "equal":
      return (expand(exchange, condition.value) === expand(exchange, condition.other)) !== condition.negate;
    case "match": {
      const match = condition.pattern.exec(expand(exchange, condition.value));
      if (match) capture(exchange, match);
      return (match !== null) !== condition.negate;
    }
    case "file": {
      const stat = exchange.context.files.stat(expand(exchange, condition.path));
      const there =
        condition.test === "f"
          ? stat?.type === "file"
          : condition.test === "d"
            ? stat?.type === "directory"
            : stat !== undefined;
      return there !== condition.negate;
    }
  }
}

function returned(exchange: Exchange, code: number, text: string | undefined): Answer {
  if (code === 444) return { kind: "close" };
  if (text === undefined) return code === 204 ? { kind: "response", status: 204, headers: [], body: "" } : page(code);
  const value = expand(exchange, text);
  if ([301, 302, 303, 307, 308].includes(code)) return redirect(exchange, code, value);
  return { kind: "response", status: code, headers: [], body: value, type: typeOf(exchange, exchange.uri) };
}

/** Where `error_page` sends a status; once per request. */
function errorPage(exchange: Exchange, status: number): Answer | undefined {
  if (exchange.errorStatus !== undefined || status < 300) return undefined;
  const entry = exchange.settings.errorPages.find((item) => item.codes.includes(status));
  if (!entry) return undefined;
  const uri = expand(exchange, entry.uri);
  exchange.errorStatus = entry.overwrite ?? status;
  if (/^https?:\/\//.test(uri)) {
    delete exchange.errorStatus;
    const code = entry.overwrite && [301, 302, 303, 307, 308].includes(entry.overwrite) ? entry.overwrite : 302;
    exchange.errorStatus = code;
    return page(code, [["Location", uri]]);
  }
  if (uri.startsWith("@")) return { kind: "named", name: uri };
  exchange.method = exchange.method === "HEAD" ? "HEAD" : "GET";
  return { kind: "redirect-inside", uri };
}

/** Puts the headers on that every answer has. */
function finish(
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
