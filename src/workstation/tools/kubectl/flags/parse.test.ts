import { expect, test } from "vitest";
import { parseFlags } from "./parse";
import { array, bool, duration, int, list, text } from "./spec";

const SPECS = [
  bool("all-namespaces", { short: "A" }),
  bool("watch", { short: "w" }),
  text("namespace", { short: "n" }),
  text("output", { short: "o" }),
  text("dry-run", { default: "none", bare: "unchanged" }),
  int("replicas", { short: "r", default: "1" }),
  list("filename", { short: "f" }),
  array("env"),
  duration("timeout"),
];

const parse = (...words: string[]) => parseFlags(SPECS, words);

test("every form that pflag takes", () => {
  const { flags, args, argsBeforeDash } = parse(
    "get",
    "-Aw",
    "-nfoo",
    "-o=json",
    "--replicas",
    "3",
    "-f",
    "a,b",
    "--filename=c",
    "--env=A=1,2",
    "--env",
    "B=3",
    "--dry-run",
    "x",
    "--watch=false",
    "--",
    "-n",
    "y",
  );
  expect(flags.bool("all-namespaces")).toBe(true);
  expect(flags.bool("watch")).toBe(false);
  expect(flags.text("namespace")).toBe("foo");
  expect(flags.text("output")).toBe("json");
  expect(flags.int("replicas")).toBe(3);
  expect(flags.list("filename")).toEqual(["a", "b", "c"]);
  expect(flags.list("env")).toEqual(["A=1,2", "B=3"]);
  expect(flags.text("dry-run")).toBe("unchanged");
  expect(args).toEqual(["get", "x", "-n", "y"]);
  expect(argsBeforeDash).toBe(2);
});

test.each([
  [["--foo"], "unknown flag: --foo"],
  [["--foo=1"], "unknown flag: --foo"],
  [["-x"], "unknown shorthand flag: 'x' in -x"],
  [["-Axn"], "unknown shorthand flag: 'x' in -xn"],
  [["--output"], "flag needs an argument: --output"],
  [["-Ao"], "flag needs an argument: 'o' in -o"],
  [["-r", "abc"], 'invalid argument "abc" for "-r, --replicas" flag: strconv.ParseInt: parsing "abc": invalid syntax'],
  [
    ["--watch=maybe"],
    'invalid argument "maybe" for "-w, --watch" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
  ],
  [["--timeout=5"], 'invalid argument "5" for "--timeout" flag: time: missing unit in duration "5"'],
  [["--timeout=x"], 'invalid argument "x" for "--timeout" flag: time: invalid duration "x"'],
])("%j: %s", (words, message) => {
  expect(() => parse(...words)).toThrow(message);
});
