import { base64Encode, byteLength } from "@/posix/files/bytes";
import { resolvePath } from "@/posix/files/path";
import { reasonPhrase } from "@/sim/network/http-status";
import { commonName, hostMatches, parseCertificates, verifyChain } from "@/sim/network/pki";
import type { HttpResponse, NetworkRequest, NetworkResponse } from "@/sim/network/types";
import type { ToolContext } from "../tool";
import type { CurlOptions } from "./options";
import { hostHeader, type ParsedUrl, parseUrl, redirect } from "./url";
import { handshakeTrace } from "./verbose";

export const CURL_VERSION = "7.88.1";

/** curl's own exit codes and texts (curl.se/docs/manpage.html, EXIT CODES). */
export class CurlError extends Error {
  constructor(
    readonly exitCode: number,
    message: string,
  ) {
    super(message);
  }
}

export interface Transfer {
  url: ParsedUrl;
  effectiveUrl: string;
  response: HttpResponse;
  /** Lab ms from the start until the connection stood, and until the end. */
  connectMs: number;
  totalMs: number;
  redirects: number;
  sentBytes: number;
  remoteAddress: string;
}

/** A connection attempt gives up after this long where the command line sets no limit (Linux: tcp_syn_retries). */
const CONNECT_PATIENCE_MS = 130_000;

/** One URL, redirects followed where asked for. Trace lines go to stderr. */
export async function transfer(text: string, options: CurlOptions, context: ToolContext): Promise<Transfer> {
  let target = text;
  for (let redirects = 0; ; redirects++) {
    const done = await exchange(target, options, context, redirects);
    const location = done.response.headers.find(([name]) => name.toLowerCase() === "location")?.[1];
    if (!options.location || !location || done.response.status < 300 || done.response.status >= 400) return done;
    if (redirects >= options.maxRedirects)
      throw new CurlError(47, `Maximum (${options.maxRedirects}) redirects followed`);
    target = redirect(done.url, location);
    if (options.verbose) context.stderr.write(`* Issue another request to this URL: '${target}'\n`);
  }
}

async function exchange(
  text: string,
  options: CurlOptions,
  context: ToolContext,
  redirects: number,
): Promise<Transfer> {
  const url = parseUrl(text);
  if (!url) throw new CurlError(3, "URL using bad/illegal format or missing URL");
  if ("unsupported" in url)
    throw new CurlError(1, `Protocol "${url.unsupported}" not supported or disabled in libcurl`);
  const trace = options.verbose ? (line: string) => void context.stderr.write(`${line}\n`) : () => {};
  const startMs = context.nowMs;
  const body = requestBody(options, context);
  const { method, path, headers } = buildRequest(url, options, body);
  const secure = url.scheme === "https";
  if (secure && options.caFile) checkCaFile(options, context);
  const fixed = options.resolve.find((entry) => entry.host === url.host && entry.port === url.port)?.address;
  const patienceMs = Math.min(
    options.connectTimeoutMs ?? CONNECT_PATIENCE_MS,
    options.maxTimeMs ?? CONNECT_PATIENCE_MS,
  );
  const elapsed = () => Math.max(0, Math.round(context.nowMs - startMs));
  const ask = (payload: NetworkRequest["payload"]) =>
    context.network({ host: fixed ?? url.host, port: url.port, payload }, patienceMs);
  const http = { method, path, headers, body };
  // Who verifies sends nothing to a server that it does not trust.
  const verifies = secure && !options.insecure;
  let answer = verifies
    ? await ask({ kind: "handshake", serverName: url.host })
    : await ask({ kind: "http", http, ...(secure && { tls: { serverName: url.host } }) });
  let elapsedMs = elapsed();
  const address = answer.address ?? fixed ?? url.host;
  if (answer.outcome === "unknown-host") {
    trace(`* Could not resolve host: ${url.host}\n* Closing connection 0`);
    throw new CurlError(6, `Could not resolve host: ${url.host}`);
  }
  trace(`*   Trying ${address}:${url.port}...`);
  failConnection(answer, url, options, elapsedMs, trace);
  trace(`* Connected to ${url.host} (${address}) port ${url.port} (#0)`);
  if (secure) checkCertificate(answer, url, options, context, trace);
  if (options.user !== undefined || url.user !== undefined)
    trace(`* Server auth using Basic with user '${(options.user ?? url.user ?? "").split(":")[0]}'`);
  if (verifies && answer.outcome === "ok") {
    answer = await ask({ kind: "http", http, tls: { serverName: url.host, established: true } });
    elapsedMs = elapsed();
    failConnection(answer, url, options, elapsedMs, () => {});
  }
  trace([`> ${method} ${path} HTTP/1.1`, ...headers.map(([name, value]) => `> ${name}: ${value}`), "> "].join("\n"));
  if (answer.outcome === "empty-reply") throw new CurlError(52, "Empty reply from server");
  if (answer.outcome === "reset") throw new CurlError(56, "Recv failure: Connection reset by peer");
  const response = answer.http;
  if (!response) throw new CurlError(1, "Received HTTP/0.9 when not allowed");
  trace(
    [`< ${statusLine(response)}`, ...response.headers.map(([name, value]) => `< ${name}: ${value}`), "< "].join("\n"),
  );
  return {
    url,
    effectiveUrl: `${url.scheme}://${hostHeader(url)}${url.path}`,
    response,
    connectMs: Math.min(1, elapsedMs),
    totalMs: elapsedMs,
    redirects,
    sentBytes: byteLength(body),
    remoteAddress: address,
  };
}

