/** Lines that stand on one side only: `fromStart`–`fromEnd` of the first give way to `toStart`–`toEnd` of the second. */
export interface Change {
  fromStart: number;
  fromEnd: number;
  toStart: number;
  toEnd: number;
}

/** Beyond this many edits, what remains counts as one change. */
const EDITS_LIMIT = 4_000;

/** The smallest set of changes, each as far down as it can be, as GNU diff shows them. */
export function changesBetween(from: readonly string[], to: readonly string[]): Change[] {
  const removed = new Marks(from);
  const added = new Marks(to);
  markEdits(from, to, removed, added);
  shift(removed, added);
  shift(added, removed);
  return collect(removed, added);
}

/** Which lines of one side have no counterpart. */
class Marks {
  readonly changed: boolean[];
  constructor(readonly lines: readonly string[]) {
    this.changed = lines.map(() => false);
  }
}

/** Myers' greedy search for the shortest way from one text to the other. */
function markEdits(from: readonly string[], to: readonly string[], removed: Marks, added: Marks): void {
  let head = 0;
  while (head < from.length && head < to.length && from[head] === to[head]) head++;
  let tail = 0;
  const shorter = Math.min(from.length, to.length) - head;
  while (tail < shorter && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail++;
  const [width, height] = [from.length - head - tail, to.length - head - tail];
  const trace: Map<number, number>[] = [];
  let furthest = new Map<number, number>([[1, 0]]);
  const limit = Math.min(width + height, EDITS_LIMIT);
  for (let edits = 0; edits <= limit; edits++) {
    trace.push(new Map(furthest));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const [left, right] = [furthest.get(diagonal - 1) ?? -1, furthest.get(diagonal + 1) ?? -1];
      let x = diagonal === -edits || (diagonal !== edits && left < right) ? right : left + 1;
      while (x < width && x - diagonal < height && from[head + x] === to[head + x - diagonal]) x++;
      furthest.set(diagonal, x);
      if (x >= width && x - diagonal >= height) {
        walkBack(trace, width, height, head, removed, added);
        return;
      }
    }
    furthest = new Map(furthest);
  }
  removed.changed.fill(true, head, head + width);
  added.changed.fill(true, head, head + height);
}

function walkBack(
  trace: Map<number, number>[],
  width: number,
  height: number,
  head: number,
  removed: Marks,
  added: Marks,
): void {
  let [x, y] = [width, height];
  for (let edits = trace.length - 1; edits > 0; edits--) {
    const before = trace[edits]!;
    const diagonal = x - y;
    const [left, right] = [before.get(diagonal - 1) ?? -1, before.get(diagonal + 1) ?? -1];
    const down = diagonal === -edits || (diagonal !== edits && left < right);
    const previous = down ? diagonal + 1 : diagonal - 1;
    x = before.get(previous)!;
    y = x - previous;
    if (down) added.changed[head + y] = true;
    else removed.changed[head + x] = true;
  }
}

/** Moves each run of changed lines: together with a neighbour where they meet, else as far down as equal lines allow. */
function shift({ lines, changed }: Marks, other: Marks): void {
  let j = 0;
  for (let i = 0; ; ) {
    while (i < lines.length && !changed[i]) {
      while (other.changed[j++]);
      i++;
    }
    if (i === lines.length) return;
    let start = i;
    while (changed[++i]);
    while (other.changed[j]) j++;
    let corresponding: number;
    let length: number;
    do {
      length = i - start;
      while (start > 0 && lines[start - 1] === lines[i - 1]) {
        changed[--start] = true;
        changed[--i] = false;
        while (start > 0 && changed[start - 1]) start--;
        while (other.changed[--j]);
      }
      corresponding = j > 0 && other.changed[j - 1] ? i : lines.length;
      while (i !== lines.length && lines[start] === lines[i]) {
        changed[start++] = false;
        changed[i++] = true;
        while (changed[i]) i++;
        while (other.changed[++j]) corresponding = i;
      }
    } while (length !== i - start);
    while (corresponding < i) {
      changed[--start] = true;
      changed[--i] = false;
      while (other.changed[--j]);
    }
  }
}

function collect(removed: Marks, added: Marks): Change[] {
  const changes: Change[] = [];
  let [i, j] = [0, 0];
  while (i < removed.lines.length || j < added.lines.length) {
    if (!removed.changed[i] && !added.changed[j]) {
      i++;
      j++;
      continue;
    }
    const [fromStart, toStart] = [i, j];
    while (removed.changed[i]) i++;
    while (added.changed[j]) j++;
    changes.push({ fromStart, fromEnd: i, toStart, toEnd: j });
  }
  return changes;
}
