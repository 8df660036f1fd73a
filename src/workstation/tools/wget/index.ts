import { byteLength } from "@/posix/files/bytes";
import { basename, resolvePath } from "@/posix/files/path";
import { rfc3339 } from "@/sim/kernel/time";
import { reasonPhrase } from "@/sim/network/http-status";
import { parseCertificates, verifyChain } from "@/sim/network/pki";
import type { NetworkRequest, NetworkResponse } from "@/sim/network/types";
import { hostHeader, type ParsedUrl, parseUrl, redirect } from "../curl/url";
import type { Tool, ToolContext } from "../tool";

interface WgetOptions {
  urls: string[];
  quiet: boolean;
  spider: boolean;
  output?: string;
  timeoutMs: number;
  tries: number;
  insecure: boolean;
  caFile?: string;
  serverResponse: boolean;
  headers: [string, string][];
  postData?: string;
}

const REDIRECT_LIMIT = 20;
const DEFAULT_TIMEOUT_MS = 900_000;

class WgetError extends Error {
  constructor(
    readonly exitCode: number,
    message: string,
  ) {
    super(message);
  }
}

function parse(argv: readonly string[]): WgetOptions {
  const options: WgetOptions = {
    urls: [],
    quiet: false,
    spider: false,
    timeoutMs: DEFAULT_TIMEOUT_MS,
    tries: 20,
    insecure: false,
    serverResponse: false,
    headers: [],
  };
  const values: Record<string, (value: string) => void> = {
    "-O": (v) => {
      options.output = v;
    },
    "-T": (v) => {
      options.timeoutMs = Number(v) * 1000;
    },
    "-t": (v) => {
      options.tries = Number(v);
    },
    "--header": (v) => {
      const at = v.indexOf(":");
      options.headers.push([v.slice(0, at), v.slice(at + 1).trim()]);
    },
    "--post-data": (v) => {
      options.postData = v;
    },
    "--ca-certificate": (v) => {
      options.caFile = v;
    },
    "-U": (v) => options.headers.push(["User-Agent", v]),
  };
  const long: Record<string, string> = {
    "--output-document": "-O",
    "--timeout": "-T",
    "--tries": "-t",
    "--user-agent": "-U",
  };
  const switches: Record<string, () => void> = {
    q: () => {
      options.quiet = true;
    },
    S: () => {
      options.serverResponse = true;
    },
    c: () => {},
    n: () => {},
    v: () => {},
  };
  for (let index = 1; index < argv.length; index++) {
    const word = argv[index]!;
    if (word === "--quiet") options.quiet = true;
    else if (word === "--spider") options.spider = true;
    else if (word === "--no-check-certificate") options.insecure = true;
    else if (word === "--server-response") options.serverResponse = true;
    else if (word === "-nv" || word === "--no-verbose") options.quiet = true;
    else if (word.startsWith("--")) {
      const [name, inline] = [word.split("=")[0]!, word.includes("=") ? word.slice(word.indexOf("=") + 1) : undefined];
      const taker = values[long[name] ?? name];
      if (!taker) throw new WgetError(2, `wget: unrecognized option '${word}'`);
      taker(inline ?? argv[++index] ?? "");
    } else if (word.startsWith("-") && word.length > 1) {
      for (let at = 1; at < word.length; at++) {
        const letter = word[at]!;
        if (switches[letter]) switches[letter]();
        else if (values[`-${letter}`]) {
          values[`-${letter}`]!(at + 1 < word.length ? word.slice(at + 1) : (argv[++index] ?? ""));
          break;
        } else throw new WgetError(2, `wget: invalid option -- '${letter}'`);
      }
    } else options.urls.push(word);
  }
  return options;
}

