import { reasonPhrase } from "../../../network/http-status";
import type { NetworkResponse } from "../../../network/types";
import { type Command, type CommandIo, DONE } from "../command";

interface Url {
  secure: boolean;
  host: string;
  port: number;
  path: string;
}

function parseUrl(text: string): Url | undefined {
  const match = /^(?:(https?):\/\/)?([^/:]+)(?::(\d+))?(\/.*)?$/.exec(text);
  if (!match) return undefined;
  const secure = match[1] === "https";
  return { secure, host: match[2]!, port: match[3] ? Number(match[3]) : secure ? 443 : 80, path: match[4] ?? "/" };
}

/** Sends once and waits as long as the network takes; undefined while it still waits. The outcome is kept between steps. */
function exchange(
  io: CommandIo,
  request: Parameters<CommandIo["context"]["request"]>[0],
  patienceMs: number,
): NetworkResponse | { wakeMs: number } {
  if (io.memory.answer === undefined) {
    const answer = io.context.request(request);
    const late = answer.outcome === "timeout" || answer.latencyMs > patienceMs;
    io.memory.answer = JSON.stringify(
      late ? { ...answer, outcome: "timeout", http: undefined, raw: undefined } : answer,
    );
    io.memory.untilMs = io.nowMs + (late ? patienceMs : answer.latencyMs);
  }
  if (io.nowMs < Number(io.memory.untilMs)) return { wakeMs: Number(io.memory.untilMs) };
  return JSON.parse(String(io.memory.answer)) as NetworkResponse;
}

const httpRequest = (url: Url, agent: string, method = "GET", headers: [string, string][] = [], body = "") => ({
  host: url.host,
  port: url.port,
  payload: {
    kind: "http" as const,
    http: {
      method,
      path: url.path,
      headers: [
        ["Host", url.port === 80 ? url.host : `${url.host}:${url.port}`],
        ["User-Agent", agent],
        ["Accept", "*/*"],
        ...headers,
      ] as [string, string][],
      body,
    },
    ...(url.secure && { tls: { serverName: url.host } }),
  },
});

/** The options of `argv` that take a value, and the words that are left. */
function optionsOf(
  argv: readonly string[],
  valued: RegExp,
): { values: Map<string, string[]>; flags: string; words: string[] } {
  const values = new Map<string, string[]>();
  const words: string[] = [];
  let flags = "";
  for (let index = 1; index < argv.length; index++) {
    const word = argv[index]!;
    const long = /^(--[\w-]+)=(.*)$/s.exec(word);
    const push = (name: string, value: string) => values.set(name, [...(values.get(name) ?? []), value]);
    if (long) push(long[1]!, long[2]!);
    else if (word.startsWith("--") && valued.test(word)) push(word, argv[++index] ?? "");
    else if (word.startsWith("--")) flags += ` ${word} `;
    else if (word.startsWith("-") && word.length > 1) {
      for (let at = 1; at < word.length; at++) {
        const name = `-${word[at]}`;
        if (!valued.test(name)) {
          flags += word[at];
          continue;
        }
        push(name, at + 1 < word.length ? word.slice(at + 1) : (argv[++index] ?? ""));
        break;
      }
    } else words.push(word);
  }
  return { values, flags, words };
}

