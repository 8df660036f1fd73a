/**
 * Files as a process sees them. Contents are text; bytes that are not UTF-8 are carried one by one as U+DC80–U+DCFF
 * (Python's surrogateescape), see `bytes.ts`. Paths are absolute and normal (`/a/b`); callers resolve them first.
 */
export interface FileStat {
  type: "file" | "directory" | "symlink" | "device";
  /** Permission bits, e.g. 0o644. */
  mode: number;
  uid: number;
  gid: number;
  sizeBytes: number;
  modifiedMs: number;
}

export type FileErrorCode =
  | "ENOENT"
  | "EACCES"
  | "EPERM"
  | "EISDIR"
  | "ENOTDIR"
  | "EEXIST"
  | "ENOTEMPTY"
  | "EROFS"
  | "ENOSPC"
  | "ELOOP"
  | "EBUSY"
  | "EINVAL"
  | "EFBIG";

const TEXTS: Record<FileErrorCode, string> = {
  ENOENT: "No such file or directory",
  EACCES: "Permission denied",
  EPERM: "Operation not permitted",
  EISDIR: "Is a directory",
  ENOTDIR: "Not a directory",
  EEXIST: "File exists",
  ENOTEMPTY: "Directory not empty",
  EROFS: "Read-only file system",
  ENOSPC: "No space left on device",
  ELOOP: "Too many levels of symbolic links",
  EBUSY: "Device or resource busy",
  EINVAL: "Invalid argument",
  EFBIG: "File too large",
};

export class FileError extends Error {
  constructor(
    readonly code: FileErrorCode,
    readonly path: string,
  ) {
    super(TEXTS[code]);
    this.name = "FileError";
  }
}

/** All operations are immediate; each throws a `FileError` where the real call would fail. */
export interface FileSystem {
  /** Follows symbolic links; undefined where nothing is there. */
  stat(path: string): FileStat | undefined;
  /** Does not follow the last link. */
  lstat(path: string): FileStat | undefined;
  readFile(path: string): string;
  readLink(path: string): string;
  /** Names, sorted, without `.` and `..`. */
  readDirectory(path: string): string[];
  /** Creates or replaces; keeps the mode of an existing file. */
  writeFile(path: string, content: string, mode?: number): void;
  appendFile(path: string, content: string): void;
  makeDirectory(path: string, options?: { recursive?: boolean; mode?: number }): void;
  makeLink(path: string, target: string): void;
  /** A file, a link or, with `recursive`, a whole directory. */
  remove(path: string, options?: { recursive?: boolean }): void;
  rename(from: string, to: string): void;
  chmod(path: string, mode: number): void;
  /** Sets the modification time. */
  touch(path: string, modifiedMs: number): void;
}