/** wget in the two forms that learners meet: GNU's on machines, busybox's in small images. */
export const wget: Tool = {
  name: "wget",
  async run(context) {
    const busybox = context.machine.userland === "busybox" || context.machine.userland === "alpine";
    try {
      const options = parse(context.argv);
      if (options.urls.length === 0)
        throw new WgetError(1, busybox ? "wget: missing URL" : "wget: missing URL\nUsage: wget [OPTION]... [URL]...");
      for (const url of options.urls) await fetchUrl(url, options, context, busybox);
      return 0;
    } catch (error) {
      if (!(error instanceof WgetError)) throw error;
      context.stderr.write(`${error.message}\n`);
      return busybox ? 1 : error.exitCode;
    }
  },
};

async function fetchUrl(text: string, options: WgetOptions, context: ToolContext, busybox: boolean): Promise<void> {
  let target = text;
  for (let hop = 0; hop <= REDIRECT_LIMIT; hop++) {
    const url = parseUrl(target);
    if (!url || "unsupported" in url)
      throw new WgetError(1, busybox ? `wget: not an http or ftp url: ${target}` : `${target}: Unsupported scheme.`);
    const say = (line: string) => void (options.quiet || context.stderr.write(line));
    if (!busybox) say(`--${stamp(context.nowMs)}--  ${url.scheme}://${hostHeader(url)}${url.path}\n`);
    const answer = await send(url, options, context, busybox, say);
    const response = answer.http!;
    const location = response.headers.find(([name]) => name.toLowerCase() === "location")?.[1];
    if (location && response.status >= 300 && response.status < 400) {
      if (!busybox) say(`${response.status} Moved\nLocation: ${location} [following]\n`);
      target = redirect(url, location);
      continue;
    }
    if (response.status >= 400) {
      if (busybox)
        throw new WgetError(
          1,
          `wget: server returned error: HTTP/1.1 ${response.status} ${reasonPhrase(response.status)}`,
        );
      throw new WgetError(8, `${stamp(context.nowMs)} ERROR ${response.status}: ${reasonPhrase(response.status)}.`);
    }
    await save(url, response.body, options, context, busybox, say);
    return;
  }
  throw new WgetError(8, `${REDIRECT_LIMIT} redirections exceeded.`);
}

async function send(
  url: ParsedUrl,
  options: WgetOptions,
  context: ToolContext,
  busybox: boolean,
  say: (line: string) => void,
): Promise<NetworkResponse> {
  const secure = url.scheme === "https";
  const headers: [string, string][] = [
    ["Host", hostHeader(url)],
    ["User-Agent", busybox ? "Wget" : "Wget/1.21.3"],
    ["Accept", "*/*"],
    ["Connection", busybox ? "close" : "Keep-Alive"],
    ...options.headers,
  ];
  const ask = (payload: NetworkRequest["payload"]) =>
    context.network({ host: url.host, port: url.port, payload }, options.timeoutMs);
  const http = {
    method: options.postData === undefined ? (options.spider && !busybox ? "HEAD" : "GET") : "POST",
    path: url.path,
    headers,
    body: options.postData ?? "",
  };
  // Who verifies sends nothing to a server that it does not trust.
  const verifies = secure && !options.insecure && !busybox;
  let answer = verifies
    ? await ask({ kind: "handshake", serverName: url.host })
    : await ask({ kind: "http", http, ...(secure && { tls: { serverName: url.host } }) });
  const where = `${url.host} (${answer.address ?? url.host})`;
  if (answer.outcome === "unknown-host") {
    throw new WgetError(
      4,
      busybox
        ? `wget: bad address '${url.host}${url.port === 80 ? "" : `:${url.port}`}'`
        : `Resolving ${url.host} (${url.host})... failed: Name or service not known.\nwget: unable to resolve host address ‘${url.host}’`,
    );
  }
  if (busybox) say(`Connecting to ${url.host} (${answer.address}:${url.port})\n`);
  else say(`Connecting to ${where}|:${url.port}... `);
  const failures: Partial<Record<NetworkResponse["outcome"], [string, string]>> = {
    refused: [
      `wget: can't connect to remote host (${answer.address}): Connection refused`,
      "failed: Connection refused.",
    ],
    unreachable: [
      `wget: can't connect to remote host (${answer.address}): No route to host`,
      "failed: No route to host.",
    ],
    timeout: ["wget: download timed out", "failed: Connection timed out."],
    reset: [
      "wget: error getting response: Connection reset by peer",
      "connected.\nHTTP request sent, awaiting response... Read error (Connection reset by peer) in headers.",
    ],
    "empty-reply": [
      "wget: error getting response",
      "connected.\nHTTP request sent, awaiting response... No data received.",
    ],
    "tls-not-spoken": [
      "wget: TLS error from peer (alert code 40): handshake failure",
      "connected.\nOpenSSL: error:0A00010B:SSL routines::wrong version number\nUnable to establish SSL connection.",
    ],
  };
  const check = () => {
    const failure = failures[answer.outcome];
    if (failure) throw new WgetError(4, busybox ? failure[0] : failure[1]);
  };
  check();
  if (!busybox) say("connected.\n");
  if (secure && !options.insecure) verify(url, answer, options, context, busybox);
  if (verifies) {
    answer = await ask({ kind: "http", http, tls: { serverName: url.host, established: true } });
    check();
  }
  if (!busybox)
    say(`HTTP request sent, awaiting response... ${answer.http!.status} ${reasonPhrase(answer.http!.status)}\n`);
  return answer;
}

