import type { IFileSystem } from "just-bash";
import { decodeBytes, encodeBytes, latin1FromText, textFromLatin1 } from "@/posix/files/bytes";
import { FileError, type FileStat, type FileSystem } from "@/posix/files/file-system";
import { joinPath, resolvePath } from "@/posix/files/path";

/** The errors that just-bash's commands recognise carry the code at the start of their text. */
function translated<T>(operation: string, path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new Error(`${error.code}: ${error.message.toLowerCase()}, ${operation} '${path}'`);
  }
}

type Content = Parameters<IFileSystem["writeFile"]>[1];
const textOf = (content: Content, options?: unknown): string => {
  if (typeof content !== "string") return decodeBytes(content);
  const encoding = typeof options === "string" ? options : (options as { encoding?: string } | undefined)?.encoding;
  return encoding === "binary" || encoding === "latin1" ? textFromLatin1(content) : content;
};

/** Our files as just-bash's commands want them. */
export function justBashFiles(files: FileSystem, extraExecutable: string): IFileSystem {
  const stat = (path: string, look: (path: string) => FileStat | undefined) => {
    const found = path === extraExecutable ? EXECUTABLE : look(path);
    if (!found) throw new Error(`ENOENT: no such file or directory, stat '${path}'`);
    return {
      isFile: found.type === "file" || found.type === "device",
      isDirectory: found.type === "directory",
      isSymbolicLink: found.type === "symlink",
      mode: found.mode,
      size: found.sizeBytes,
      // A value to carry a moment of lab time in, as the interface wants it; no clock is read.
      // biome-ignore lint/style/noRestrictedGlobals: see above
      mtime: new Date(found.modifiedMs),
    };
  };
  const copy = (from: string, to: string, recursive: boolean): void => {
    if (files.stat(from)?.type !== "directory") {
      files.writeFile(to, files.readFile(from), files.stat(from)?.mode);
      return;
    }
    if (!recursive) throw new FileError("EISDIR", from);
    files.makeDirectory(to, { recursive: true });
    for (const name of files.readDirectory(from)) copy(joinPath(from, name), joinPath(to, name), true);
  };
  return {
    readFile: async (path) => translated("open", path, () => files.readFile(path)),
    readFileBytes: async (path) => translated("open", path, () => latin1FromText(files.readFile(path)) as never),
    readFileBuffer: async (path) => translated("open", path, () => encodeBytes(files.readFile(path))),
    writeFile: async (path, content, options) =>
      translated("open", path, () => files.writeFile(path, textOf(content, options))),
    appendFile: async (path, content, options) =>
      translated("open", path, () => files.appendFile(path, textOf(content, options))),
    exists: async (path) => path === extraExecutable || files.stat(path) !== undefined,
    stat: async (path) => stat(path, (each) => files.stat(each)),
    lstat: async (path) => stat(path, (each) => files.lstat(each)),
    mkdir: async (path, options) =>
      translated("mkdir", path, () => files.makeDirectory(path, { recursive: options?.recursive ?? false })),
    readdir: async (path) => translated("scandir", path, () => files.readDirectory(path)),
    rm: async (path, options) => {
      if (options?.force && !files.lstat(path)) return;
      translated("rm", path, () => files.remove(path, { recursive: options?.recursive ?? false }));
    },
    cp: async (from, to, options) => translated("cp", from, () => copy(from, to, options?.recursive ?? false)),
    mv: async (from, to) => translated("mv", from, () => files.rename(from, to)),
    resolvePath: (base, path) => resolvePath(base, path),
    getAllPaths: () => [],
    chmod: async (path, mode) => translated("chmod", path, () => files.chmod(path, mode)),
    symlink: async (target, path) => translated("symlink", path, () => files.makeLink(path, target)),
    link: async (from, to) => translated("link", to, () => files.writeFile(to, files.readFile(from))),
    readlink: async (path) => translated("readlink", path, () => files.readLink(path)),
    realpath: async (path) => {
      if (!files.stat(path)) throw new Error(`ENOENT: no such file or directory, realpath '${path}'`);
      return path;
    },
    utimes: async (path, _, modified) => translated("utimes", path, () => files.touch(path, modified.getTime())),
  };
}

const EXECUTABLE: FileStat = { type: "file", mode: 0o755, uid: 0, gid: 0, sizeBytes: 4, modifiedMs: 0 };
