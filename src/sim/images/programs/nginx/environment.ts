import { FileError, type FileErrorCode } from "@/posix/files/file-system";
import { resolvePath } from "@/posix/files/path";
import { nginxFiles } from "../../data/nginx-files";
import type { ProgramContext } from "../../program";

/** Files matched by one include; more than this are left out. */
const GLOB_LIMIT = 200;
/** A configuration reads at most this many files. */
const FILE_LIMIT = 500;

/**
 * What nginx took from the world while it read its configuration. It is kept in the state, because nginx goes on with
 * what it has read until it is told to reload, whatever happens to the files and names meanwhile.
 */
export interface Loaded {
  version: string;
  /** `-g` directives. */
  globals: string;
  path: string;
  /** `true` stands for the text that the image came with, which need not be kept once more. */
  files: Record<string, string | true | { error: FileErrorCode }>;
  globs: Record<string, string[]>;
  names: Record<string, string[]>;
}

export interface Environment {
  readonly version: string;
  readonly globals: string;
  readonly path: string;
  readFile(path: string): string | { error: FileErrorCode };
  glob(pattern: string): string[];
  resolve(host: string): string[];
}

/** Errors of the C library as nginx prints them. */
export const ERRNO: Record<FileErrorCode, [number: number, text: string]> = {
  EPERM: [1, "Operation not permitted"],
  ENOENT: [2, "No such file or directory"],
  EACCES: [13, "Permission denied"],
  EBUSY: [16, "Device or resource busy"],
  EEXIST: [17, "File exists"],
  ENOTDIR: [20, "Not a directory"],
  EISDIR: [21, "Is a directory"],
  EINVAL: [22, "Invalid argument"],
  EFBIG: [27, "File too large"],
  ENOSPC: [28, "No space left on device"],
  EROFS: [30, "Read-only file system"],
  ENOTEMPTY: [39, "Directory not empty"],
  ELOOP: [40, "Too many levels of symbolic links"],
};

export function errnoText(code: FileErrorCode): string {
  const [number, text] = ERRNO[code];
  return `(${number}: ${text})`;
}

/** Reads the world and notes what was read. */
export function liveEnvironment(context: ProgramContext, version: string, globals: string, path: string) {
  const loaded: Loaded = { version, globals, path, files: {}, globs: {}, names: {} };
  const environment: Environment = {
    version,
    globals,
    path,
    readFile(file) {
      if (Object.keys(loaded.files).length >= FILE_LIMIT) return { error: "ENOSPC" };
      const text = readOr(context, file);
      loaded.files[file] = text === packaged(version, file) ? true : text;
      return text;
    },
    glob(pattern) {
      loaded.globs[pattern] ??= globFiles(context, pattern);
      return loaded.globs[pattern]!;
    },
    resolve(host) {
      loaded.names[host] ??= host === "localhost" ? ["127.0.0.1"] : context.resolve(host).addresses;
      return loaded.names[host]!;
    },
  };
  return { environment, loaded };
}

export function replayEnvironment(loaded: Loaded): Environment {
  return {
    version: loaded.version,
    globals: loaded.globals,
    path: loaded.path,
    readFile: (file) => fileOf(loaded, file),
    glob: (pattern) => loaded.globs[pattern] ?? [],
    resolve: (host) => loaded.names[host] ?? [],
  };
}

/** What nginx read from a file when it loaded its configuration. */
export function fileOf(loaded: Loaded, file: string): string | { error: FileErrorCode } {
  const kept = loaded.files[file] ?? { error: "ENOENT" };
  return kept === true ? packaged(loaded.version, file)! : kept;
}

const packages = new Map<string, Record<string, string>>();

function packaged(version: string, file: string): string | undefined {
  const files = packages.get(version) ?? nginxFiles(version);
  packages.set(version, files);
  return files[file];
}

function readOr(context: ProgramContext, path: string): string | { error: FileErrorCode } {
  try {
    return context.files.readFile(resolvePath("/", path));
  } catch (error) {
    if (error instanceof FileError) return { error: error.code };
    throw error;
  }
}

/** glob(3) for `*`, `?` and `[…]`, sorted; names with a dot in front are passed over. */
export function globFiles(context: Pick<ProgramContext, "files">, pattern: string): string[] {
  let found = ["/"];
  for (const part of pattern.split("/").filter(Boolean)) {
    const next: string[] = [];
    for (const directory of found) {
      const base = directory === "/" ? "" : directory;
      if (!/[*?[]/.test(part)) {
        if (context.files.stat(`${base}/${part}`)) next.push(`${base}/${part}`);
        continue;
      }
      const matcher = globPattern(part);
      for (const name of namesIn(context, directory)) {
        if ((!name.startsWith(".") || part.startsWith(".")) && matcher.test(name)) next.push(`${base}/${name}`);
      }
    }
    found = next.slice(0, GLOB_LIMIT);
  }
  return found;
}

function namesIn(context: Pick<ProgramContext, "files">, directory: string): string[] {
  try {
    return context.files.readDirectory(directory);
  } catch {
    return [];
  }
}

function globPattern(part: string): RegExp {
  const source = part
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return /^$/;
  }
}
