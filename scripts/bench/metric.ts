/** One figure of `npm run bench`; `peer` is @ngrok/webernetes doing the same work in the same run, where it can. */
export interface Metric {
  name: string;
  value: number;
  unit: "ms" | "MiB" | "ms/min";
  peer?: number;
  /** What another project publishes of the same work, and where. */
  published?: string;
}

/** The median of several runs, in ms. The first run, which pays for compilation, is left out. */
export async function medianMs(runs: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const start = performance.now();
    await work();
    if (run > 0) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)]!;
}

/** CPU time of this process in ms. */
export const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Heap in use after a full collection, in MiB; needs --expose-gc. */
export function heapMiB(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1_048_576;
}
