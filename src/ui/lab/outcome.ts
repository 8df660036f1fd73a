/** Three stars for a solution without hints within the estimate, one less for each that does not hold. */
export function starsOf(minutesTaken: number | undefined, minutesEstimated: number, hintsTaken: number): number {
  return 3 - (hintsTaken > 0 ? 1 : 0) - (minutesTaken !== undefined && minutesTaken > minutesEstimated ? 1 : 0);
}

/** The first one after this that is not solved, going round. */
export function nextAfter<T extends { id: string; state: string }>(list: readonly T[], id: string): T | undefined {
  const index = list.findIndex((one) => one.id === id);
  return [...list.slice(index + 1), ...list.slice(0, Math.max(0, index))].find(
    (one) => one.state !== "solved" && one.id !== id,
  );
}

interface Orderable {
  id: string;
  difficulty: "easy" | "medium" | "hard";
  minutes: number;
  prerequisites: string[];
}

const RANK = { easy: 0, medium: 1, hard: 2 };

/** The catalogue as one would learn it: what others build on comes before them, then the easier, then the shorter. */
export function learningOrder<T extends Orderable>(list: readonly T[]): T[] {
  const rest = [...list].sort((a, b) => RANK[a.difficulty] - RANK[b.difficulty] || a.minutes - b.minutes);
  const ordered: T[] = [];
  while (rest.length > 0) {
    const waits = (one: T) => one.prerequisites.some((id) => rest.some((other) => other.id === id && other !== one));
    // Challenges that ask for each other in a circle are taken as they come.
    const index = Math.max(
      0,
      rest.findIndex((one) => !waits(one)),
    );
    ordered.push(...rest.splice(index, 1));
  }
  return ordered;
}
