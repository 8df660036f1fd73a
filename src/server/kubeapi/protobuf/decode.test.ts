import { expect, test } from "vitest";
import { decodeProtobuf } from "./decode";

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replace(/\s/g, ""), "hex"));

test("the body that kubectl create namespace sends", () => {
  const body = hex(`6b387300 0a0f 0a027631 1209 4e616d657370616365
    1215 0a0d 0a03 666f6f 1200 1a00 2200 3800 1200 1a02 0a00`);
  expect(decodeProtobuf(body)).toEqual({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "foo" },
    spec: {},
    status: {},
  });
});

test("what is cut off is refused", () => {
  expect(() => decodeProtobuf(hex("6b387300 0a0f 0a02"))).toThrow("unexpected EOF");
  expect(() => decodeProtobuf(hex("7b7d"))).toThrow("does not appear to be a protobuf message");
});
