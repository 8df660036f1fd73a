import { expect, test } from "vitest";
import { wordWrap } from "./word-wrap";

test.each([
  ["short text stays", 20, "short text stays"],
  ["lines are broken at spaces", 12, "lines are\nbroken at\nspaces"],
  ["two  spaces stay, where no line ends there", 30, "two  spaces stay, where no\nline ends there"],
  ["lines\n\nof its own stay", 10, "lines\n\nof its own\nstay"],
  ["a https://example.com/longer-than-a-line b", 12, "a\nhttps://example.com/longer-than-a-line\nb"],
  [" - list `x`", 20, " - list `x`"],
])("%j in %i columns", (text, limit, wrapped) => {
  expect(wordWrap(text, limit)).toBe(wrapped);
});
