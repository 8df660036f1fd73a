import { FileError } from "@/posix/files/file-system";
import { CorefileError, parseCorefile, type ServerBlock } from "../../network/dns/corefile";
import { outsideAnswer } from "../../network/dns/outside";
import { answerQuery } from "../../network/dns/plugins";
import type { ZoneAnswer } from "../../network/dns/types";
import type { IncomingRequest, Program, ProgramContext } from "../program";

/** CoreDNS: answers by its Corefile, which it reads when it starts and, with `reload`, again when it has changed. */

interface State {
  /** The configuration at work. */
  corefile: string;
  /** The last text that was tried; unlike `corefile` where it was refused. */
  tried: string;
}

const MEMORY_BYTES = 14 * 1_048_576;
const DNS_PORT = 53;
const CODES = { ok: "NOERROR", "no-data": "NOERROR", nxdomain: "NXDOMAIN", servfail: "SERVFAIL", refused: "REFUSED" };

/** Parsed configurations by text: a few per process, shared by all clusters. */
const PARSED_LIMIT = 64;
const parsed = new Map<string, ServerBlock[]>();

function blocksOf(file: string, text: string): ServerBlock[] {
  const key = `${file}\0${text}`;
  let blocks = parsed.get(key);
  if (!blocks) {
    blocks = parseCorefile(file, text);
    if (parsed.size >= PARSED_LIMIT) parsed.delete(parsed.keys().next().value!);
    parsed.set(key, blocks);
  }
  return blocks;
}

function pathOf(argv: readonly string[]): string {
  const at = argv.indexOf("-conf");
  return at >= 0 ? (argv[at + 1] ?? "Corefile") : "Corefile";
}

function read({ files, argv }: ProgramContext): string | undefined {
  try {
    return files.readFile(pathOf(argv));
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

const has = (blocks: readonly ServerBlock[], plugin: string) =>
  blocks.some(({ plugins }) => plugins.some(({ name }) => name === plugin));

/** The sum that reload prints; like the real one it changes with the text, and nobody checks it. */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  let sum = "";
  for (let round = 0; sum.length < 128; round++) {
    for (let index = 0; index < text.length; index++)
      hash = Math.imul(hash ^ (text.charCodeAt(index) + round), 0x01000193);
    sum += (hash >>> 0).toString(16).padStart(8, "0");
  }
  return sum;
}

const running = (text: string) => `[INFO] plugin/reload: Running configuration SHA512 = ${digest(text)}\n`;

function ports(blocks: readonly ServerBlock[]) {
  const own = [...new Set(blocks.flatMap(({ zones }) => zones.map(({ port }) => port)))];
  const more = [
    ...(has(blocks, "health") ? [8080] : []),
    ...(has(blocks, "ready") ? [8181] : []),
    ...(has(blocks, "prometheus") ? [9153] : []),
  ];
  return [...own, ...more].map((port) => ({ port }));
}

const DEFAULT_COREFILE = ".:53 {\n    whoami\n    log\n}\n";

export const coredns: Program<any> = {
  name: "coredns",
  start(context) {
    const text = read(context) ?? DEFAULT_COREFILE;
    try {
      const blocks = blocksOf(pathOf(context.argv), text);
      const zones = blocks.flatMap(({ zones: all }) => all.map(({ name, port }) => `${name}.:${port}\n`)).join("");
      const reload = has(blocks, "reload") ? running(text) : "";
      return {
        state: { corefile: text, tried: text } satisfies State,
        memoryBytes: MEMORY_BYTES,
        cpuMillicores: 2,
        listen: ports(blocks),
        stdout: `${zones}${reload}CoreDNS-1.12.0\nlinux/amd64, go1.23.3, 51e11f1\n`,
      };
    } catch (error) {
      if (!(error instanceof CorefileError)) throw error;
      return { state: { corefile: text, tried: text }, stdout: `${error.message}\n`, exit: 1 };
    }
  },
  onRequest(before: State, request, context) {
    const { state, stdout = "", listen } = reloaded(before, context);
    const more = { ...(listen && { listen }) };
    if (!request.dns) return { state, ...more, ...(stdout && { stdout }), response: page(request) };
    const blocks = blocksOf(pathOf(context.argv), state.corefile);
    const answer = answerQuery(blocks, request.dns, {
      objects: context.objects,
      upstream: (name, type) => outsideAnswer(context.objects, name, type),
      random: () => context.random(),
    });
    const lines = stdout + (has(blocks, "log") ? logLine(request, answer) : "");
    return { state, ...more, ...(lines && { stdout: lines }), response: { dns: answer } };
  },
  onSignal: (state, signal) => ({ state, exit: signal === "SIGTERM" ? 0 : signal === "SIGINT" ? 130 : 137 }),
};

/** Takes up a changed Corefile; one that is wrong is told of and left alone. */
function reloaded(
  state: State,
  context: ProgramContext,
): { state: State; stdout?: string; listen?: { port: number }[] } {
  const text = read(context);
  const file = pathOf(context.argv);
  if (text === undefined || text === state.tried || !has(blocksOf(file, state.corefile), "reload")) return { state };
  try {
    const blocks = blocksOf(file, text);
    return {
      state: { corefile: text, tried: text },
      stdout: `[INFO] Reloading\n${running(text)}[INFO] Reloading complete\n`,
      listen: ports(blocks),
    };
  } catch (error) {
    if (!(error instanceof CorefileError)) throw error;
    return {
      state: { ...state, tried: text },
      stdout: `[INFO] Reloading\n[ERROR] Restart failed: ${error.message}\n[ERROR] plugin/reload: Corefile changed but reload failed: ${error.message}\n`,
    };
  }
}

/** `[INFO] 10.244.1.2:48912 - 4321 "A IN web.default.svc.cluster.local. udp 54 false 512" NOERROR qr,aa,rd 106 0.0001s` */
function logLine({ remote, dns }: IncomingRequest, { outcome, records }: ZoneAnswer): string {
  const { name, type } = dns!;
  const asked = name.length + 18;
  const size = asked + records.reduce((sum, record) => sum + name.length + record.data.length + 12, 0);
  const flags = outcome === "servfail" || outcome === "refused" ? "qr,rd" : "qr,aa,rd";
  return `[INFO] ${remote.address}:${remote.port} - ${(remote.port * 7) % 65_536} "${type} IN ${name}. udp ${asked} false 512" ${CODES[outcome]} ${flags} ${size} 0.000${100 + (remote.port % 300)}s\n`;
}

function page({ port, http, tls }: IncomingRequest) {
  const pages: Record<number, Record<string, string>> = {
    8080: { "/health": "OK" },
    8181: { "/ready": "OK" },
    9153: { "/metrics": "coredns_build_info 1\n" },
  };
  if (!http || tls || port === DNS_PORT || !pages[port]) return {};
  const body = pages[port][http.path.replace(/\?.*$/, "")];
  const text = body ?? "404 page not found\n";
  return {
    http: {
      status: body === undefined ? 404 : 200,
      headers: [
        ["Content-Type", "text/plain; charset=utf-8"],
        ["Content-Length", String(text.length)],
      ] as [string, string][],
      body: text,
    },
  };
}
