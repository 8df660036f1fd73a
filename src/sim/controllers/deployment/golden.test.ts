import { describe, expect, test } from "vitest";
import { goldenCases, hasGolden } from "../../golden/cases";
import { parseRfc3339 } from "../../kernel/time";
import { resolveFenceposts, scaledValue } from "../int-or-percent";
import { isComplete, isProgressing, isTimedOut } from "./conditions";
import {
  equalIgnoringHash,
  findNewReplicaSet,
  findOldReplicaSets,
  isSaturated,
  maxUnavailable,
  newReplicaCount,
  specReplicas,
  statusReplicas,
  sum,
} from "./replica-sets";

/** The recorder wrote numbers as text. */
const asWritten = (value: string | null) => (value === null ? undefined : /^\d+$/.test(value) ? Number(value) : value);

/** How each recorded function is asked here, and what must come back. */
const asked: Record<string, (input: any[], now: string) => unknown> = {
  FindNewReplicaSet: ([deployment, all]) => findNewReplicaSet(deployment, all) ?? null,
  EqualIgnoreHash: ([a, b]) => equalIgnoringHash(a, b),
  // Upstream gives those that have pods as well; only all of them matter here.
  FindOldReplicaSets: ([deployment, all]) => findOldReplicaSets(deployment, all),
  GetReplicaCountForReplicaSets: ([all]) => sum(all, specReplicas),
  GetActualReplicaCountForReplicaSets: ([all]) => sum(all, statusReplicas),
  ResolveFenceposts: ([surge, unavailable, desired]) =>
    resolveFenceposts(asWritten(surge), asWritten(unavailable), desired),
  NewRSNewReplicas: ([deployment, all, current]) => newReplicaCount(deployment, all, current),
  DeploymentComplete: ([deployment, status]) => isComplete(deployment, status),
  DeploymentProgressing: ([deployment, status]) => isProgressing(deployment, status),
  DeploymentTimedOut: ([deployment, status], now) => isTimedOut(deployment, status, parseRfc3339(now)!),
  MaxUnavailable: ([deployment]) => maxUnavailable(deployment),
  IsSaturated: ([deployment, replicaSet]) => isSaturated(deployment, replicaSet),
};

const expected: Record<string, (output: any[]) => unknown> = {
  FindOldReplicaSets: ([, all]) => all ?? [],
  ResolveFenceposts: ([surge, unavailable]) => ({ surge, unavailable }),
};

/** The recorder ran these under a clock of their own. */
const OTHER_CLOCK = new Set(["DeploymentTimedOut"]);

describe.skipIf(!hasGolden)("as recorded from Kubernetes (skipped without the recordings)", () => {
  test("deployment arithmetic", () => {
    const cases = goldenCases("deploy-util.jsonl.gz").filter(
      ({ fn, out }) => !OTHER_CLOCK.has(fn) && !(fn === "ResolveFenceposts" && out[2]),
    );
    expect(cases.length).toBeGreaterThan(70);
    for (const { fn, in: input, out, now } of cases) {
      expect({ fn, out: asked[fn]!(input, now), input }).toEqual({ fn, out: expected[fn]?.(out) ?? out[0], input });
    }
  });

  test("a number or a share", () => {
    for (const { in: input, out } of goldenCases("intstr.jsonl.gz")) {
      if (out[1] === null) expect(scaledValue(input[0], input[1], input[2])).toBe(out[0]);
      else expect(() => scaledValue(input[0], input[1], input[2])).toThrow("invalid value for IntOrString");
    }
  });
});
