import { describe, expect, test } from "vitest";
import { goldenCases, hasGolden } from "../../golden/cases";
import { applyJsonPatch, applyMergePatch, createThreeWayJsonMergePatch } from "./json";
import type { MergeSchema } from "./merge-schema";
import { applyStrategicMerge, PatchError } from "./strategic";
import { createThreeWayMergePatch, createTwoWayMergePatch } from "./strategic-diff";

/** The type that the recorded cases are about: one field of each way to merge. */
const item: Record<string, any> = {
  mergingIntList: { mergeKey: "" },
  replacingItem: { replace: true },
  retainKeysMap: { retainKeys: true },
};
item.retainKeysMap.fields = item;
item.mergingList = { mergeKey: "name", fields: item };
item.mergeItemPtr = { mergeKey: "name", fields: item };
item.retainKeysMergingList = { mergeKey: "name", retainKeys: true, fields: item };
const recorded: MergeSchema = item;

const json = (value: any) => value?.json ?? (value && "bytes" in value ? undefined : value);

describe.skipIf(!hasGolden)("strategic merge patch as recorded (skipped without the recordings)", () => {
  const cases = goldenCases("smp.jsonl.gz").filter(
    (one) => !one.in.some((value) => value?.bytes?.includes?.("NOT JSON")),
  );
  test("apply", () => {
    const wrong: unknown[] = [];
    const applied = cases.filter(
      (one) => one.fn === "StrategicMergePatchUsingLookupPatchMeta" && JSON.stringify(one.in[2]).includes('"T"'),
    );
    for (const one of applied) {
      let result: unknown;
      try {
        result = applyStrategicMerge(json(one.in[0]) ?? {}, json(one.in[1]) ?? {}, recorded);
      } catch (error) {
        if (!(error instanceof PatchError)) throw error;
        result = { error: error.message };
      }
      const wanted = one.out[1] ? expect.objectContaining({ error: expect.any(String) }) : json(one.out[0]);
      try {
        expect(result).toEqual(wanted);
      } catch {
        wrong.push({ in: one.in.slice(0, 2), wanted: one.out, result });
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });
  test("create two-way", () => {
    for (const one of cases.filter((one) => one.fn === "CreateTwoWayMergePatchUsingLookupPatchMeta" && !one.out[1])) {
      expect(createTwoWayMergePatch(json(one.in[0]) ?? {}, json(one.in[1]) ?? {}, recorded)).toEqual(json(one.out[0]));
    }
  });
  test("create three-way", () => {
    const three = cases.filter((one) => one.fn === "CreateThreeWayMergePatch" && !one.out[1]);
    expect(three.length).toBeGreaterThan(200);
    for (const one of three) {
      const [original, modified, current] = one.in.slice(0, 3).map((value) => json(value) ?? {});
      const patch = createThreeWayMergePatch(original, modified, current, recorded);
      const [effect, wanted] = [patch, json(one.out[0])].map((made) => applyStrategicMerge(current, made, recorded));
      expect(effect).toEqual(wanted);
      // Below $retainKeys the real one repeats orders that change nothing; the effect is what counts there.
      if (!JSON.stringify(one.out).includes("$retainKeys")) expect(patch).toEqual(json(one.out[0]));
    }
  });
  test("three-way JSON merge patch", () => {
    for (const one of goldenCases("jsonmerge.jsonl.gz").filter((one) => !one.out[1])) {
      const [original, modified, current] = one.in.slice(0, 3).map((value) => json(value) ?? {});
      const patch = createThreeWayJsonMergePatch(original, modified, current);
      expect(applyMergePatch(current, patch)).toEqual(applyMergePatch(current, json(one.out[0])));
    }
  });
});

test("JSON patch", () => {
  const object = { spec: { replicas: 1, list: ["a", "c"] } };
  expect(
    applyJsonPatch(object, [
      { op: "test", path: "/spec/replicas", value: 1 },
      { op: "replace", path: "/spec/replicas", value: 3 },
      { op: "add", path: "/spec/list/1", value: "b" },
      { op: "add", path: "/spec/list/-", value: "d" },
      { op: "remove", path: "/spec/list/0" },
      { op: "copy", from: "/spec/replicas", path: "/spec/again" },
    ]),
  ).toEqual({ spec: { replicas: 3, list: ["b", "c", "d"], again: 3 } });
  expect(() => applyJsonPatch(object, [{ op: "remove", path: "/spec/nothing" }])).toThrow("missing value");
});
