import { expect, test } from "vitest";
import { Cluster } from "../cluster";
import { breaches, healAll, unsettled } from "./invariants";
import { type Operation, perform, RandomOperations } from "./random-operations";

const SEEDS = 30;
const OPERATIONS = 100;
/** Longer than any back-off, eviction or deadline takes. */
const REST_MS = 1_200_000;
/** A walk takes a fraction of a second on a quiet machine. */
const PATIENCE_MS = 60_000;

/** One seed: what was done, what was broken at which step, and the cluster at the end. */
function run(seed: string) {
  const cluster = Cluster.create({ seed });
  const random = new RandomOperations(seed);
  const journal: Operation[] = [];
  const broken: string[] = [];
  let middle: { text: string; hash: string; rest: number } | undefined;
  for (let step = 0; step < OPERATIONS; step++) {
    const operation = random.next(cluster);
    journal.push(operation);
    perform(cluster, operation);
    for (const breach of breaches(cluster)) broken.push(`step ${step}: ${breach}`);
    if (step === OPERATIONS / 2) {
      const hash = cluster.hash();
      const fork = cluster.fork();
      fork.advanceTo(fork.nowMs + 120_000);
      middle = { text: JSON.stringify(cluster.snapshot()), hash, rest: journal.length };
      expect(cluster.hash()).toBe(hash);
    }
  }
  return { cluster, journal, broken, middle: middle! };
}

const seeds = Array.from({ length: SEEDS }, (_, index) => `walk-${index}`);

test.each(seeds)(
  "invariants hold: %s",
  (seed) => {
    const { cluster, broken } = run(seed);
    expect(broken).toEqual([]);
    healAll(cluster);
    cluster.advanceTo(cluster.nowMs + REST_MS);
    expect(unsettled(cluster)).toEqual([]);
  },
  PATIENCE_MS,
);

// Every third walk is gone again twice: that doubles what it costs.
test.each(seeds.filter((_, index) => index % 3 === 0))(
  "replayed and restored alike: %s",
  (seed) => {
    const { cluster, journal, middle } = run(seed);
    const hash = cluster.hash();

    const replayed = Cluster.create({ seed });
    for (const operation of journal) perform(replayed, operation);
    expect(replayed.hash()).toBe(hash);

    const restored = Cluster.restore(JSON.parse(middle.text));
    expect(restored.hash()).toBe(middle.hash);
    for (const operation of journal.slice(middle.rest)) perform(restored, operation);
    expect(restored.hash()).toBe(hash);
  },
  PATIENCE_MS,
);
