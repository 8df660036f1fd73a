/** Words farther off than this many edits are not suggested: cobra's default. */
const DISTANCE_LIMIT = 2;

/** Commands that a mistyped word may have meant, in the order in which help lists them. */
export function suggest(word: string, names: readonly string[]): string[] {
  const typed = word.toLowerCase();
  return names.filter((name) => distance(typed, name) <= DISTANCE_LIMIT || name.startsWith(typed));
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[j]! + 1, current[j - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}
