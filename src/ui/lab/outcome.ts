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
