import type { Effects, ProgramContext, Step } from "../program";
import { logTime } from "./http";

/** What Go programs share: the flag package, the log package, net.Listen. */

export interface FlagDefinition {
  name: string;
  kind: "string" | "int" | "bool" | "duration";
  usage: string;
  default: string;
}

export type FlagValues = Record<string, string>;

/** Parses as Go's flag package: `-x=1`, `--x 1`, the first word without a dash ends the flags. Errors end with exit code 2. */
export function parseFlags(
  program: string,
  definitions: FlagDefinition[],
  args: readonly string[],
): { values: FlagValues; rest: string[] } | { stderr: string; exit: number } {
  const values: FlagValues = Object.fromEntries(definitions.map((definition) => [definition.name, definition.default]));
  const fail = (message: string) => ({ stderr: `${message}\n${usage(program, definitions)}`, exit: 2 });
  let index = 0;
  while (index < args.length) {
    const word = args[index]!;
    if (!word.startsWith("-") || word === "-") break;
    index++;
    if (word === "--") break;
    const body = word.replace(/^--?/, "");
    if (body === "" || body.startsWith("-") || body.startsWith("=")) return fail(`bad flag syntax: ${word}`);
    const equals = body.indexOf("=");
    const name = equals < 0 ? body : body.slice(0, equals);
    const definition = definitions.find((item) => item.name === name);
    if (!definition) {
      if (name === "h" || name === "help") return { stderr: usage(program, definitions), exit: 2 };
      return fail(`flag provided but not defined: -${name}`);
    }
    let value = equals < 0 ? undefined : body.slice(equals + 1);
    if (value === undefined && definition.kind === "bool") value = "true";
    else if (value === undefined) {
      if (index >= args.length) return fail(`flag needs an argument: -${name}`);
      value = args[index++]!;
    }
    if (definition.kind === "int" && !/^[+-]?\d+$/.test(value)) return fail(invalid(value, name));
    if (definition.kind === "bool" && !/^(1|0|t|f|true|false|TRUE|FALSE|True|False|T|F)$/.test(value)) {
      return fail(`invalid boolean value "${value}" for -${name}: parse error`);
    }
    values[name] = value;
  }
  return { values, rest: args.slice(index) };
}

function invalid(value: string, name: string): string {
  return `invalid value "${value}" for flag -${name}: parse error`;
}

function usage(program: string, definitions: FlagDefinition[]): string {
  const sorted = [...definitions].sort((a, b) => (a.name < b.name ? -1 : 1));
  const lines = sorted.map((definition) => {
    const { name, kind } = definition;
    const quoted = kind === "string" ? `"${definition.default}"` : definition.default;
    const shown = ["", "0", "false"].includes(definition.default) ? "" : ` (default ${quoted})`;
    return `  -${name}${kind === "bool" ? "" : ` ${kind}`}\n    \t${definition.usage}${shown}\n`;
  });
  return `Usage of ${program}:\n${lines.join("")}`;
}

/** A line of the log package. */
export function logLine(nowMs: number, text: string): string {
  return `${logTime(nowMs)} ${text}\n`;
}

export interface GoListener {
  port: number;
  address: string;
}

/** net.Listen("tcp", address): the listener, or Go's error text. */
export function listenOn(address: string, context: ProgramContext): GoListener | { error: string } {
  const colon = address.lastIndexOf(":");
  if (colon < 0) return { error: `listen tcp: address ${address}: missing port in address` };
  const host = address.slice(0, colon).replace(/^\[(.*)\]$/, "$1");
  const portText = address.slice(colon + 1);
  const named: Record<string, number> = { http: 80, https: 443, "": 0 };
  const port = named[portText] ?? Number(portText);
  if (!/^\d*$/.test(portText) && named[portText] === undefined) {
    return { error: `listen tcp: lookup tcp/${portText}: unknown port` };
  }
  if (port > 65_535) return { error: `listen tcp: address ${portText}: invalid port` };
  const own = ["", "0.0.0.0", "::", "127.0.0.1", "localhost", context.podIp];
  if (!own.includes(host)) {
    const known = /^[\d.]+$/.test(host);
    const cause = known ? "bind: cannot assign requested address" : `lookup ${host}: no such host`;
    return { error: known ? `listen tcp ${address}: ${cause}` : `listen tcp: ${cause}` };
  }
  if (context.portTaken?.(port)) return { error: `listen tcp ${address}: bind: address already in use` };
  return { port, address: host === "127.0.0.1" || host === "localhost" ? "127.0.0.1" : "0.0.0.0" };
}

/** log.Fatal: the line on stderr, then exit code 1. */
export function fatal(nowMs: number, text: string, before = ""): Step<null> & Effects {
  return { state: null, stderr: before + logLine(nowMs, text), exit: 1 };
}
