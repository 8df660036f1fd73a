import { byteLength } from "@/posix/files/bytes";
import type { HttpResponse } from "../../../network/types";
import { splitTarget } from "../http";
import { access, stubStatus } from "./access";
import type { Condition, Rule } from "./configuration";
import { type Answer, type Exchange, headerOf, logError, page } from "./exchange";
import { finish } from "./finish";
import { serveProxy } from "./proxy";
import { namedLocation, normalisePath, selectLocation } from "./select";
import { redirect, serveFiles, tryFiles, typeOf } from "./static-files";
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
