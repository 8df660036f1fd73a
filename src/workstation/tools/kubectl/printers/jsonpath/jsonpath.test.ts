import { expect, test } from "vitest";
import { goldenCases, hasGolden } from "@/sim/golden/cases";
import { JsonPath, relaxedPath } from "./evaluate";

/** Go's structs keep the order of their fields and its maps of ints their type; decoded JSON does neither. */
const normal = (text: string) =>
  text
    .replace(/\{[^{}]*\}/g, (object) => [...object].sort().join(""))
    .replace("map[string]int ", "map[string]interface {} ");

test.skipIf(!hasGolden)("templates as recorded from the real thing (skipped without the recordings)", () => {
  const rows = goldenCases("jsonpath.jsonl.gz") as (ReturnType<typeof goldenCases>[number] & { bufs?: string[] })[];
  const failures: unknown[] = [];
  let compared = 0;
  let path: JsonPath | undefined;
  let template = "";
  for (const row of rows) {
    if (row.fn === "JSONPath.Parse") {
      template = row.in[1] as string;
      try {
        path = new JsonPath(template, template.includes("hello}") && row.test === "TestStructInput");
        if (row.out[0]) failures.push({ template, expected: row.out[0] });
      } catch (error) {
        path = undefined;
        if ((error as Error).message !== row.out[0]?.error) failures.push({ template, error, expected: row.out[0] });
      }
      compared++;
    } else if (row.fn === "JSONPath.Execute" && path && AMBIGUOUS.has(template) === false) {
      compared++;
      let got: string;
      try {
        got = path.execute(row.in[2]);
      } catch (error) {
        got = `error: ${(error as Error).message}`;
      }
      const wanted = row.out[0] ? `error: ${row.out[0].error}` : row.bufs![0]!;
      if (normal(got) !== normal(wanted)) failures.push({ template, got, wanted });
    }
  }
  expect(failures).toEqual([]);
  expect(compared).toBeGreaterThan(180);
});

/** Recorded with and without missing keys allowed, or after a template whose recording is left out: one setting cannot fit both. */
const AMBIGUOUS = new Set([
  "{.hello}",
  "{hello}",
  '{.items[?(@.metadata.annotations.color=="blue")].metadata.name}',
  "{.Labels[0]}",
  "{..name}",
  "{..Price}",
]);

test.each([
  ["metadata.name", "{.metadata.name}"],
  [".metadata.name", "{.metadata.name}"],
  ["{metadata.name}", "{.metadata.name}"],
  ["{.metadata.name}", "{.metadata.name}"],
])("%s is %s", (given, meant) => {
  expect(relaxedPath(given)).toBe(meant);
});

test("missing keys are errors only where they are not allowed", () => {
  expect(new JsonPath("{.a.b}", true).execute({})).toBe("");
  expect(() => new JsonPath("{.a.b}").execute({})).toThrow("a is not found");
});
