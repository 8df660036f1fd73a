import { expect, it } from "vitest";
import { yamlProblems } from "./yaml-problems";

it.each([
  ["a good manifest", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n", []],
  ["a values file", "replicas: 3\nname: web\n", []],
  ["nothing", "", []],
])("finds nothing in %s", (_, text, problems) => {
  expect(yamlProblems(text)).toEqual(problems);
});

it("shows where the syntax breaks", () => {
  const text = "kind: Pod\nmetadata: [a, b\n";
  const [problem] = yamlProblems(text);
  expect(problem).toMatchObject({ severity: "error" });
  expect(problem!.to).toBeLessThanOrEqual(text.length);
});

it("misses apiVersion in the second document only", () => {
  const text = "apiVersion: v1\nkind: Pod\nmetadata: {}\n---\nkind: Service\nmetadata:\n  name: web\n";
  expect(yamlProblems(text)).toEqual([
    {
      from: text.indexOf("kind: Service"),
      to: text.indexOf("kind: Service") + 1,
      severity: "warning",
      message: "apiVersion is not set",
    },
  ]);
});