function verify(
  url: ParsedUrl,
  answer: NetworkResponse,
  options: WgetOptions,
  context: ToolContext,
  busybox: boolean,
): void {
  // busybox's wget says that it does not verify, and goes on.
  if (busybox) {
    context.stderr.write("wget: note: TLS certificate validation not implemented\n");
    return;
  }
  const path = resolvePath(context.cwd, options.caFile ?? "/etc/ssl/certs/ca-certificates.crt");
  const caPem = context.files.stat(path) ? context.files.readFile(path) : "";
  const result = verifyChain(answer.tls?.chainPem ?? "", caPem, {
    host: url.host,
    atMs: context.nowMs,
    purpose: "serverAuth",
  });
  if (result.ok) return;
  const issuer =
    parseCertificates(answer.tls?.chainPem ?? "")[0]
      ?.issuer.map(([key, value]) => `${key}=${value}`)
      .join(",") ?? "";
  throw new WgetError(
    5,
    `ERROR: cannot verify ${url.host}'s certificate, issued by ‘${issuer}’:\n  ${result.reason}\nTo connect to ${url.host} insecurely, use \`--no-check-certificate'.`,
  );
}

async function save(
  url: ParsedUrl,
  body: string,
  options: WgetOptions,
  context: ToolContext,
  busybox: boolean,
  say: (line: string) => void,
): Promise<void> {
  if (options.spider) {
    if (!busybox) say("Remote file exists.\n\n");
    else say("remote file exists\n");
    return;
  }
  const size = byteLength(body);
  const file = options.output ?? (basename(url.path.replace(/\?.*/, "")) || "index.html");
  if (file === "-") {
    if (busybox) say("writing to stdout\n");
    await context.stdout.write(body);
    if (busybox)
      say(
        `-                    100% |********************************|${String(size).padStart(6)}  0:00:00 ETA\nwritten to stdout\n`,
      );
    return;
  }
  if (file !== "/dev/null") context.files.writeFile(resolvePath(context.cwd, file), body);
  if (busybox)
    say(
      `saving to '${file}'\n${file.padEnd(20)} 100% |********************************|${String(size).padStart(6)}  0:00:00 ETA\n'${file}' saved\n`,
    );
  else say(`Length: ${size}\nSaving to: ‘${file}’\n\n${stamp(context.nowMs)} - ‘${file}’ saved [${size}/${size}]\n\n`);
}

function stamp(timeMs: number): string {
  return rfc3339(timeMs).replace("T", " ").replace("Z", "");
}
