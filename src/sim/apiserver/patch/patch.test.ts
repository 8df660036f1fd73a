import { expect, test } from "vitest";
import { clone } from "../../kernel/freeze";
import { applyJsonPatch, applyMergePatch } from "./json";
import { applyStrategicMerge } from "./strategic";

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

/** A key that JSON may have, and that means something else to the language. */
const HOSTILE = JSON.parse('{"data":{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}}}}');

test("no key of a patch reaches what all objects share", () => {
  const object = { data: {} };
  expect(JSON.stringify(applyMergePatch(object, HOSTILE))).toBe(JSON.stringify(HOSTILE));
  expect(JSON.stringify(applyStrategicMerge(object, HOSTILE, {}))).toBe(JSON.stringify(HOSTILE));
  expect(JSON.stringify(clone(HOSTILE))).toBe(JSON.stringify(HOSTILE));
  for (const path of ["/data/__proto__/x", "/__proto__/x", "/data/constructor/prototype/x"])
    expect(() => applyJsonPatch(object, [{ op: "add", path, value: 1 }])).toThrow("doc is missing path");
  expect(() => applyJsonPatch(object, [{ op: "test", path: "/toString", value: null }])).not.toThrow();
  expect(JSON.stringify(applyJsonPatch(object, [{ op: "add", path: "/data/__proto__", value: 1 }]))).toBe(
    '{"data":{"__proto__":1}}',
  );
  expect(({} as { x?: number }).x).toBeUndefined();
});
