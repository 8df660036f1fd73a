import { expect, test } from "vitest";
import { goSort } from "./go-sort";

const key = (text: string) => text.slice(0, 1);
const order = (text: string) => goSort(text.split(" "), (a, b) => key(a) < key(b)).join(" ");

test("short lists keep the order of what is equal", () => {
  expect(order("b1 a1 b2 a2 a3")).toBe("a1 a2 a3 b1 b2");
});

test("all lengths are sorted", () => {
  for (let length = 0; length < 200; length++) {
    const items = Array.from({ length }, (_, index) => (index * 7919) % 101);
    expect(goSort(items, (a, b) => a < b)).toEqual([...items].sort((a, b) => a - b));
  }
});

test("runs up and down, and a relation that is none, come to an end", () => {
  const down = Array.from({ length: 300 }, (_, index) => 300 - index);
  expect(goSort(down, (a, b) => a < b)).toEqual([...down].reverse());
  expect(goSort(down, () => true)).toHaveLength(300);
});

test("what is equal stands where a stock kubectl puts it", () => {
  const keys = [1, 1, 2, 3, 0, 0, 3, 2, 1, 1, 3, 3, 3, 1, 1, 1, 3, 0, 0, 1, 0, 2, 0, 2, 3, 3, 3, 3, 3, 1];
  const sorted = goSort([...keys.keys()], (a, b) => keys[a]! < keys[b]!);
  expect(sorted).toEqual([
    20, 18, 17, 22, 4, 5, 19, 8, 15, 9, 0, 1, 29, 13, 14, 7, 21, 2, 23, 3, 6, 10, 16, 11, 24, 25, 26, 27, 28, 12,
  ]);
});
