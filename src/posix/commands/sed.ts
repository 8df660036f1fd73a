import { compileExpression, type Expression, replaceMatches } from "../expressions/compile";
import { translateExpression } from "../expressions/translate";
import { FileError } from "../files/file-system";
import {
  badOption,
  type Command,
  type CommandIo,
  complain,
  linesOf,
  openError,
  parseOptions,
  pathOf,
  readText,
} from "./command";

type Address = { line: number } | { last: true } | { expression: Expression };

interface Instruction {
  from?: Address;
  to?: Address;
  negated: boolean;
  name: string;
  expression?: Expression;
  replacement?: string;
  nth?: number;
  all?: boolean;
  print?: boolean;
  text?: string;
  /** For `}`, jumped to by `{`; for branches, the label. */
  end?: number;
}

const INSTRUCTION_LIMIT = 500;
const STEP_LIMIT = 100_000;

/** sed: s, d, p, q, a, i, c, y, =, n, N, D, P, h, H, g, G, x, b, t and blocks, line by line. */
export const sed: Command = (io, state) => {
  const argv = io.argv.map((word) =>
    /^-i./.test(word) && !/^-i[nEr]+$/.test(word)
      ? "-i"
      : word === "--in-place" || word.startsWith("--in-place=")
        ? "-i"
        : word,
  );
  const { flags, lists, rest, bad } = parseOptions(argv, "nErise:f:uz", {
    quiet: "n",
    silent: "n",
    expression: "e",
    file: "f",
    "regexp-extended": "E",
    unbuffered: "u",
    separate: "s",
  });
  if (bad) return badOption(io, bad);
  const names = [...rest];
  const scripts = [...(lists.e ?? []), ...(lists.f ?? []).map((name) => readText(io, name))];
  if (scripts.length === 0) {
    const first = names.shift();
    if (first === undefined) {
      io.err("Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...\n");
      return { exit: 1 };
    }
    scripts.push(first);
  }
  let program: Instruction[];
  try {
    program = parse(scripts.join("\n"), flags.has("E") || flags.has("r"));
  } catch (error) {
    complain(io, (error as Error).message);
    return { exit: 1 };
  }
  if (names.length > 0) return overFiles(io, names, program, flags);
  const run = new Run(program, flags.has("n"));
  Object.assign(run.memory, state.memory ?? {});
  for (;;) {
    const line = io.read("\n");
    if (line === undefined) {
      state.memory = run.memory;
      state.held = state.held ?? null;
      return { input: true };
    }
    // Whether a line is the last shows with the next one: only scripts that ask have to wait for it.
    const asks = program.some(
      (one) => (one.from && "last" in one.from) || (one.to && "last" in one.to) || one.name === "N",
    );
    if (!asks) {
      if (line === null) return { exit: 0 };
      io.out(run.line(line.replace(/\n$/, ""), false));
      if (run.memory.quit !== undefined) return { exit: run.memory.quit };
      continue;
    }
    if (line === null) {
      const lines = linesOf(state.text ?? "");
      io.out(all(run, lines));
      return { exit: run.memory.quit ?? 0 };
    }
    state.text = (state.text ?? "") + line;
  }
};

function all(run: Run, lines: string[]): string {
  let output = "";
  run.rest = [...lines];
  while (run.rest.length > 0 && run.memory.quit === undefined) {
    const line = run.rest.shift()!;
    output += run.line(line, run.rest.length === 0);
  }
  return output;
}

function overFiles(io: CommandIo, names: readonly string[], program: Instruction[], flags: Set<string>) {
  let code = 0;
  const texts: [string, string][] = [];
  for (const name of names) {
    try {
      texts.push([name, readText(io, name)]);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      complain(
        io,
        io.style === "gnu"
          ? error.code === "EISDIR"
            ? `couldn't edit ${name}: not a regular file`
            : `can't read ${name}: ${error.message}`
          : openError(io, name, error),
      );
      code = io.style === "gnu" ? 2 : 1;
    }
  }
  if (flags.has("i")) {
    for (const [name, text] of texts) {
      const result = all(new Run(program, flags.has("n")), linesOf(text));
      try {
        io.files.writeFile(pathOf(io, name), text.endsWith("\n") ? result : result.replace(/\n$/, ""));
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        complain(io, `couldn't open file ${name}: ${error.message}`);
        code = 4;
      }
    }
    return { exit: code };
  }
  const run = new Run(program, flags.has("n"));
  const whole = texts.map(([, text]) => text).join("");
  const result = all(run, linesOf(whole));
  io.out(whole.endsWith("\n") || !result.endsWith("\n") ? result : result.slice(0, -1));
  return { exit: run.memory.quit ?? code };
}

class Run {
  readonly memory: { number: number; hold: string; active: Record<number, boolean>; quit?: number } = {
    number: 0,
    hold: "",
    active: {},
  };
  rest: string[] = [];

