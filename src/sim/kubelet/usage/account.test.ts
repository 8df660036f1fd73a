import { expect, test } from "vitest";
import { advance, markAt, openAccount, queueingMs } from "./account";

const START = 60_000_000;
const idle = { millicores: 2, limitMillicores: 500, memoryBytes: 1000 };
const used = (account: ReturnType<typeof openAccount>, atMs: number) => markAt(account, START, atMs)?.usedUs;

test("idle use grows evenly, however seldom anybody looks", () => {
  const once = advance(openAccount("a", START), idle, START + 61_000);
  const often = Array.from({ length: 61 }, (_, second) => START + (second + 1) * 1000).reduce(
    (account, atMs) => advance(account, idle, atMs),
    openAccount("a", START),
  );
  expect(often).toEqual(once);
  expect(once.usedUs).toBe(122_000);
  expect(once.marks.map(({ atMs }) => atMs - START)).toEqual([15_000, 30_000, 45_000, 60_000]);
  expect(used(once, START + 30_000)).toBe(60_000);
});

test("work is done as fast as the limit lets it, and waits behind what came before", () => {
  const fresh = openAccount("a", START);
  expect(queueingMs(fresh, idle, 80_000)).toBe(160);
  expect(queueingMs({ ...fresh, backlogUs: 80_000 }, idle, 80_000)).toBe(321);
  expect(queueingMs(fresh, { ...idle, limitMillicores: 4000 }, 80_000)).toBe(80);
  const after = advance({ ...fresh, backlogUs: 10_000_000 }, idle, START + 15_000);
  expect(used(after, START + 15_000)).toBe(7_500_000);
  expect(after.backlogUs).toBe(2_530_000);
  expect(advance(after, idle, START + 60_000).backlogUs).toBe(0);
});

test("who never rests gets its limit and no more", () => {
  const account = advance(openAccount("a", START), { ...idle, millicores: 3000 }, START + 15_000);
  expect(used(account, START + 15_000)).toBe(7_500_000);
});

test("of a long time only the newest samples are kept", () => {
  const account = advance(openAccount("a", START), idle, START + 3_600_000);
  expect(account.marks).toHaveLength(13);
  expect(used(account, START + 3_600_000)).toBe(7_200_000);
  expect(used(account, START + 15_000)).toBeUndefined();
});
