import { expect, test } from "vitest";
import { removeMatch } from "../shell/pattern";
import { compileExpression, replaceMatches } from "./compile";
import { translateExpression } from "./translate";

test.each([
  ["basic", "a\\(b\\|c\\)\\{2\\}d", "xabcd", "abcd"],
  ["basic", "a+b*", "a+bb", "a+bb"],
  ["basic", "^\\*x$", "*x", "*x"],
  ["extended", "[[:digit:]]+(px|em)?", "a12em", "12em"],
  ["extended", "\\<web\\>", "a web b", "web"],
  ["extended", "[]x]+", "a]x]", "]x]"],
  ["fixed", "a.b*", "xa.b*", "a.b*"],
  ["basic", "\\(.\\)\\1", "abccd", "cc"],
] as const)("%s expression %s in %s", (kind, pattern, text, match) => {
  expect(compileExpression(translateExpression(pattern, kind))?.exec(text)?.groups[0]).toBe(match);
});

test("what is no expression is none", () => {
  expect(compileExpression("(")).toBeUndefined();
});

test("replacing, with empty matches", () => {
  const spread = (text: string, source: string) => replaceMatches(compileExpression(source)!, text, () => "-").text;
  expect([spread("abc", "b*"), spread("", "x*"), spread("aaa", "a")]).toEqual(["-a-c-", "-", "---"]);
});

test("no expression runs away", () => {
  const text = `${"a".repeat(20_000)}b`;
  expect(compileExpression("(a+)+$")!.test(text)).toBe(false);
  expect(compileExpression("(a|a)*c")!.test(text)).toBe(false);
  expect(compileExpression("(?:(a+)+)\\1c")?.test(text) ?? false).toBe(false);
  expect(removeMatch(text.slice(0, 3000), "*a*a*a*a*a*c", "prefix", true)).toHaveLength(3000);
});