export const statusLine = ({ status }: HttpResponse): string => `HTTP/1.1 ${status} ${reasonPhrase(status)}`.trimEnd();

function requestBody(options: CurlOptions, context: ToolContext): string {
  const parts = options.data.map((part) => {
    const file = /^(b?)@(.*)$/s.exec(part);
    if (!file) return part.slice(1);
    const content = readFile(file[2]!, context, 26, `Failed to open ${file[2]}`);
    return file[1] ? content : content.replace(/[\r\n]/g, "");
  });
  if (options.uploadFile) return readFile(options.uploadFile, context, 26, `Can't open '${options.uploadFile}'!`);
  return parts.join("&");
}

function readFile(path: string, context: ToolContext, exitCode: number, message: string): string {
  try {
    return context.files.readFile(resolvePath(context.cwd, path));
  } catch {
    throw new CurlError(exitCode, message);
  }
}

function buildRequest(
  url: ParsedUrl,
  options: CurlOptions,
  body: string,
): { method: string; path: string; headers: [string, string][] } {
  const hasBody = options.data.length > 0 && !options.dataInQuery;
  const method = options.method ?? (options.head ? "HEAD" : options.uploadFile ? "PUT" : hasBody ? "POST" : "GET");
  const path = options.dataInQuery && body ? `${url.path}${url.path.includes("?") ? "&" : "?"}${body}` : url.path;
  const own: [string, string][] = [["Host", hostHeader(url)]];
  const user = options.user ?? (url.user !== undefined ? `${url.user}:${url.password ?? ""}` : undefined);
  if (user !== undefined) own.push(["Authorization", `Basic ${base64Encode(user)}`]);
  own.push(
    ["User-Agent", options.userAgent ?? `curl/${CURL_VERSION}`],
    ["Accept", options.json ? "application/json" : "*/*"],
  );
  if (options.referer) own.push(["Referer", options.referer]);
  if (options.cookie) own.push(["Cookie", options.cookie]);
  if (hasBody || options.uploadFile) {
    own.push(["Content-Length", String(byteLength(body))]);
    if (hasBody) own.push(["Content-Type", options.json ? "application/json" : "application/x-www-form-urlencoded"]);
  }
  const given = new Set(options.headers.map(([name]) => name.toLowerCase()));
  const kept = own.filter(([name]) => !given.has(name.toLowerCase()));
  // `-H "Accept:"` takes a header away.
  return { method, path, headers: [...kept, ...options.headers.filter(([, value]) => value !== "")] };
}

