import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const spec = readFileSync(new URL("../src/sim/SPEC.md", import.meta.url), "utf8");
const rules = spec.split("\n").flatMap((line) => {
  const row = /^\| (\d+) \| (.+) \| (\S+) \| (.+) \|$/.exec(line);
  return row ? [{ number: Number(row[1]), source: row[3]!, tests: [...row[4]!.matchAll(/`([^`]+)`/g)] }] : [];
});
const GOLDEN = "src/sim/golden/golden.test.ts";

test("rules are numbered one after the other, and every row is one", () => {
  const rows = spec.split("\n").filter((line) => /^\| (?!No\.)/.test(line));
  expect(rules.length).toBe(rows.length);
  expect(rules.map(({ number }) => number)).toEqual(rules.map((_, index) => index + 1));
});

test("every rule names its source and tests that exist", () => {
  const broken = rules.flatMap(({ number, source, tests }) => {
    const files = tests.map(([, name]) => (name === "golden" ? GOLDEN : name!));
    const missing = files.filter((file) => !existsSync(new URL(`../${file}`, import.meta.url)));
    return files.length > 0 && missing.length === 0 && source.includes("/") ? [] : [`${number}: ${missing}`];
  });
  expect(broken).toEqual([]);
});
