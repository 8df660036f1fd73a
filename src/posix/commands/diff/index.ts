import { joinPath } from "../../files/path";
import { formatTime } from "../../shell/strftime";
import { type Command, type CommandIo, complain, type Options, parseOptions, pathOf } from "../command";
import { changesBetween } from "./changes";
import { normal, type Side, unified } from "./formats";

const CONTEXT = 3;
const DEPTH_LIMIT = 64;
const LONG = {
  unified: "u",
  "new-file": "N",
  recursive: "r",
  brief: "q",
  "report-identical-files": "s",
  "ignore-case": "i",
  "ignore-all-space": "w",
  "ignore-space-change": "b",
  "ignore-blank-lines": "B",
  text: "a",
};

/** `diff` of two files or folders as GNU's: plain and unified. Exit code 0: the same, 1: not, 2: trouble. */
export const diff: Command = (io, state) => {
  const argv = io.argv.filter((word) => !word.startsWith("--color"));
  const options = parseOptions(argv, "uU:NrqsiwbBa", LONG);
  if (options.bad) {
    complain(io, `${/^-/.test(options.bad) ? "unrecognized option" : "invalid option --"} '${options.bad}'`);
    complain(io, `Try '${io.argv[0]} --help' for more information.`);
    return { exit: 2 };
  }
  if (options.rest.length !== 2) {
    const [last] = options.rest.slice(-1);
    if (options.rest.length > 2) complain(io, `extra operand '${options.rest[2]}'`);
    else complain(io, last ? `missing operand after '${last}'` : `missing operand after '${io.argv.at(-1)}'`);
    complain(io, `Try '${io.argv[0]} --help' for more information.`);
    return { exit: 2 };
  }
  const [from, to] = options.rest as [string, string];
  if (from === "-" || to === "-") {
    for (let piece = io.read(); piece !== null; piece = io.read()) {
      if (piece === undefined) return { input: true };
      state.input = (state.input ?? "") + piece;
    }
  }
  return { exit: new Comparison(io, options, state.input ?? "").operands(from, to) };
};

class Comparison {
  /** How options stand before the names of files in a folder's head lines. */
  private readonly given: string;
  constructor(
    private readonly io: CommandIo,
    private readonly options: Options,
    private readonly input: string,
  ) {
    const words = io.argv.slice(1).filter((word) => !options.rest.includes(word) || word.startsWith("-"));
    this.given = ["diff", ...words].join(" ");
  }

  operands(from: string, to: string): number {
    const [left, right] = [this.typeOf(from), this.typeOf(to)];
    const absent = [...(left ? [] : [from]), ...(right ? [] : [to])];
    if (absent.length === 2 || (absent.length === 1 && !this.options.flags.has("N"))) {
      for (const name of absent) complain(this.io, `${name}: No such file or directory`);
      return 2;
    }
    if (left === "directory" && right === "directory") return this.folders(from, to, 0);
    if (left === "directory") return this.files(joinPath(from, baseName(to)), to, false);
    if (right === "directory") return this.files(from, joinPath(to, baseName(from)), false);
    return this.files(from, to, false);
  }

  private typeOf(name: string): "file" | "directory" | undefined {
    if (name === "-") return "file";
    const type = this.io.files.stat(pathOf(this.io, name))?.type;
    return type === undefined || type === "directory" ? type : "file";
  }

  private folders(from: string, to: string, depth: number): number {
    if (depth > DEPTH_LIMIT) return 2;
    let worst = 0;
    const names = new Set([...this.entries(from), ...this.entries(to)]);
    for (const name of [...names].sort((a, b) => (a < b ? -1 : 1)))
      worst = Math.max(worst, this.member(from, to, name, depth));
    return worst;
  }

  private entries(folder: string): string[] {
    const path = pathOf(this.io, folder);
    return this.io.files.stat(path) ? this.io.files.readDirectory(path) : [];
  }

  private member(from: string, to: string, name: string, depth: number): number {
    const { flags } = this.options;
    const [a, b] = [`${from.replace(/\/$/, "")}/${name}`, `${to.replace(/\/$/, "")}/${name}`];
    const [left, right] = [this.typeOf(a), this.typeOf(b)];
    if ((!left || !right) && !flags.has("N")) {
      this.io.out(`Only in ${left ? from : to}: ${name}\n`);
      return 1;
    }
    const folder = left === "directory" || right === "directory";
    if (!folder) return this.files(a, b, true);
    if (left && right && left !== right) {
      const word = (type: string) => (type === "directory" ? "directory" : "regular file");
      this.io.out(`File ${a} is a ${word(left)} while file ${b} is a ${word(right)}\n`);
      return 1;
    }
    if (flags.has("r")) return this.folders(a, b, depth + 1);
    this.io.out(`Common subdirectories: ${a} and ${b}\n`);
    return 0;
  }

  private files(from: string, to: string, named: boolean): number {
    const { flags, values } = this.options;
    const [left, right] = [this.read(from), this.read(to)];
    if (left === undefined || right === undefined) {
      for (const [name, side] of [
        [from, left],
        [to, right],
      ] as const)
        if (side === undefined) complain(this.io, `${name}: No such file or directory`);
      return 2;
    }
    const changes = changesBetween(this.compared(left), this.compared(right));
    if (changes.length === 0) {
      if (flags.has("s")) this.io.out(`Files ${from} and ${to} are identical\n`);
      return 0;
    }
    if (flags.has("q")) {
      this.io.out(`Files ${from} and ${to} differ\n`);
      return 1;
    }
    if (named) this.io.out(`${this.given} ${from} ${to}\n`);
    if (flags.has("u") || flags.has("U")) {
      const context = Number(values.U ?? values.u ?? CONTEXT);
      this.io.out(`--- ${from}\t${this.time(from)}\n+++ ${to}\t${this.time(to)}\n`);
      this.io.out(unified(changes, left, right, context));
    } else this.io.out(normal(changes, left, right));
    return 1;
  }

  private read(name: string): Side | undefined {
    const { io } = this;
    if (name === "-") return sideOf(this.input);
    const path = pathOf(io, name);
    if (io.files.stat(path)) return sideOf(io.files.readFile(path));
    return this.options.flags.has("N") ? { lines: [], ended: true } : undefined;
  }

  /** Lines as the options want them seen; a missing newline at the end counts as a difference. */
  private compared({ lines, ended }: Side): string[] {
    const { flags } = this.options;
    const seen = lines.map((line) => {
      let text = line;
      if (flags.has("w")) text = text.replace(/\s/g, "");
      else if (flags.has("b")) text = text.replace(/\s+/g, " ").trimEnd();
      return flags.has("i") ? text.toLowerCase() : text;
    });
    if (!ended && seen.length > 0) seen[seen.length - 1] += "\0";
    return seen;
  }

  private time(name: string): string {
    const stat = this.io.files.stat(pathOf(this.io, name));
    const atMs = name === "-" ? this.io.nowMs : (stat?.modifiedMs ?? 0);
    return `${formatTime("%Y-%m-%d %H:%M:%S", atMs)}.${String(atMs % 1000).padStart(3, "0")}000000 +0000`;
  }
}

const baseName = (name: string) => name.slice(name.lastIndexOf("/") + 1);

function sideOf(text: string): Side {
  if (text === "") return { lines: [], ended: true };
  const ended = text.endsWith("\n");
  return { lines: (ended ? text.slice(0, -1) : text).split("\n"), ended };
}