function failConnection(
  answer: NetworkResponse,
  url: ParsedUrl,
  options: CurlOptions,
  elapsedMs: number,
  trace: (line: string) => void,
): void {
  const where = `${url.host} port ${url.port}`;
  const fail = (exitCode: number, message: string): never => {
    trace(`* ${message}\n* Closing connection 0`);
    throw new CurlError(exitCode, message);
  };
  if (answer.outcome === "refused")
    fail(7, `Failed to connect to ${where} after ${elapsedMs} ms: Couldn't connect to server`);
  if (answer.outcome === "unreachable")
    fail(7, `Failed to connect to ${where} after ${elapsedMs} ms: No route to host`);
  if (answer.outcome === "timeout") {
    // Once connected, only --max-time ends the wait; a second hop, to a container, tells that somebody took the connection.
    if (
      options.maxTimeMs !== undefined &&
      options.maxTimeMs <= (options.connectTimeoutMs ?? Number.POSITIVE_INFINITY)
    ) {
      fail(
        28,
        answer.hops.length > 1 && answer.hops.at(-1)?.kind === "pod"
          ? `Operation timed out after ${elapsedMs} milliseconds with 0 bytes received`
          : `Connection timed out after ${elapsedMs} milliseconds`,
      );
    }
    fail(
      28,
      `Failed to connect to ${where} after ${elapsedMs} ms: ${options.connectTimeoutMs ? "Timeout was reached" : "Couldn't connect to server"}`,
    );
  }
  if (answer.outcome === "tls-not-spoken") fail(35, "error:0A00010B:SSL routines::wrong version number");
}

function checkCaFile(options: CurlOptions, context: ToolContext): void {
  const path = resolvePath(context.cwd, options.caFile!);
  let content = "";
  try {
    content = context.files.readFile(path);
  } catch {
    // Falls through: a file that cannot be read is as bad as one without certificates.
  }
  if (parseCertificates(content).length === 0)
    throw new CurlError(77, `error setting certificate file: ${options.caFile}`);
}

const LEARN_MORE = `More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the web page mentioned above.`;

function checkCertificate(
  answer: NetworkResponse,
  url: ParsedUrl,
  options: CurlOptions,
  context: ToolContext,
  trace: (line: string) => void,
): void {
  const chain = answer.tls?.chainPem ?? "";
  const caPem = options.caFile
    ? context.files.readFile(resolvePath(context.cwd, options.caFile))
    : systemAuthorities(context);
  const [leaf] = parseCertificates(chain);
  const result = verifyChain(chain, caPem, { atMs: context.nowMs, purpose: "serverAuth" });
  const named = leaf !== undefined && hostMatches(leaf, url.host);
  trace(
    handshakeTrace(leaf, {
      verified: result,
      named,
      insecure: options.insecure,
      caFile: options.caFile ?? SYSTEM_CA,
    }).join("\n"),
  );
  if (options.insecure) return;
  if (!result.ok) throw new CurlError(60, `SSL certificate problem: ${result.reason}\n${LEARN_MORE}`);
  if (!named) {
    const why = `SSL: no alternative certificate subject name matches target host name '${url.host}'`;
    const legacy =
      leaf!.altNames.length === 0
        ? `SSL: certificate subject name '${commonName(leaf!.subject) ?? ""}' does not match target host name '${url.host}'`
        : why;
    throw new CurlError(60, `${legacy}\n${LEARN_MORE}`);
  }
}

export const SYSTEM_CA = "/etc/ssl/certs/ca-certificates.crt";

function systemAuthorities({ files }: ToolContext): string {
  return files.stat(SYSTEM_CA) ? files.readFile(SYSTEM_CA) : "";
}
