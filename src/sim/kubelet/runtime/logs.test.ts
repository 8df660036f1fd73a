import { expect, test } from "vitest";
import type { Sim } from "../../component";
import { Kernel } from "../../kernel/kernel";
import { appendLog, beginLog, flushLog, LOG_BYTES_LIMIT, LOG_CHUNKS_LIMIT, LOG_LINE_LIMIT, readLog } from "./logs";

const ref = { podUid: "u", container: "c" };
const sim = () => ({ kernel: Kernel.create("logs", 1000) }) as unknown as Sim;

test("lines end where newlines are, or where the process ends", () => {
  const it = sim();
  appendLog(it, ref, "stdout", "one\ntw");
  appendLog(it, ref, "stderr", "error\n");
  appendLog(it, ref, "stdout", "o\nthr");
  expect(readLog(it, ref)!.map((line) => `${line.stream} ${line.text}`)).toEqual([
    "stdout one",
    "stderr error",
    "stdout two",
  ]);
  flushLog(it, ref);
  expect(readLog(it, ref)!.at(-1)).toEqual({ atMs: 1000, stream: "stdout", text: "thr" });
  beginLog(it, ref);
  expect([readLog(it, ref)!.length, readLog(it, ref, true)!.length]).toEqual([0, 4]);
  expect(readLog(it, { ...ref, container: "d" })).toBeUndefined();
});

test("a log that grows too long loses its oldest lines", () => {
  const it = sim();
  for (let line = 0; line < LOG_CHUNKS_LIMIT * 64 + 1000; line++) appendLog(it, ref, "stdout", `${line}\n`);
  const lines = readLog(it, ref)!;
  expect(lines.length).toBeLessThanOrEqual(LOG_CHUNKS_LIMIT * 64);
  expect(lines.at(-1)!.text).toBe(String(LOG_CHUNKS_LIMIT * 64 + 999));
});

test("nor too big: long lines are cut, and all together keep to a limit", () => {
  const it = sim();
  appendLog(it, ref, "stdout", `${"x".repeat(LOG_LINE_LIMIT + 5)}\n`);
  expect(readLog(it, ref)!.map((line) => line.text.length)).toEqual([LOG_LINE_LIMIT, 5]);
  for (let line = 0; line < 600; line++) appendLog(it, ref, "stdout", `${"y".repeat(8000)}\n`);
  const bytes = readLog(it, ref)!.reduce((sum, line) => sum + line.text.length, 0);
  expect(bytes).toBeLessThanOrEqual(LOG_BYTES_LIMIT);
  expect(bytes).toBeGreaterThan(LOG_BYTES_LIMIT / 3);
});