  constructor(
    private readonly program: Instruction[],
    private readonly quiet: boolean,
  ) {}

  line(text: string, last: boolean): string {
    const { memory, program } = this;
    let space = text;
    let output = "";
    let after = "";
    let substituted = false;
    let steps = 0;
    let isLast = last;
    memory.number++;
    for (let at = 0; at < program.length; at++) {
      if (++steps > STEP_LIMIT) break;
      const one = program[at]!;
      if (!this.applies(one, at, space, isLast)) {
        if (one.name === "{") at = one.end!;
        continue;
      }
      switch (one.name) {
        case "s": {
          const result = substitute(space, one);
          if (result === undefined) break;
          space = result;
          substituted = true;
          if (one.print) output += `${space}\n`;
          break;
        }
        case "y":
          space = [...space]
            .map((char) => {
              const index = [...one.text!].indexOf(char);
              return index >= 0 ? [...one.replacement!][index]! : char;
            })
            .join("");
          break;
        case "p":
          output += `${space}\n`;
          break;
        case "P":
          output += `${space.split("\n")[0]}\n`;
          break;
        case "=":
          output += `${memory.number}\n`;
          break;
        case "d":
          return output + after;
        case "D":
          if (!space.includes("\n")) return output + after;
          space = space.slice(space.indexOf("\n") + 1);
          at = -1;
          break;
        case "q":
          memory.quit = one.nth ?? 0;
          return output + (this.quiet ? "" : `${space}\n`) + after;
        case "Q":
          memory.quit = one.nth ?? 0;
          return output + after;
        case "a":
          after += `${one.text}\n`;
          break;
        case "i":
          output += `${one.text}\n`;
          break;
        case "c":
          output += !one.to || !memory.active[at] ? `${one.text}\n` : "";
          return output + after;
        case "n":
        case "N": {
          const next = this.rest.shift();
          if (next === undefined) {
            if (one.name === "n" || !this.quiet) output += this.quiet ? "" : `${space}\n`;
            return output + after;
          }
          memory.number++;
          isLast = this.rest.length === 0;
          if (one.name === "n") {
            if (!this.quiet) output += `${space}\n`;
            space = next;
          } else space += `\n${next}`;
          break;
        }
        case "h":
          memory.hold = space;
          break;
        case "H":
          memory.hold += `\n${space}`;
          break;
        case "g":
          space = memory.hold;
          break;
        case "G":
          space += `\n${memory.hold}`;
          break;
        case "x":
          [space, memory.hold] = [memory.hold, space];
          break;
        case "b":
        case "t": {
          if (one.name === "t" && !substituted) break;
          substituted = false;
          const target = one.text
            ? program.findIndex((each) => each.name === ":" && each.text === one.text)
            : program.length;
          at = target < 0 ? program.length : target;
          break;
        }
      }
    }
    return output + (this.quiet ? "" : `${space}\n`) + after;
  }

  private applies(one: Instruction, at: number, space: string, last: boolean): boolean {
    const { memory } = this;
    const hits = (address: Address) =>
      "line" in address ? memory.number === address.line : "last" in address ? last : address.expression.test(space);
    let result = true;
    if (one.from && one.to) {
      if (memory.active[at]) {
        result = true;
        if (hits(one.to) || ("line" in one.to && memory.number >= one.to.line)) memory.active[at] = false;
      } else if (hits(one.from)) {
        memory.active[at] = !("line" in one.to && one.to.line <= memory.number);
      } else result = false;
    } else if (one.from) result = hits(one.from);
    return result !== one.negated;
  }
}

function substitute(text: string, one: Instruction): string | undefined {
  const result = replaceMatches(one.expression!, text, (match, count) => {
    if (one.nth !== undefined && (one.all ? count < one.nth : count !== one.nth)) return undefined;
    if (one.nth === undefined && !one.all && count > 1) return undefined;
    return replacement(one.replacement!, match.groups);
  });
  return result.changed ? result.text : undefined;
}

function replacement(template: string, groups: readonly (string | undefined)[]): string {
  let result = "";
  let mode = "";
  const add = (text: string) => {
    let shown = mode.includes("U") ? text.toUpperCase() : mode.includes("L") ? text.toLowerCase() : text;
    if (mode.includes("u") && shown !== "") shown = shown[0]!.toUpperCase() + shown.slice(1);
    if (mode.includes("l") && shown !== "") shown = shown[0]!.toLowerCase() + shown.slice(1);
    if (shown !== "") mode = mode.replace(/[ul]/g, "");
    result += shown;
  };
  for (let index = 0; index < template.length; index++) {
    const char = template[index]!;
    if (char === "&") add(groups[0]!);
    else if (char === "\\") {
      const next = template[++index] ?? "";
      if (/\d/.test(next)) add((typeof groups[Number(next)] === "string" ? groups[Number(next)] : "") ?? "");
      else if (next === "U" || next === "L") mode = next;
      else if (next === "u" || next === "l") mode += next;
      else if (next === "E") mode = "";
      else add(next === "n" ? "\n" : next === "t" ? "\t" : next);
    } else add(char);
  }
  return result;
}

