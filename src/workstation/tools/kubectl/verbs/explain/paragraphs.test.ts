import { expect, test } from "vitest";
import { wrapParagraphs } from "./paragraphs";

test("lines of a paragraph are joined; lists and empty lines stay apart", () => {
  expect(wrapParagraphs("One line\nand another. Choose:\n - this\n - that\n\nLast.", 2)).toBe(
    "  One line and another. Choose:\n  - this\n  - that\n\n  Last.\n",
  );
});
