import { expect, test } from "vitest";
import { BytesToText, TextToBytes } from "./text";

test.each([1, 2, 3, 5])("any bytes survive, cut every %d bytes", (size) => {
  const bytes = Buffer.concat([
    Buffer.from("a gruß 🚢 漢"),
    Buffer.from(Array.from({ length: 256 }, (_, at) => at)),
    Buffer.from("🚢").subarray(0, 3),
  ]);
  const decoder = new BytesToText();
  let text = "";
  for (let at = 0; at < bytes.length; at += size) text += decoder.push(bytes.subarray(at, at + size));
  text += decoder.end();
  const encoder = new TextToBytes();
  const back = [...text.matchAll(/[\s\S]{1,3}/g)].map(([piece]) => encoder.push(piece));
  expect(Buffer.concat(back)).toEqual(bytes);
  expect(text.startsWith("a gruß 🚢 漢")).toBe(true);
});
