import { expect, test } from "vitest";
import { LayeredFiles } from "@/posix/files/layered";
import { fileTree } from "@/posix/files/tree";
import { MountedFiles } from "./mounted-files";

function world() {
  const root = new LayeredFiles(
    fileTree({
      "/a/f": "root",
      "/mnt": { directory: true },
      "/link": { target: "/mnt/in/../g" },
      "/round": { target: "round" },
      "/tmp/x/y": "deep",
    }),
  );
  const volume = new LayeredFiles(
    fileTree({ "/v/g": "volume", "/v/up": { target: "../a/f" }, "/v/in": { directory: true } }),
  );
  const sealed = new LayeredFiles(fileTree({ "/h": "sealed" }), { readOnly: true });
  return new MountedFiles([
    { path: "/", root: "/", files: () => root },
    { path: "/mnt", root: "/v", files: () => volume },
    { path: "/mnt/in/sealed", root: "/", files: () => sealed },
  ]);
}

test("links lead from one file system into another", () => {
  const files = world();
  expect([files.readFile("/link"), files.readFile("/mnt/up"), files.readFile("/mnt/in/sealed/h")]).toEqual([
    "volume",
    "root",
    "sealed",
  ]);
  expect(() => files.readFile("/round")).toThrow("Too many levels of symbolic links");
  expect(files.lstat("/mnt/up")?.type).toBe("symlink");
});

test("what is renamed across file systems is copied, with all that is in it", () => {
  const files = world();
  files.rename("/tmp/x", "/mnt/x");
  expect([files.readFile("/mnt/x/y"), files.stat("/tmp/x")]).toEqual(["deep", undefined]);
});

test("errors name the path that was asked for", () => {
  const files = world();
  const error = (act: () => void) => {
    try {
      act();
      return "none";
    } catch (caught: any) {
      return `${caught.code} ${caught.path}`;
    }
  };
  expect(error(() => files.writeFile("/mnt/in/sealed/h", ""))).toBe("EROFS /mnt/in/sealed/h");
  expect(error(() => files.remove("/mnt", { recursive: true }))).toBe("EBUSY /mnt");
  expect(error(() => files.readFile("/mnt/none"))).toBe("ENOENT /mnt/none");
  expect(error(() => files.makeDirectory("/none/sub"))).toBe("ENOENT /none/sub");
});
