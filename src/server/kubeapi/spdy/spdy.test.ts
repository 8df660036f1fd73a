import { expect, test } from "vitest";
import { DICTIONARY } from "./dictionary";
import { controlFrame, dataFrame, FRAME_LIMIT_BYTES, FrameReader, PING, words } from "./frames";
import { HeaderReader, type Headers, HeaderWriter } from "./headers";

test("the dictionary has the length that the draft gives", () => {
  expect(DICTIONARY.length).toBe(1423);
});

test("header blocks of one connection are read one after the other", async () => {
  const writer = new HeaderWriter();
  const reader = new HeaderReader();
  const blocks: Headers[] = [{ streamtype: "error", port: "80" }, {}, { Port: "81", empty: "" }];
  const read = [];
  for (const block of blocks) read.push(await reader.read(writer.write(block)));
  reader.close();
  expect(read).toEqual([{ streamtype: "error", port: "80" }, {}, { port: "81", empty: "" }]);
});

test("kubectl's own first blocks, which refer to the dictionary, are read", async () => {
  const reader = new HeaderReader();
  const block = (hex: string) => reader.read(Buffer.from(hex, "hex"));
  expect([
    await block("78f9e3c6a7c26260606004a7b392a2d4c45c6851c29a0a0a6800000000ffff"),
    await block("c22ac5565c92925f5a02000000ffff"),
  ]).toEqual([{ streamtype: "error" }, { streamtype: "stdout" }]);
  reader.close();
});

test("a block that is no zlib is refused", async () => {
  const reader = new HeaderReader();
  await expect(reader.read(Buffer.from("nonsense"))).rejects.toThrow("incorrect header check");
});

test("frames are cut out of any pieces", () => {
  const bytes = Buffer.concat([controlFrame(PING, 0, words(7)), dataFrame(3, 1, Buffer.from("end"))]);
  const reader = new FrameReader();
  const frames = [...bytes].flatMap((byte) => reader.push(Buffer.from([byte])));
  expect(frames).toEqual([
    { kind: "control", type: PING, flags: 0, payload: words(7) },
    { kind: "data", streamId: 3, flags: 1, payload: Buffer.from("end") },
  ]);
  expect(new FrameReader().push(bytes)).toHaveLength(2);
});

test("a frame that is too large and another version end the connection", () => {
  const large = words(1, FRAME_LIMIT_BYTES + 1);
  expect(() => new FrameReader().push(large)).toThrow("too large");
  expect(() => new FrameReader().push(Buffer.from([0x80, 2, 0, 1, 0, 0, 0, 0]))).toThrow("not a SPDY/3 frame");
});
