import { FileError, type FileStat, type FileSystem } from "@/posix/files/file-system";
import type { LayeredFiles } from "@/posix/files/layered";
import { basename, dirname, joinPath, normalise } from "@/posix/files/path";

/** As Linux: more links than this on the way is ELOOP. */
const LINK_LIMIT = 40;

/** A file system seen at a path: `root` is what lies there. */
export interface MountPoint {
  path: string;
  root: string;
  /** Asked anew at each use, since what is behind it changes. */
  files: () => LayeredFiles;
}

/** Several file systems as one, as a mount namespace shows them. Links are followed across mounts. */
export class MountedFiles implements FileSystem {
  private readonly mounts: readonly MountPoint[];

  /** The mount at `/` must be among them. */
  constructor(mounts: readonly MountPoint[]) {
    this.mounts = [...mounts].sort((a, b) => b.path.length - a.path.length);
  }

  stat(path: string): FileStat | undefined {
    return this.quietly(() => {
      const { files, inner } = this.at(path);
      return files.stat(inner);
    });
  }

  lstat(path: string): FileStat | undefined {
    return this.quietly(() => {
      const { files, inner } = this.at(path, false);
      return files.lstat(inner);
    });
  }

  readFile(path: string): string {
    return this.on(path, true, (files, inner) => files.readFile(inner));
  }

  readLink(path: string): string {
    return this.on(path, false, (files, inner) => files.readLink(inner));
  }

  readDirectory(path: string): string[] {
    return this.on(path, true, (files, inner) => files.readDirectory(inner));
  }

  writeFile(path: string, content: string, mode?: number): void {
    if (path.length > 1 && path.endsWith("/")) throw new FileError("EISDIR", path);
    this.on(path, true, (files, inner) => files.writeFile(inner, content, mode));
  }

  appendFile(path: string, content: string): void {
    this.on(path, true, (files, inner) => files.appendFile(inner, content));
  }

  makeDirectory(path: string, options: { recursive?: boolean; mode?: number } = {}): void {
    const real = this.resolve(path, true);
    if (options.recursive && real !== "/" && !this.lstat(dirname(real)))
      this.makeDirectory(dirname(real), { recursive: true });
    this.on(real, true, (files, inner) => files.makeDirectory(inner, options));
  }

  makeLink(path: string, target: string): void {
    this.on(path, false, (files, inner) => files.makeLink(inner, target));
  }

  remove(path: string, options: { recursive?: boolean } = {}): void {
    const real = this.resolve(path, false);
    if (this.mounts.some((mount) => mount.path === real || mount.path.startsWith(`${real === "/" ? "" : real}/`))) {
      throw new FileError("EBUSY", path);
    }
    this.on(real, false, (files, inner) => files.remove(inner, options));
  }

  rename(from: string, to: string): void {
    const source = this.at(from, false);
    const target = this.at(to, false);
    if (source.mount === target.mount) {
      this.named(from, () => source.files.rename(source.inner, target.inner));
      return;
    }
    this.copy(from, to);
    this.remove(from, { recursive: true });
  }

  chmod(path: string, mode: number): void {
    this.on(path, true, (files, inner) => files.chmod(inner, mode));
  }

  touch(path: string, modifiedMs: number): void {
    this.on(path, true, (files, inner) => files.touch(inner, modifiedMs));
  }

  /** rename(2) fails across file systems; mv then copies, which is what callers want here. */
  private copy(from: string, to: string): void {
    const stat = this.lstat(from);
    if (!stat) throw new FileError("ENOENT", from);
    if (stat.type === "symlink") {
      this.makeLink(to, this.readLink(from));
    } else if (stat.type === "directory") {
      this.makeDirectory(to, { mode: stat.mode });
      for (const name of this.readDirectory(from)) this.copy(joinPath(from, name), joinPath(to, name));
    } else {
      const into = this.stat(to)?.type === "directory" ? joinPath(to, basename(from)) : to;
      this.writeFile(into, this.readFile(from), stat.mode);
    }
  }

  private at(path: string, followLast = true): { mount: MountPoint; files: FileSystem; inner: string } {
    const real = this.resolve(path, followLast);
    const mount = this.mountOf(real);
    return { mount, files: mount.files(), inner: innerPath(mount, real) };
  }

  private on<T>(path: string, followLast: boolean, use: (files: FileSystem, inner: string) => T): T {
    const { files, inner } = this.at(path, followLast);
    return this.named(path, () => use(files, inner));
  }

  /** Errors name the path as the caller wrote it. */
  private named<T>(path: string, use: () => T): T {
    try {
      return use();
    } catch (error) {
      if (error instanceof FileError) throw new FileError(error.code, path);
      throw error;
    }
  }

  private quietly<T>(look: () => T): T | undefined {
    try {
      return look();
    } catch (error) {
      if (error instanceof FileError) return undefined;
      throw error;
    }
  }

  private mountOf(path: string): MountPoint {
    for (const mount of this.mounts) {
      const { length } = mount.path;
      if (length === 1 || (path.startsWith(mount.path) && (path.length === length || path[length] === "/")))
        return mount;
    }
    throw new FileError("ENOENT", path);
  }

  /** Goes from directory to directory; what lies at `at` is never a link, so that each step is one look into a table. */
  private resolve(path: string, followLast: boolean): string {
    let links = 0;
    const pending = namesOf(path).reverse();
    let at = "/";
    while (pending.length > 0) {
      const name = pending.pop()!;
      if (name === "..") {
        at = dirname(at);
        continue;
      }
      const next = at === "/" ? `/${name}` : `${at}/${name}`;
      if (followLast || pending.length > 0) {
        const mount = this.mountOf(next);
        const target = mount.files().linkAt(innerPath(mount, next));
        if (target !== undefined) {
          if (++links > LINK_LIMIT) throw new FileError("ELOOP", path);
          if (target.startsWith("/")) at = "/";
          pending.push(...namesOf(target).reverse());
          continue;
        }
      }
      at = next;
    }
    return at;
  }
}

const namesOf = (path: string): string[] => path.split("/").filter((part) => part !== "" && part !== ".");

function innerPath(mount: MountPoint, path: string): string {
  if (mount.path === "/" && mount.root === "/") return path;
  const rest = mount.path === "/" ? path : path.slice(mount.path.length);
  return normalise(`${mount.root}/${rest}`);
}
