import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { changesBetween } from "./changes";
import { normal, unified } from "./formats";

const lines = (text: string) => text.split(" ").filter(Boolean);
const side = (text: string) => ({ lines: lines(text), ended: true });

function both(from: string, to: string, context = 3) {
  const changes = changesBetween(lines(from), lines(to));
  return {
    unified: unified(changes, side(from), side(to), context),
    normal: normal(changes, side(from), side(to)),
  };
}

test("a line in the middle is changed", () => {
  expect(both("a b c d e", "a b x d e")).toEqual({
    unified: "@@ -1,5 +1,5 @@\n a\n b\n-c\n+x\n d\n e\n",
    normal: "3c3\n< c\n---\n> x\n",
  });
});

test("hunks that are far from each other are parted, those whose surroundings meet are not", () => {
  expect(both("1 2 3 4 5 6 7 8 9", "x 2 3 4 5 6 7 8 y", 2).unified).toBe(
    "@@ -1,3 +1,3 @@\n-1\n+x\n 2\n 3\n@@ -7,3 +7,3 @@\n 7\n 8\n-9\n+y\n",
  );
  expect(both("1 2 3 4 5", "x 2 3 4 y", 2).unified).toBe("@@ -1,5 +1,5 @@\n-1\n+x\n 2\n 3\n 4\n-5\n+y\n");
});

test("repeated lines are taken to have been added as far down as can be", () => {
  expect(both("a b", "a b a b").unified).toBe("@@ -1,2 +1,4 @@\n a\n b\n+a\n+b\n");
});

test.skipIf(!existsSync("/usr/bin/diff"))(
  "texts of all sorts are shown as Debian's diff shows them (skipped without it)",
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), "diff-"));
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    const differing: unknown[] = [];
    for (let round = 0; round < 60; round++) {
      const from = Array.from({ length: 5 + random(30) }, () => String(random(12)));
      const to = from.flatMap((line) => (random(8) === 0 ? [] : random(8) === 0 ? [line, String(random(12))] : [line]));
      const [a, b] = [path.join(folder, "a"), path.join(folder, "b")];
      writeFileSync(a, `${from.join("\n")}\n`);
      writeFileSync(b, `${to.join("\n")}\n`);
      const ours = unified(changesBetween(from, to), { lines: from, ended: true }, { lines: to, ended: true }, 3);
      const real = realDiff(a, b);
      if (ours !== real) differing.push({ from, to, ours, real });
    }
    rmSync(folder, { recursive: true });
    // Where several shortest ways exist, GNU's own search may take another one.
    expect(differing.length).toBeLessThanOrEqual(6);
  },
);

function realDiff(a: string, b: string): string {
  try {
    execFileSync("/usr/bin/diff", ["-u", a, b]);
    return "";
  } catch (error) {
    return (error as { stdout: Buffer }).stdout.toString().split("\n").slice(2).join("\n");
  }
}
