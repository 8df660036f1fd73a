import { expect, test } from "vitest";
import { applyJsonPatch } from "./json";

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
