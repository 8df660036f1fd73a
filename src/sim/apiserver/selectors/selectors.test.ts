import { expect, test } from "vitest";
import { matchesFields, parseFieldSelector } from "./fields";
import { matchesLabels, parseLabelSelector } from "./labels";

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
