import type { FileSystem } from "../files/file-system";
import { joinPath, resolvePath } from "../files/path";
import { hasGlob, matchesPattern, unescapePattern } from "./pattern";

/** More names than this from one pattern are not given. */
const MATCH_LIMIT = 10_000;

/** Names that match, sorted, in the form in which the pattern was written; empty where none does. */
export function expandPath(
  pattern: string,
  cwd: string,
  files: FileSystem,
  options: { dotglob?: boolean; globstar?: boolean } = {},
): string[] {
  const absolute = pattern.startsWith("/");
  const parts = pattern.split("/").filter((part, index, all) => part !== "" || (index === all.length - 1 && index > 0));
  let found: string[] = [absolute ? "/" : ""];
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1;
    const next: string[] = [];
    for (const directory of found) {
      if (part === "") {
        if (isDirectory(files, resolvePath(cwd, directory || "."))) next.push(`${directory}/`);
        continue;
      }
      const join = (name: string) => (directory === "" ? name : joinPath(directory, name));
      if (!hasGlob(part)) {
        const path = join(unescapePattern(part));
        const there = last ? files.lstat(resolvePath(cwd, path)) : files.stat(resolvePath(cwd, path));
        if (there) next.push(path);
        continue;
      }
      for (const name of names(files, resolvePath(cwd, directory || "."))) {
        if (name.startsWith(".") && !part.startsWith(".") && !options.dotglob) continue;
        if (!matchesPattern(name, part, { path: true })) continue;
        if (!last && !isDirectory(files, resolvePath(cwd, join(name)))) continue;
        next.push(join(name));
        if (next.length > MATCH_LIMIT) return [];
      }
    }
    found = next;
  }
  return found.sort();
}

const isDirectory = (files: FileSystem, path: string) => files.stat(path)?.type === "directory";

function names(files: FileSystem, path: string): string[] {
  try {
    return files.readDirectory(path);
  } catch {
    return [];
  }
}
