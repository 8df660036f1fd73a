import type { Change } from "./changes";

/** A file's lines; `ended`: whether the last one ends with a newline. */
export interface Side {
  lines: readonly string[];
  ended: boolean;
}

const NO_NEWLINE = "\\ No newline at end of file\n";

/** `diff -u`: hunks with as many lines around changes as `context` says. */
export function unified(changes: readonly Change[], from: Side, to: Side, context: number): string {
  return hunksOf(changes, context)
    .map((hunk) => unifiedHunk(hunk, from, to, context))
    .join("");
}

/** Changes so close to each other that their surroundings meet. */
function hunksOf(changes: readonly Change[], context: number): Change[][] {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const last = hunks.at(-1);
    if (last && change.fromStart - last.at(-1)!.fromEnd <= 2 * context) last.push(change);
    else hunks.push([change]);
  }
  return hunks;
}

function unifiedHunk(hunk: readonly Change[], from: Side, to: Side, context: number): string {
  const [first, last] = [hunk[0]!, hunk.at(-1)!];
  const fromStart = Math.max(0, first.fromStart - context);
  const toStart = Math.max(0, first.toStart - context);
  const fromEnd = Math.min(from.lines.length, last.fromEnd + context);
  const toEnd = Math.min(to.lines.length, last.toEnd + context);
  let text = `@@ -${unifiedRange(fromStart, fromEnd)} +${unifiedRange(toStart, toEnd)} @@\n`;
  let at = fromStart;
  for (const change of hunk) {
    text += marked(" ", from, at, change.fromStart);
    text += marked("-", from, change.fromStart, change.fromEnd);
    text += marked("+", to, change.toStart, change.toEnd);
    at = change.fromEnd;
  }
  return text + marked(" ", from, at, fromEnd);
}

function unifiedRange(start: number, end: number): string {
  if (end - start === 1) return String(start + 1);
  return end === start ? `${start},0` : `${start + 1},${end - start}`;
}

function marked(mark: string, side: Side, start: number, end: number): string {
  let text = "";
  for (let at = start; at < end; at++) {
    text += `${mark}${side.lines[at]}\n`;
    if (at === side.lines.length - 1 && !side.ended) text += NO_NEWLINE;
  }
  return text;
}

/** `diff` without options: `3c3`, `< old`, `---`, `> new`. */
export function normal(changes: readonly Change[], from: Side, to: Side): string {
  return changes
    .map(({ fromStart, fromEnd, toStart, toEnd }) => {
      const letter = fromStart === fromEnd ? "a" : toStart === toEnd ? "d" : "c";
      const head = `${plainRange(fromStart, fromEnd)}${letter}${plainRange(toStart, toEnd)}\n`;
      const middle = letter === "c" ? "---\n" : "";
      return head + marked("< ", from, fromStart, fromEnd) + middle + marked("> ", to, toStart, toEnd);
    })
    .join("");
}

const plainRange = (start: number, end: number) =>
  end - start <= 1 ? String(end === start ? start : end) : `${start + 1},${end}`;
