import { expect, it } from "vitest";
import { Table } from "./table";

const numbers = () =>
  new Table([
    ["a", 1],
    ["b", 2],
  ]);
const tenfold = (entries: Map<string, number>) => {
  for (const [key, value] of entries) entries.set(key, value * 10);
};

it("changes the values of a fork when somebody first looks, and once", () => {
  const table = numbers();
  let changes = 0;
  const fork = table.forkChanged((entries) => {
    changes++;
    tenfold(entries);
  });
  expect([fork.size, fork.has("a"), changes]).toEqual([2, true, 0]);
  expect([fork.get("a"), [...fork.entries()], changes]).toEqual([
    10,
    [
      ["a", 10],
      ["b", 20],
    ],
    1,
  ]);
  expect([...table.values()]).toEqual([1, 2]);
});

it("writes over what waits to be changed", () => {
  const fork = numbers().forkChanged(tenfold);
  fork.set("a", 3);
  fork.delete("b");
  expect([...fork.entries()]).toEqual([["a", 3]]);
});

it("forks what waits to be changed as it will be", () => {
  const first = numbers().forkChanged(tenfold);
  const second = first.forkChanged(tenfold);
  expect([[...second.values()], [...first.values()]]).toEqual([
    [100, 200],
    [10, 20],
  ]);
});
