import { expect, test } from "vitest";
import { JsonPath, relaxedPath } from "./evaluate";

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
