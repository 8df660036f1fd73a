import { describe, expect, test } from "vitest";
import { goldenCases, hasGolden } from "../../golden/cases";
import { matchesFields, parseFieldSelector } from "./fields";
import { formatLabelSelector, matchesLabels, parseLabelSelector, SelectorError } from "./labels";

const attempt = (parse: () => unknown) => {
  try {
    return parse();
  } catch (error) {
    if (error instanceof SelectorError) return { error: error.message };
    throw error;
  }
};

/** 1.33 words two of these otherwise than the recorded 1.20: the offending field stands in front, and `in` before `=`. */
const NEWER_TEXT = /expected: '=', '!='|invalid label value|must be an integer/;

describe.skipIf(!hasGolden)("label selectors as Kubernetes reads them (skipped without the recordings)", () => {
  const parsed = goldenCases("labels.jsonl.gz").filter((one) => one.fn === "Parse");
  test.each(parsed.map((one) => [one.in[0], one] as const))("parse %j", (text, one) => {
    const [selector, error] = one.out;
    const result = attempt(() => formatLabelSelector(parseLabelSelector(text)));
    if (error) {
      if (NEWER_TEXT.test(error.error)) expect(result).toHaveProperty("error");
      else expect(result).toEqual(error);
    } else {
      expect(result).toBe(formatLabelSelector(parseLabelSelector(selector?.string ?? "")));
    }
  });
  test("matching", () => {
    for (const one of goldenCases("labels.jsonl.gz").filter(
      (one) => one.fn === "internalSelector.Matches" && one.in[0]?.string,
    )) {
      const text = one.in[0].string;
      expect([text, one.in[1], matchesLabels(parseLabelSelector(text), one.in[1] ?? {})]).toEqual([
        text,
        one.in[1],
        one.out[0],
      ]);
    }
  });
});

describe.skipIf(!hasGolden)("field selectors as Kubernetes reads them (skipped without the recordings)", () => {
  test("parse", () => {
    for (const one of goldenCases("fields.jsonl.gz").filter((one) => one.fn === "ParseSelector")) {
      const result = attempt(() => parseFieldSelector(one.in[0]));
      expect([one.in[0], Array.isArray(result)]).toEqual([one.in[0], one.out[1] === null]);
    }
  });
});

test("a label selector in all its forms", () => {
  const selector = parseLabelSelector("app in (web,api),tier!=db,!legacy,zone");
  expect(matchesLabels(selector, { app: "web", zone: "a" })).toBe(true);
  expect(matchesLabels(selector, { app: "web", zone: "a", legacy: "" })).toBe(false);
  expect(matchesLabels(selector, { app: "web" })).toBe(false);
});

test("a field selector", () => {
  const selector = parseFieldSelector("status.phase!=Running,metadata.name=web");
  expect(matchesFields(selector, { "status.phase": "Pending", "metadata.name": "web" })).toBe(true);
  expect(matchesFields(selector, { "status.phase": "Running", "metadata.name": "web" })).toBe(false);
});
