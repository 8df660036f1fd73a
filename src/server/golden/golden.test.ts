import { describe, expect, it } from "vitest";
import { hasGolden } from "@/sim/golden/cases";
import { scoreOf } from "@/sim/golden/suite";
import { serverSuites } from "./suites";

if (!hasGolden) console.log("skipped: the recordings of Kubernetes' own code are not here");

describe.skipIf(!hasGolden)("as recorded from Kubernetes' own code", () => {
  it.each(serverSuites.map((suite) => [suite.file, suite] as const))("%s", async (_, suite) => {
    const { failing, stale } = await scoreOf(suite);
    if (failing.length > (suite.open ?? 0)) expect(failing).toEqual([]);
    expect(stale, "exceptions that excuse nothing").toEqual([]);
  });
});
