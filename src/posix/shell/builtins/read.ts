import { ShellFault } from "../fault";
import type { RunResult } from "../host";
import type { Machine } from "../machine";
import type { Frame } from "../state";
import { ifs, isName, setArray, setVariable } from "../variables";
import type { Builtin } from "./builtin";

interface ReadOptions {
  raw: boolean;
  delimiter: string;
  count?: number;
  exact: boolean;
  array?: string;
  prompt?: string;
  timeoutMs?: number;
  fd: number;
  silent: boolean;
  names: string[];
}

const LINE_LIMIT = 1024 * 1024;
const USAGE =
  "usage: read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]";

function options(argv: readonly string[]): ReadOptions {
  const result: ReadOptions = { raw: false, delimiter: "\n", exact: false, fd: 0, silent: false, names: [] };
  let index = 1;
  for (; index < argv.length; index++) {
    const word = argv[index]!;
    if (word === "--") {
      index++;
      break;
    }
    if (!/^-./.test(word)) break;
    for (let at = 1; at < word.length; at++) {
      const letter = word[at]!;
      if (letter === "r") result.raw = true;
      else if (letter === "s") result.silent = true;
      else if (letter === "e") continue;
      else if ("adnNptui".includes(letter)) {
        const value = at + 1 < word.length ? word.slice(at + 1) : argv[++index];
        if (value === undefined) throw new ShellFault(`-${letter}: option requires an argument\nread: ${USAGE}`, 2);
        option(result, letter, value);
        break;
      } else throw new ShellFault(`-${letter}: invalid option\nread: ${USAGE}`, 2);
    }
  }
  result.names = argv.slice(index);
  const bad = result.names.find((name) => !isName(name));
  if (bad !== undefined) throw new ShellFault(`\`${bad}': not a valid identifier`);
  return result;
}

function option(result: ReadOptions, letter: string, value: string): void {
  if (letter === "a") result.array = value;
  if (letter === "d") result.delimiter = value[0] ?? "\0";
  if (letter === "p") result.prompt = value;
  if (letter === "u") result.fd = Number(value);
  if (letter === "n" || letter === "N") {
    result.count = Number(value);
    result.exact = letter === "N";
    if (!Number.isInteger(result.count) || result.count < 0) throw new ShellFault(`${value}: invalid number`);
  }
  if (letter === "t") {
    result.timeoutMs = Number(value) * 1000;
    if (Number.isNaN(result.timeoutMs)) throw new ShellFault(`${value}: invalid timeout specification`);
  }
}

const read: Builtin = (machine, argv) => {
  const { state, host } = machine;
  const wanted = options(argv);
  const handle = state.fds[wanted.fd];
  if (handle === undefined) throw new ShellFault(`${wanted.fd}: invalid file descriptor: Bad file descriptor`);
  if (wanted.prompt && host.isTty(handle)) machine.write(2, wanted.prompt);
  if (wanted.silent && host.isTty(handle)) host.setEcho?.(false);
  machine.push({
    k: "read",
    argv: [...argv],
    handle,
    text: "",
    ...(wanted.timeoutMs !== undefined && { deadlineMs: host.nowMs + wanted.timeoutMs }),
  });
  return undefined;
};

/** Takes what is there up to the delimiter and not a character more: the rest is the next reader's. */
export function stepRead(machine: Machine, frame: Extract<Frame, { k: "read" }>): RunResult | undefined {
  const { state, host } = machine;
  const wanted = options(frame.argv);
  if (wanted.count === 0) return finish(machine, wanted, "", true);
  const limit = wanted.count === undefined ? undefined : wanted.count - frame.text.length;
  const data = host.read(frame.handle, {
    ...(!wanted.exact && { upTo: wanted.delimiter }),
    ...(limit !== undefined && { limit }),
  });
  if (data === undefined) {
    if (frame.deadlineMs !== undefined && host.nowMs >= frame.deadlineMs) {
      finish(machine, wanted, frame.text, false);
      state.status = 142;
      return undefined;
    }
    return {
      kind: "blocked",
      blocked: {
        on: "read",
        handle: frame.handle,
        ...(frame.deadlineMs !== undefined && { deadlineMs: frame.deadlineMs }),
      },
    };
  }
  if (data === null) return finish(machine, wanted, frame.text, false);
  frame.text += data;
  if (frame.text.length > LINE_LIMIT) return finish(machine, wanted, frame.text, true);
  if (!wanted.exact && frame.text.endsWith(wanted.delimiter)) {
    const line = frame.text.slice(0, -1);
    const continued = !wanted.raw && wanted.delimiter === "\n" && /(^|[^\\])(\\\\)*\\$/.test(line);
    if (!continued) return finish(machine, wanted, line, true);
    frame.text = line.slice(0, -1);
    return undefined;
  }
  if (wanted.count !== undefined && frame.text.length >= wanted.count) return finish(machine, wanted, frame.text, true);
  return undefined;
}

