/** Sets of completion indexes as texts: `0-2,5`. */

export class IndexesError extends Error {}

const MAX_INTEGER_TEXT = /^[+-]?\d{1,18}$/;

function parseIndex(text: string, completions: number): number {
  if (!MAX_INTEGER_TEXT.test(text))
    throw new IndexesError(`cannot convert string to integer for index: ${JSON.stringify(text)}`);
  const index = Number(text);
  if (index >= completions) throw new IndexesError(`too large index: ${JSON.stringify(text)}`);
  return index;
}

function parseInterval(text: string, completions: number): [first: number, last: number] {
  const limits = text.split("-");
  if (limits.length > 2) {
    const rule = "violates the requirement that an index interval can have at most two parts separated by '-'";
    throw new IndexesError(`the fragment ${JSON.stringify(text)} ${rule}`);
  }
  const first = parseIndex(limits[0]!, completions);
  if (limits.length === 1) return [first, first];
  const last = parseIndex(limits[1]!, completions);
  if (first >= last) throw new IndexesError(`non-increasing order, previous: ${first}, current: ${last}`);
  return [first, last];
}

/** Intervals in their order; throws `IndexesError` in the words of the real validation. */
export function parseIntervals(text: string, completions: number): [first: number, last: number][] {
  const intervals: [number, number][] = [];
  if (text === "") return intervals;
  for (const part of text.split(",")) {
    const interval = parseInterval(part, completions);
    const before = intervals.at(-1)?.[1];
    if (before !== undefined && before >= interval[0])
      throw new IndexesError(`non-increasing order, previous: ${before}, current: ${interval[0]}`);
    intervals.push(interval);
  }
  return intervals;
}

export const countIndexes = (intervals: readonly (readonly [number, number])[]): number =>
  intervals.reduce((total, [first, last]) => total + last - first + 1, 0);

/** All members; what cannot be read counts as nothing, as the controller takes its own status. */
export function indexSet(text: string | undefined, completions: number): Set<number> {
  const found = new Set<number>();
  for (const part of (text ?? "").split(",")) {
    try {
      const [first, last] = parseInterval(part, completions);
      for (let index = first; index <= last; index++) found.add(index);
    } catch (error) {
      if (!(error instanceof IndexesError)) throw error;
    }
  }
  return found;
}

/** `0-2,5,7,8`: two neighbours are not worth an interval. */
export function formatIndexes(indexes: Iterable<number>): string {
  const sorted = [...indexes].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end + 1 < sorted.length && sorted[end + 1] === sorted[end]! + 1) end++;
    if (end - start >= 2) parts.push(`${sorted[start]}-${sorted[end]}`);
    else for (let index = start; index <= end; index++) parts.push(String(sorted[index]));
    start = end + 1;
  }
  return parts.join(",");
}
