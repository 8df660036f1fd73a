import type { FileSystem } from "@/posix/files/file-system";
import { FileError } from "@/posix/files/file-system";
import { AppError } from "../errors";

export const HOME = "/home/learner";
export const FILES_LIMIT = 500;
export const FILE_LIMIT_BYTES = 512 * 1024;

/** Absolute, normal and below the learner's home, or refused. */
export function homePath(typed: string): string {
  const parts: string[] = [];
  const absolute = typed.startsWith("/") ? typed : `${HOME}/${typed.replace(/^~\//, "")}`;
  for (const part of absolute.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  const path = `/${parts.join("/")}`;
  if (!path.startsWith(`${HOME}/`))
    throw new AppError("FORBIDDEN", "The editor opens files of the home directory only.");
  return path;
}

/** The files that the editor offers: not those of hidden folders. */
export function listHome(files: FileSystem): { path: string; sizeBytes: number }[] {
  const found: { path: string; sizeBytes: number }[] = [];
  const folders = [HOME];
  for (let folder = folders.shift(); folder !== undefined && found.length < FILES_LIMIT; folder = folders.shift()) {
    if (files.lstat(folder)?.type !== "directory") continue;
    for (const name of files.readDirectory(folder)) {
      if (name.startsWith(".")) continue;
      const path = `${folder}/${name}`;
      const stat = files.lstat(path);
      if (stat?.type === "directory") folders.push(path);
      else if (stat?.type === "file" && found.length < FILES_LIMIT) found.push({ path, sizeBytes: stat.sizeBytes });
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

export function readHome(files: FileSystem, typed: string): { content: string } {
  const path = homePath(typed);
  return orRefuse(() => {
    if ((files.stat(path)?.sizeBytes ?? 0) > FILE_LIMIT_BYTES)
      throw new AppError("PAYLOAD_TOO_LARGE", "This file is too large for the editor.");
    return { content: files.readFile(path) };
  });
}

export function writeHome(files: FileSystem, typed: string, content: string): { sizeBytes: number } {
  const path = homePath(typed);
  return orRefuse(() => {
    files.makeDirectory(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    files.writeFile(path, content);
    return { sizeBytes: files.stat(path)?.sizeBytes ?? 0 };
  });
}

function orRefuse<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof FileError)
      throw new AppError(error.code === "ENOENT" ? "NOT_FOUND" : "FORBIDDEN", `${error.path}: ${error.message}`);
    throw error;
  }
}