function finish(machine: Machine, wanted: ReadOptions, line: string, complete: boolean): undefined {
  const { state } = machine;
  machine.pop();
  if (wanted.silent) machine.host.setEcho?.(true);
  state.status = complete ? 0 : 1;
  assign(machine, wanted, line);
  return undefined;
}

function assign(machine: Machine, wanted: ReadOptions, line: string): void {
  const separators = ifs(machine.state);
  if (wanted.array !== undefined) {
    const words = splitFields(line, separators, wanted.raw, Number.POSITIVE_INFINITY);
    setArray(machine, wanted.array, Object.fromEntries(words.map((word, index) => [String(index), word])));
    return;
  }
  if (wanted.names.length === 0 || wanted.exact) {
    setVariable(machine, wanted.names[0] ?? "REPLY", wanted.raw ? line : line.replace(/\\([\s\S])/g, "$1"));
    return;
  }
  const words = splitFields(line, separators, wanted.raw, wanted.names.length);
  for (const [index, name] of wanted.names.entries()) setVariable(machine, name, words[index] ?? "");
}

/** Fields by IFS; the last takes what is left, without white space around it. A backslash keeps a separator, unless raw. */
function splitFields(line: string, separators: string, raw: boolean, count: number): string[] {
  const white = [...separators].filter((char) => " \t\n".includes(char)).join("");
  const fields: string[] = [];
  let at = 0;
  const skipWhite = () => {
    while (at < line.length && white.includes(line[at]!)) at++;
  };
  skipWhite();
  while (at < line.length && fields.length < count) {
    if (fields.length === count - 1) {
      let rest = line.slice(at);
      while (rest !== "" && white.includes(rest.at(-1)!) && (raw || rest.at(-2) !== "\\")) rest = rest.slice(0, -1);
      // One field and its separator at the end: the separator goes.
      const hard = [...separators].filter((char) => !white.includes(char));
      if (hard.includes(rest.at(-1) ?? "") && ![...rest.slice(0, -1)].some((char) => separators.includes(char)))
        rest = rest.slice(0, -1);
      fields.push(raw ? rest : rest.replace(/\\([\s\S])/g, "$1"));
      break;
    }
    let field = "";
    while (at < line.length && !separators.includes(line[at]!)) {
      if (!raw && line[at] === "\\") at++;
      field += line[at++] ?? "";
    }
    fields.push(field);
    skipWhite();
    if (at < line.length && separators.includes(line[at]!) && !white.includes(line[at]!)) {
      at++;
      skipWhite();
    }
  }
  return fields;
}

/** Reads all lines of standard input into an array; input must be a file or a text that is there already. */
const mapfile: Builtin = (machine, argv) => {
  const { state, host } = machine;
  const trim = argv.includes("-t");
  const name = argv.slice(1).find((word) => !word.startsWith("-")) ?? "MAPFILE";
  const handle = state.fds[0];
  let text = "";
  for (let data = handle === undefined ? null : host.read(handle); data; data = host.read(handle!)) text += data;
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  setArray(
    machine,
    name,
    Object.fromEntries(lines.map((line, index) => [String(index), trim ? line.replace(/\n$/, "") : line])),
  );
  return 0;
};

export const readBuiltins: Record<string, Builtin> = { read, mapfile, readarray: mapfile };