function parse(script: string, extended: boolean): Instruction[] {
  const program: Instruction[] = [];
  const blocks: number[] = [];
  let at = 0;
  const fail = (why: string): never => {
    throw new Error(`-e expression #1, char ${at + 1}: ${why}`);
  };
  const compile = (source: string, flags = ""): Expression =>
    compileExpression(translateExpression(source, extended ? "extended" : "basic"), {
      ignoreCase: flags.includes("i"),
      multiline: flags.includes("m"),
    }) ?? fail("Invalid regular expression");
  const delimited = (delimiter: string): string => {
    let text = "";
    let inBracket = false;
    for (; at < script.length; at++) {
      const char = script[at]!;
      if (char === "\\" && !inBracket) {
        const next = script[++at] ?? "";
        text +=
          next === delimiter && delimiter !== "|"
            ? /[.*+?()[\]{}^$]/.test(delimiter)
              ? `\\${next}`
              : next
            : next === "n"
              ? "\\n"
              : `\\${next}`;
        continue;
      }
      if (char === "[") inBracket = true;
      if (char === "]") inBracket = false;
      if (char === delimiter) {
        at++;
        return text;
      }
      text += char;
    }
    return fail("unterminated `s' command");
  };
  const address = (): Address | undefined => {
    const number = /^\d+/.exec(script.slice(at));
    if (number) {
      at += number[0].length;
      return { line: Number(number[0]) };
    }
    if (script[at] === "$") {
      at++;
      return { last: true };
    }
    if (script[at] === "/" || script[at] === "\\") {
      if (script[at] === "\\") at++;
      const delimiter = script[at++]!;
      const source = delimited(delimiter);
      const insensitive = script[at] === "I";
      if (insensitive) at++;
      return { expression: compile(source.replaceAll("\\n", "\n"), insensitive ? "i" : "") };
    }
    return undefined;
  };
  while (at < script.length) {
    while (/[\s;]/.test(script[at] ?? "")) at++;
    if (at >= script.length) break;
    if (script[at] === "#") {
      while (at < script.length && script[at] !== "\n") at++;
      continue;
    }
    if (program.length >= INSTRUCTION_LIMIT) fail("too many commands");
    const one: Instruction = { negated: false, name: "" };
    const from = address();
    if (from) one.from = from;
    if (from && script[at] === ",") {
      at++;
      const relative = /^\+(\d+)/.exec(script.slice(at));
      if (relative && "line" in from) {
        at += relative[0].length;
        one.to = { line: from.line + Number(relative[1]) };
      } else one.to = address() ?? fail("unexpected `,'");
    }
    while (/[\s!]/.test(script[at] ?? "")) if (script[at++] === "!") one.negated = true;
    one.name = script[at++] ?? fail("missing command");
    if (one.name === "s") {
      const delimiter = script[at++] ?? fail("unterminated `s' command");
      const source = delimited(delimiter);
      one.replacement = delimited(delimiter).replaceAll("\\\n", "\n");
      const flags = /^[gpiIme0-9]*/.exec(script.slice(at))![0];
      at += flags.length;
      one.all = flags.includes("g");
      one.print = flags.includes("p");
      const nth = /\d+/.exec(flags)?.[0];
      if (nth) one.nth = Number(nth);
      one.expression = compile(source, `g${/i/i.test(flags) ? "i" : ""}${flags.includes("m") ? "m" : ""}`);
    } else if (one.name === "y") {
      const delimiter = script[at++]!;
      one.text = delimited(delimiter);
      one.replacement = delimited(delimiter);
    } else if ("aic".includes(one.name)) {
      const text = /^[ \t]*(?:\\\n?)?[ \t]*([^\n]*(?:\\\n[^\n]*)*)/.exec(script.slice(at))!;
      at += text[0].length;
      one.text = text[1]!.replaceAll("\\\n", "\n").replace(/\\([^n])/g, "$1");
    } else if (one.name === "{") blocks.push(program.length);
    else if (one.name === "}") {
      const open = blocks.pop();
      if (open === undefined) fail("unexpected `}'");
      program[open!]!.end = program.length;
    } else if (":bt".includes(one.name)) {
      const label = /^[ \t]*([^;\n}]*)/.exec(script.slice(at))!;
      at += label[0].length;
      one.text = label[1]!.trim();
    } else if ("qQ".includes(one.name)) {
      const code = /^[ \t]*(\d+)/.exec(script.slice(at));
      if (code) {
        at += code[0].length;
        one.nth = Number(code[1]);
      }
    } else if (!"dDpPnNhHgGx=".includes(one.name)) fail(`unknown command: \`${one.name}'`);
    program.push(one);
  }
  if (blocks.length > 0) throw new Error(`-e expression #1, char 0: unmatched \`{'`);
  return program;
}
