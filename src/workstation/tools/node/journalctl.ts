import { serviceJournal } from "@/sim/machines/boot-lines";
import type { JournalLine } from "@/sim/machines/journal";
import { UNITS, type UnitName } from "@/sim/machines/units";
import type { Tool, ToolContext } from "../tool";
import type { NodeAccess } from "./access";
import { journalTime } from "./time";

const FOLLOW_LINES = 10;
const POLL_MS = 500;

/** `Jan 05 08:57:00 node-1 kubelet[1432]: …` */
export const lineText = (node: string, { atMs, program, pid, text }: JournalLine): string =>
  `${journalTime(atMs)} ${node} ${program}[${pid}]: ${text}`;

interface Options {
  units: UnitName[];
  lines?: number;
  follow: boolean;
  reverse: boolean;
  sinceMs?: number;
  grep?: RegExp;
}

const UNITS_OF_TIME: Record<string, number> = {
  s: 1,
  sec: 1,
  second: 1,
  m: 60,
  min: 60,
  minute: 60,
  h: 3600,
  hour: 3600,
  day: 86_400,
  d: 86_400,
};

/** `5 min ago`, `-10m`, `1 hour ago`; undefined where it is said otherwise. */
function sinceMs(text: string, nowMs: number): number | undefined {
  const match = /^-?\s*(\d+)\s*([a-z]+?)s?(\s+ago)?$/.exec(text.trim());
  const seconds = match && UNITS_OF_TIME[match[2]!];
  return seconds ? nowMs - Number(match[1]) * seconds * 1000 : undefined;
}

function parse(argv: readonly string[], nowMs: number): Options | { error: string } {
  const options: Options = { units: [], follow: false, reverse: false };
  const words = argv
    .slice(1)
    .flatMap((word) =>
      /^--[a-z-]+=/.test(word) ? [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)] : [word],
    );
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    const value = () => words[++index] ?? "";
    const short = /^-([nu])(.+)$/.exec(word);
    if (word === "-u" || word === "--unit") add(options, value());
    else if (short?.[1] === "u") add(options, short[2]!);
    else if (word === "-n" || word === "--lines") options.lines = Number(value());
    else if (short?.[1] === "n") options.lines = Number(short[2]);
    else if (word === "-S" || word === "--since") {
      const since = sinceMs(value(), nowMs);
      if (since !== undefined) options.sinceMs = since;
    } else if (word === "-g" || word === "--grep")
      options.grep = new RegExp(value().replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i");
    else if (word === "-b" || word === "--boot" || word === "--no-pager" || word === "-q" || word === "-o") {
      if (word === "-o") index++;
    } else if (word === "--follow") options.follow = true;
    else if (word === "--reverse") options.reverse = true;
    else if (/^-[xefra]+$/.test(word)) {
      if (word.includes("f")) options.follow = true;
      if (word.includes("r")) options.reverse = true;
    } else return { error: `journalctl: unrecognized option '${word}'\n` };
  }
  return options;
}

function add(options: Options, name: string): void {
  const unit = name.replace(/\.service$/, "") as UnitName;
  options.units.push(unit);
}

function linesOf({ sim, node }: NodeAccess, options: Options): JournalLine[] {
  const units = options.units.length > 0 ? options.units.filter((unit) => UNITS.includes(unit)) : UNITS;
  const all = units.flatMap((unit) => serviceJournal(sim, node, unit));
  const indexed = all.map((line, index) => ({ line, index }));
  indexed.sort((a, b) => a.line.atMs - b.line.atMs || a.index - b.index);
  return indexed
    .map(({ line }) => line)
    .filter((line) => options.sinceMs === undefined || line.atMs >= options.sinceMs)
    .filter((line) => !options.grep || options.grep.test(line.text));
}

/** journalctl for a node's own services. */
export const journalctl: Tool = {
  name: "journalctl",
  async run(context) {
    const { node } = context;
    if (!node) {
      await context.stderr.write("No journal files were found.\n");
      return 1;
    }
    const options = parse(context.argv, context.nowMs);
    if ("error" in options) {
      await context.stderr.write(options.error);
      return 1;
    }
    let lines = linesOf(node, options);
    const total = lines.length;
    const wanted = options.lines ?? (options.follow ? FOLLOW_LINES : undefined);
    if (wanted !== undefined) lines = lines.slice(Math.max(0, lines.length - wanted));
    if (options.reverse) lines = lines.slice().reverse();
    if (lines.length === 0 && !options.follow) await context.stdout.write("-- No entries --\n");
    await context.stdout.write(lines.map((line) => `${lineText(node.node, line)}\n`).join(""));
    if (options.follow) await follow(context, node, options, total);
    return 0;
  },
  complete: ({ words }) => (words.at(-2) === "-u" ? UNITS.map((value) => ({ value })) : []),
};

async function follow(context: ToolContext, node: NodeAccess, options: Options, shown: number): Promise<void> {
  let seen = shown;
  let ended = false;
  context.onSignal("SIGINT", () => {
    ended = true;
  });
  while (!ended) {
    await context.sleep(POLL_MS);
    const lines = linesOf(node, options);
    if (lines.length > seen)
      await context.stdout.write(
        lines
          .slice(seen)
          .map((line) => `${lineText(node.node, line)}\n`)
          .join(""),
      );
    seen = lines.length;
  }
}
