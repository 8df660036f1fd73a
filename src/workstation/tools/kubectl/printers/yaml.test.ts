import { expect, test } from "vitest";
import { printYaml } from "./yaml";

/** Values of a ConfigMap and how `kubectl create configmap --dry-run=client -o yaml` of 1.33 prints them. */
const RECORDED: [string, string][] = [
  ["true", '  k: "true"\n'],
  ["yes", '  k: "yes"\n'],
  ["y", '  k: "y"\n'],
  ["n", '  k: "n"\n'],
  ["1", '  k: "1"\n'],
  ["1.5", '  k: "1.5"\n'],
  ["1e3", '  k: "1e3"\n'],
  ["0x1f", '  k: "0x1f"\n'],
  ["0o7", '  k: "0o7"\n'],
  ["010", '  k: "010"\n'],
  ["null", '  k: "null"\n'],
  ["~", '  k: "~"\n'],
  ["", '  k: ""\n'],
  ["-", "  k: '-'\n"],
  ["- a", "  k: '- a'\n"],
  ["a: b", "  k: 'a: b'\n"],
  ["a:b", "  k: a:b\n"],
  ["a #b", "  k: 'a #b'\n"],
  ["#a", "  k: '#a'\n"],
  ["*a", "  k: '*a'\n"],
  ["&a", "  k: '&a'\n"],
  ["!a", "  k: '!a'\n"],
  ["%a", "  k: '%a'\n"],
  ["@a", "  k: '@a'\n"],
  ["`a", "  k: '`a'\n"],
  ["{a", "  k: '{a'\n"],
  ["[a", "  k: '[a'\n"],
  ["a]", "  k: a]\n"],
  ["?a", "  k: ?a\n"],
  ["? a", "  k: '? a'\n"],
  [": a", "  k: ': a'\n"],
  ["|a", "  k: '|a'\n"],
  [">a", "  k: '>a'\n"],
  ["'a'", "  k: '''a'''\n"],
  ['"a"', "  k: '\"a\"'\n"],
  ["a'b", "  k: a'b\n"],
  [" a", "  k: ' a'\n"],
  ["a ", "  k: 'a '\n"],
  ["a\nb", "  k: |-\n    a\n    b\n"],
  ["a\nb\n", "  k: |\n    a\n    b\n"],
  ["a\n\nb\n", "  k: |\n    a\n\n    b\n"],
  [" a\nb\n", "  k: |2\n     a\n    b\n"],
  ["a\n\n", "  k: |+\n    a\n\n"],
  ["\ta", '  k: "\\ta"\n'],
  ["a\tb", '  k: "a\\tb"\n'],
  ["a\tb\nc\n", '  k: "a\\tb\\nc\\n"\n'],
  ["\n", "  k: |2+\n\n"],
  ["a \nb", '  k: "a \\nb"\n'],
  ["2026-11-20", '  k: "2026-11-20"\n'],
  ["2026-11-20T11:39:36Z", '  k: "2026-11-20T11:39:36Z"\n'],
  ["1:20", '  k: "1:20"\n'],
  ["12:30:45", '  k: "12:30:45"\n'],
  [".5", '  k: ".5"\n'],
  ["+1", '  k: "+1"\n'],
  ["-1", '  k: "-1"\n'],
  ["0b11", '  k: "0b11"\n'],
  ["1_000", '  k: "1_000"\n'],
  [".inf", '  k: ".inf"\n'],
  [".nan", '  k: ".nan"\n'],
  ["=", "  k: =\n"],
  ["<<", "  k: <<\n"],
  ["a,b", "  k: a,b\n"],
  ["a, b", "  k: a, b\n"],
  ["off", '  k: "off"\n'],
  ["On", '  k: "On"\n'],
  ["NULL", '  k: "NULL"\n'],
  ["\u00e9\u6f22\u5b57", "  k: \u00e9\u6f22\u5b57\n"],
  ["\u0001x", '  k: "\\x01x"\n'],
  ["a\r\nb", '  k: "a\\r\\nb"\n'],
  ["%", "  k: '%'\n"],
  ["---", "  k: '---'\n"],
  ["--- a", "  k: '--- a'\n"],
  ["...", "  k: '...'\n"],
  ["-a", "  k: -a\n"],
  ["http://x:80/y?z=1&b=[1]", "  k: http://x:80/y?z=1&b=[1]\n"],
  ["x: ", "  k: 'x: '\n"],
  ["x:", "  k: 'x:'\n"],
  [
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb cccccccccccccccccccccccccccccc dddddddddddddddddddddddddddddd",
    "  k: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb cccccccccccccccccccccccccccccc\n    dddddddddddddddddddddddddddddd\n",
  ],
  [
    "it's: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
    "  k: 'it''s: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'\n",
  ],
  ["\ud83c\udf89 ok", '  k: "\\U0001F389 ok"\n'],
  ["0", '  k: "0"\n'],
  ["00", '  k: "00"\n'],
  ["0.0", '  k: "0.0"\n'],
  ["1.", '  k: "1."\n'],
  ["1e", "  k: 1e\n"],
  ["e1", "  k: e1\n"],
  ["1.2.3", "  k: 1.2.3\n"],
  ["0777", '  k: "0777"\n'],
  ["08", '  k: "08"\n'],
  ["123abc", "  k: 123abc\n"],
  ["\u00a0x", "  k: \u00a0x\n"],
  ["\ufeff", '  k: "\\uFEFF"\n'],
  ["a\u2028b", "  k: 'a\u2028    b'\n"],
];

test.each(RECORDED)("%j", (value, text) => {
  expect(printYaml({ data: { k: value } })).toBe(`data:\n${text}`);
});

test("maps are sorted, lists are not indented, empty ones stand in line", () => {
  const object = { spec: { b: [{ x: 1, a: [] }, [1, 2], "s"], a: {} }, yes: null, kind: "X", n: 1.5, t: true };
  expect(printYaml(object)).toBe(`kind: X
"n": 1.5
spec:
  a: {}
  b:
  - a: []
    x: 1
  - - 1
    - 2
  - s
t: true
"yes": null
`);
});