const wget: Command = (io) => {
  const { values, flags, words } = optionsOf(
    io.argv,
    /^(-O|-T|-t|-U|--header|--post-data|--timeout|--output-document)$/,
  );
  const url = parseUrl(words[0] ?? "");
  if (!url) {
    io.err("wget: missing URL\n");
    return { exit: 1 };
  }
  const quiet = flags.includes("q");
  const patienceMs = Number(values.get("-T")?.[0] ?? values.get("--timeout")?.[0] ?? 900) * 1000;
  const answer = exchange(
    io,
    httpRequest(
      url,
      "Wget",
      values.has("--post-data") ? "POST" : "GET",
      [["Connection", "close"]],
      values.get("--post-data")?.[0],
    ),
    patienceMs,
  );
  if ("wakeMs" in answer) return answer;
  const fail = (text: string) => {
    io.err(`wget: ${text}\n`);
    return { exit: 1 };
  };
  if (answer.outcome === "unknown-host")
    return fail(`bad address '${url.host}${url.port === 80 ? "" : `:${url.port}`}'`);
  if (!quiet)
    io.err(`Connecting to ${url.host}${url.port === 80 ? "" : `:${url.port}`} (${answer.address}:${url.port})\n`);
  if (answer.outcome === "refused") return fail(`can't connect to remote host (${answer.address}): Connection refused`);
  if (answer.outcome === "unreachable")
    return fail(`can't connect to remote host (${answer.address}): No route to host`);
  if (answer.outcome === "timeout") return fail("download timed out");
  if (!answer.http) return fail("error getting response");
  if (answer.http.status >= 400)
    return fail(`server returned error: HTTP/1.1 ${answer.http.status} ${reasonPhrase(answer.http.status)}`.trimEnd());
  if (flags.includes(" --spider ")) {
    if (!quiet) io.err("remote file exists\n");
    return DONE;
  }
  const target =
    values.get("-O")?.[0] ?? values.get("--output-document")?.[0] ?? (url.path.split("/").at(-1) || "index.html");
  if (target === "-") io.out(answer.http.body);
  else if (target !== "/dev/null") io.files.writeFile(io.resolve(target), answer.http.body);
  if (!quiet) io.err(target === "-" ? "writing to stdout\n" : `saving to '${target}'\n'${target}' saved\n`);
  return DONE;
};

const curl: Command = (io) => {
  const { values, flags, words } = optionsOf(
    io.argv,
    /^(-o|-m|-X|-H|-d|-w|-u|-A|--max-time|--connect-timeout|--output|--request|--header|--data|--write-out|--retry|--cacert)$/,
  );
  const value = (...names: string[]) => names.map((name) => values.get(name)?.[0]).find((one) => one !== undefined);
  const url = parseUrl(words[0] ?? "");
  if (!url) {
    io.err("curl: no URL specified!\ncurl: try 'curl --help' or 'curl --manual' for more information\n");
    return { exit: 2 };
  }
  const silent = flags.includes("s") || flags.includes(" --silent ");
  const loud = !silent || flags.includes("S") || flags.includes(" --show-error ");
  const data = value("-d", "--data");
  const headers = [...(values.get("-H") ?? []), ...(values.get("--header") ?? [])].map((line): [string, string] => [
    line.split(":")[0]!,
    line.slice(line.indexOf(":") + 1).trim(),
  ]);
  const method = value("-X", "--request") ?? (data === undefined ? (flags.includes("I") ? "HEAD" : "GET") : "POST");
  const patienceMs = Number(value("-m", "--max-time", "--connect-timeout") ?? 130) * 1000;
  const answer = exchange(io, httpRequest(url, "curl/8.14.1", method, headers, data), patienceMs);
  if ("wakeMs" in answer) return answer;
  const fail = (exit: number, text: string) => {
    if (loud) io.err(`curl: (${exit}) ${text}\n`);
    return { exit };
  };
  const waited = Math.round(io.nowMs - (Number(io.memory.untilMs) - answer.latencyMs));
  if (answer.outcome === "unknown-host") return fail(6, `Could not resolve host: ${url.host}`);
  if (answer.outcome === "timeout")
    return fail(28, `Failed to connect to ${url.host} port ${url.port} after ${patienceMs} ms: Timeout was reached`);
  if (answer.outcome === "refused" || answer.outcome === "unreachable")
    return fail(7, `Failed to connect to ${url.host} port ${url.port} after ${waited} ms: Could not connect to server`);
  if (answer.outcome === "tls-not-spoken")
    return fail(35, "TLS connect error: error:0A00010B:SSL routines::wrong version number");
  if (url.secure && !flags.includes("k") && !flags.includes(" --insecure "))
    return fail(60, "SSL certificate problem: unable to get local issuer certificate");
  if (!answer.http) return fail(52, "Empty reply from server");
  const failed = (flags.includes("f") || flags.includes(" --fail ")) && answer.http.status >= 400;
  if (flags.includes("i") || flags.includes("I"))
    io.out(
      `HTTP/1.1 ${answer.http.status} ${reasonPhrase(answer.http.status)}\r\n${answer.http.headers.map(([name, text]) => `${name}: ${text}\r\n`).join("")}\r\n`,
    );
  const target = value("-o", "--output");
  if (!failed && !target) io.out(answer.http.body);
  else if (!failed && target !== "/dev/null") io.files.writeFile(io.resolve(target!), answer.http.body);
  const format = value("-w", "--write-out");
  if (format)
    io.out(format.replace(/\\n/g, "\n").replace(/%\{(http_code|response_code)\}/g, String(answer.http.status)));
  return failed ? fail(22, `The requested URL returned error: ${answer.http.status}`) : DONE;
};

