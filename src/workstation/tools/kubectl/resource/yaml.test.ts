import { expect, test } from "vitest";
import { parseYaml, parseYamlDocuments } from "./yaml";

/** Broken texts and what kubectl 1.33 says of them behind `error converting YAML to JSON: `. */
const BROKEN: [string, string][] = [
  ["a: b\n c: d\n", "yaml: line 2: mapping values are not allowed in this context"],
  ["a:\n\t- b\n", "yaml: line 2: found character that cannot start any token"],
  ["a: [1, 2\nb: c\n", "yaml: line 1: did not find expected ',' or ']'"],
  ["a: {b: c\nd: e\n", "yaml: line 1: did not find expected ',' or '}'"],
  ["a: 'x\nb: c\n", "yaml: line 3: found unexpected end of stream"],
  ["- a\nb: c\n", "yaml: line 1: did not find expected '-' indicator"],
  ["a: b\n- c\n", "yaml: line 1: did not find expected key"],
  ["a: *x\n", "yaml: unknown anchor 'x' referenced"],
  ["a: b: c\n", "yaml: mapping values are not allowed in this context"],
  ["a\nb: c\n", "yaml: line 2: mapping values are not allowed in this context"],
  ["a: @b\n", "yaml: found character that cannot start any token"],
  ["a: x\nkind Pod\nb: c\n", "yaml: line 3: could not find expected ':'"],
  ["a:\n  name: x\n labels:\n   a: b\n", "yaml: line 2: did not find expected key"],
  ["containers:\n- name: a\n   image: b\n", "yaml: line 3: mapping values are not allowed in this context"],
  ["s:\n  containers:\n  - name: a\n   image: b\n", "yaml: line 3: did not find expected key"],
  ["s:\n  - a: b\n    c: d\n   e: f\n", "yaml: line 3: did not find expected '-' indicator"],
  ["key: value\nkey2\n", "yaml: line 3: could not find expected ':'"],
  ['a: "b" c\n', "yaml: did not find expected key"],
  ['a: "\\q"\n', "yaml: found unknown escape character"],
  ["a: }\n", "yaml: did not find expected node content"],
  ["c: [\n", "yaml: line 1: did not find expected node content"],
];

test.each(BROKEN)("%j", (source, message) => {
  expect(() => parseYaml(source)).toThrow(message);
});

test("words of YAML 1.1 are booleans, times and times of day stay texts", () => {
  expect(parseYaml("a: yes\nb: off\nc: 2026-01-05\nd: 2026-01-05T09:00:00Z\ne: 0x1f\nf: ~\ng: '1'\nh: 010\n")).toEqual({
    a: true,
    b: false,
    c: "2026-01-05",
    d: "2026-01-05T09:00:00Z",
    e: 31,
    f: null,
    g: "1",
    h: 8,
  });
});

test("documents are cut at lines of three dashes; empty ones do not count, the last of equal keys does", () => {
  expect(parseYamlDocuments("# top\n---\na: 1\na: 2\n---\n\n--- # next\nb: &x {c: d}\ne: *x\n")).toEqual([
    { a: 2 },
    { b: { c: "d" }, e: { c: "d" } },
  ]);
});
