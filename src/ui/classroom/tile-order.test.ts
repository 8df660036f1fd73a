import { expect, it } from "vitest";
import type { Tile } from "@/server/realtime/protocol";
import { columnsFor, countStates, orderTiles } from "./tile-order";

const tile = (nickname: string, state: Tile["state"], lastProgressAt: number) =>
  ({ nickname, state, lastProgressAt }) as Tile;
const room = [
  tile("done", "finished", 1),
  tile("new", "working", 9),
  tile("slow", "working", 2),
  tile("stuck", "stuck", 5),
  tile("away", "idle", 1),
  tile("hand", "hand-raised", 9),
];

it("puts who needs help first, then the longest without progress", () => {
  expect(orderTiles(room).map(({ nickname }) => nickname)).toEqual(["hand", "stuck", "slow", "new", "away", "done"]);
});

it("counts a room", () => {
  expect(countStates(room)).toEqual({ "hand-raised": 1, stuck: 1, working: 2, idle: 1, finished: 1 });
});

it("fits thirty tiles on a laptop", () => {
  expect(columnsFor(1248, 196, 8)).toBe(6);
  expect(columnsFor(100, 196, 8)).toBe(1);
});