const nc: Command = (io) => {
  const { values, flags, words } = optionsOf(io.argv, /^(-w|-p|-i)$/);
  const [host, port] = words;
  if (!host || !port) return { exit: 1 };
  const answer = exchange(
    io,
    { host, port: Number(port), payload: { kind: "connect" } },
    Number(values.get("-w")?.[0] ?? 130) * 1000,
  );
  if ("wakeMs" in answer) return answer;
  if (answer.outcome === "unknown-host") io.err(`nc: bad address '${host}'\n`);
  else if (answer.outcome !== "ok")
    io.err(
      `nc: ${host} (${answer.address}:${port}): ${answer.outcome === "refused" ? "Connection refused" : "Connection timed out"}\n`,
    );
  else if (flags.includes("v")) io.err(`${host} (${answer.address}:${port}) open\n`);
  return { exit: answer.outcome === "ok" ? 0 : 1 };
};

const nslookup: Command = (io) => {
  const name = io.argv[1];
  if (!name) return { exit: 1 };
  const { addresses } = io.context.resolve(name);
  const server =
    /^nameserver (\S+)/m.exec(io.files.stat("/etc/resolv.conf") ? io.files.readFile("/etc/resolv.conf") : "")?.[1] ??
    "10.96.0.10";
  io.out(`Server:\t\t${server}\nAddress:\t${server}:53\n\n`);
  if (addresses.length === 0) {
    io.out(`** server can't find ${name}: NXDOMAIN\n\n`);
    return { exit: 1 };
  }
  io.out(`${addresses.map((address) => `Name:\t${name}\nAddress: ${address}`).join("\n")}\n\n`);
  return DONE;
};

const ping: Command = (io) => {
  const { values, words } = optionsOf(io.argv, /^(-c|-w|-W|-i)$/);
  const [host = ""] = words;
  const address = /^\d+(\.\d+){3}$/.test(host) ? host : io.context.resolve(host).addresses[0];
  if (!address) {
    io.err(`ping: bad address '${host}'\n`);
    return { exit: 1 };
  }
  const sent = Number(io.memory.sent ?? 0);
  const count = Number(values.get("-c")?.[0] ?? Number.POSITIVE_INFINITY);
  if (sent === 0) io.out(`PING ${host} (${address}): 56 data bytes\n`);
  if (sent >= count) {
    io.out(
      `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${sent} packets received, 0% packet loss\n`,
    );
    return DONE;
  }
  io.out(`64 bytes from ${address}: seq=${sent} ttl=64 time=0.${Math.floor(io.context.random() * 900) + 50} ms\n`);
  io.memory.sent = sent + 1;
  return { wakeMs: io.nowMs + 1000 };
};

export const networkCommands: Record<string, Command> = { nc, nslookup, ping, wget };
/** In images that carry it. */
export const extraCommands: Record<string, Command> = { curl };
