import { describe, expect, it } from "vitest";
import { base64Decode, base64Encode, byteLength, decodeBytes, encodeBytes } from "./bytes";
import { LayeredFiles } from "./layered";
import { basename, dirname, resolvePath } from "./path";
import { fileTree } from "./tree";

const base = fileTree({
  "/etc/hosts": "127.0.0.1 localhost\n",
  "/etc/secret": { content: "s", mode: 0o600 },
  "/home/learner": { directory: true, uid: 1000, gid: 1000 },
  "/tmp": { directory: true, mode: 0o1777 },
  "/link": { target: "etc" },
  "/loop": { target: "loop" },
  "/dev/null": { device: "null" },
});
const code = (action: () => unknown) => {
  try {
    action();
    return "ok";
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe("layered files", () => {
  it("reads the base, writes the overlay, and remembers only what differs", () => {
    const files = new LayeredFiles(base, { nowMs: () => 5 });
    files.writeFile("/link/motd", "hi\n");
    files.appendFile("/etc/motd", "there\n");
    expect(files.readFile("/etc/motd")).toBe("hi\nthere\n");
    expect(files.readDirectory("/etc")).toEqual(["hosts", "motd", "secret"]);
    files.remove("/etc/hosts");
    expect(files.readDirectory("/etc")).toEqual(["motd", "secret"]);
    files.remove("/etc/motd");
    expect(files.overlay()).toEqual({ "/etc/hosts": null });
    expect(files.stat("/etc/hosts")).toBeUndefined();
  });

  it("forks and restores without either side seeing the other", () => {
    const files = new LayeredFiles(base);
    files.writeFile("/tmp/a", "1");
    const copy = files.fork();
    copy.writeFile("/tmp/a", "2");
    files.makeDirectory("/tmp/d/e", { recursive: true });
    expect([files.readFile("/tmp/a"), copy.readFile("/tmp/a"), copy.readDirectory("/tmp")]).toEqual(["1", "2", ["a"]]);
    const back = new LayeredFiles(base, { overlay: JSON.parse(JSON.stringify(files.overlay())) });
    expect(back.readDirectory("/tmp")).toEqual(["a", "d"]);
    expect(back.overlay()).toEqual(files.overlay());
  });

  it("renames whole directories", () => {
    const files = new LayeredFiles(base);
    files.makeDirectory("/tmp/d/e", { recursive: true });
    files.writeFile("/tmp/d/e/f", "x");
    files.rename("/tmp/d", "/etc/d");
    expect(files.readFile("/etc/d/e/f")).toBe("x");
    expect(code(() => files.rename("/etc", "/etc/d/x"))).toBe("EINVAL");
    expect(Object.keys(files.overlay())).toEqual(["/etc/d", "/etc/d/e", "/etc/d/e/f"]);
  });

  it("refuses as the real calls do", () => {
    const files = new LayeredFiles(base, { user: { uid: 1000, gid: 1000 }, limitBytes: 20, fileLimitBytes: 10 });
    files.writeFile("/home/learner/a", "12345678");
    const cases: [string, () => unknown][] = [
      ["ENOENT", () => files.readFile("/none")],
      ["EISDIR", () => files.readFile("/etc")],
      ["ENOTDIR", () => files.readFile("/etc/hosts/x")],
      ["EACCES", () => files.readFile("/etc/secret")],
      ["EACCES", () => files.writeFile("/etc/x", "")],
      ["EPERM", () => files.chmod("/etc/hosts", 0o777)],
      ["ELOOP", () => files.readFile("/loop")],
      ["EEXIST", () => files.makeDirectory("/etc")],
      ["ENOTEMPTY", () => files.remove("/home")],
      ["EFBIG", () => files.writeFile("/home/learner/b", "12345678901")],
      ["ok", () => files.writeFile("/home/learner/b", "1234567890")],
      ["ENOSPC", () => files.writeFile("/home/learner/c", "123")],
      ["ok", () => files.writeFile("/dev/null", "123")],
    ];
    expect(cases.map(([, action]) => code(action))).toEqual([
      "ENOENT",
      "EISDIR",
      "ENOTDIR",
      "EACCES",
      "EACCES",
      "EPERM",
      "ELOOP",
      "EEXIST",
      "EACCES",
      "EFBIG",
      "ok",
      "ENOSPC",
      "ok",
    ]);
  });
});

describe("bytes and paths", () => {
  it("carries any bytes through text", () => {
    const bytes = Uint8Array.from([
      0x41, 0xff, 0xc3, 0xa9, 0xe4, 0xb8, 0xad, 0xf0, 0x9f, 0x98, 0x80, 0x80, 0xed, 0xa0, 0x80,
    ]);
    const text = decodeBytes(bytes);
    expect(encodeBytes(text)).toEqual(bytes);
    expect(byteLength(text)).toBe(bytes.length);
    expect(base64Decode(base64Encode(text))).toBe(text);
    expect([base64Encode("a"), base64Encode("ab"), base64Encode("abc"), base64Decode("!")]).toEqual([
      "YQ==",
      "YWI=",
      "YWJj",
      undefined,
    ]);
  });
  it("resolves", () => {
    expect([
      resolvePath("/a/b", "../c"),
      resolvePath("/a", "/x/./y/"),
      dirname("/a/b"),
      dirname("a"),
      basename("/a/b.c", ".c"),
    ]).toEqual(["/a/c", "/x/y", "/a", ".", "b"]);
  });
});
