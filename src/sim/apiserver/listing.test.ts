import { expect, test } from "vitest";
import { queryFlag } from "./listing";

test.each([
  ["true", true],
  ["True", true],
  ["1", true],
  ["", true],
  ["false", false],
  ["False", false],
  ["0", false],
  [undefined, false],
])("?watch=%s is %s", (watch, flag) => {
  expect(queryFlag({ method: "GET", path: "/api/v1/pods", query: watch === undefined ? {} : { watch } }, "watch")).toBe(
    flag,
  );
});
