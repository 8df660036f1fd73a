import type { NetworkResponse } from "@/sim/network/types";
import type { Tool, ToolContext } from "../tool";
import { isSmall } from "./questions";

const DEFAULT_PATIENCE_MS = 130_000;

/** nc: `-z` tries whether a port is open; without it, stdin goes out as one message and the answer comes back. */
export const nc: Tool = {
  name: "nc",
  async run(context) {
    let [scan, verbose, numeric] = [false, false, false];
    let patienceMs = DEFAULT_PATIENCE_MS;
    const rest: string[] = [];
    for (let index = 1; index < context.argv.length; index++) {
      const word = context.argv[index]!;
      if (!word.startsWith("-")) {
        rest.push(word);
        continue;
      }
      for (const letter of word.slice(1)) {
        if (letter === "z") scan = true;
        else if (letter === "v") verbose = true;
        else if (letter === "n") numeric = true;
        else if (letter === "w") {
          patienceMs = Number(context.argv[++index]) * 1000;
          break;
        } else if (letter === "l") {
          context.stderr.write("nc: listening is not possible here\n");
          return 1;
        } else if (letter === "q" || letter === "i" || letter === "p") {
          index++;
          break;
        } else if (!"46tNkh".includes(letter)) {
          context.stderr.write(`nc: invalid option -- '${letter}'\n`);
          return 1;
        }
      }
    }
    const [host, port] = rest;
    if (!host || !port) {
      context.stderr.write("usage: nc [-nvz] [-w SECONDS] HOST PORT\n");
      return 1;
    }
    const data = scan ? undefined : await context.stdin.readAll();
    const answer = await context.network(
      { host, port: Number(port), payload: data === undefined ? { kind: "connect" } : { kind: "raw", data } },
      patienceMs,
    );
    if (isSmall(context)) return small(context, { host, port, verbose }, answer);
    const where = numeric || answer.address === host ? host : `${host} (${answer.address ?? "?"})`;
    if (answer.outcome === "unknown-host") {
      context.stderr.write(`nc: getaddrinfo for host "${host}" port ${port}: Name or service not known\n`);
      return 1;
    }
    const failures: Partial<Record<typeof answer.outcome, string>> = {
      refused: "Connection refused",
      timeout: "Connection timed out",
      unreachable: "No route to host",
    };
    const failure = failures[answer.outcome];
    if (failure) {
      if (verbose || !scan) context.stderr.write(`nc: connect to ${where} port ${port} (tcp) failed: ${failure}\n`);
      return 1;
    }
    if (verbose) context.stderr.write(`Connection to ${where} ${port} port [tcp/*] succeeded!\n`);
    if (answer.raw) await context.stdout.write(answer.raw);
    else if (answer.http) await context.stdout.write(answer.http.body);
    return 0;
  },
};

/** The words of busybox' nc. */
async function small(
  context: ToolContext,
  { host, port, verbose }: { host: string; port: string; verbose: boolean },
  { outcome, address, raw, http }: NetworkResponse,
): Promise<number> {
  const failures: Partial<Record<NetworkResponse["outcome"], string>> = {
    "unknown-host": `bad address '${host}'`,
    refused: `${host} (${address}:${port}): Connection refused`,
    unreachable: `${host} (${address}:${port}): Host is unreachable`,
    timeout: "timed out",
  };
  const failure = failures[outcome];
  if (failure) {
    context.stderr.write(`nc: ${failure}\n`);
    return 1;
  }
  if (verbose) context.stderr.write(`${host} (${address}:${port}) open\n`);
  const text = raw ?? http?.body;
  if (text) await context.stdout.write(text);
  return 0;
}

/** telnet is here to see whether a port is open. */
export const telnet: Tool = {
  name: "telnet",
  async run(context) {
    const [, host, port = "23"] = context.argv;
    if (!host) {
      context.stderr.write("usage: telnet HOST [PORT]\n");
      return 1;
    }
    const answer = await context.network(
      { host, port: Number(port), payload: { kind: "connect" } },
      DEFAULT_PATIENCE_MS,
    );
    if (answer.outcome === "unknown-host") {
      context.stderr.write(`telnet: could not resolve ${host}/${port}: Name or service not known\n`);
      return 1;
    }
    await context.stdout.write(`Trying ${answer.address ?? host}...\n`);
    if (answer.outcome === "refused" || answer.outcome === "timeout" || answer.outcome === "unreachable") {
      context.stderr.write(
        `telnet: Unable to connect to remote host: ${{ refused: "Connection refused", timeout: "Connection timed out", unreachable: "No route to host" }[answer.outcome]}\n`,
      );
      return 1;
    }
    await context.stdout.write(
      `Connected to ${host}.\nEscape character is '^]'.\nConnection closed by foreign host.\n`,
    );
    return 1;
  },
};
