import { byteLength } from "./bytes";
import { FileError, type FileStat, type FileSystem } from "./file-system";
import { basename, dirname, joinPath, normalise } from "./path";
import { type FileNode, type FileTree, treeChildren } from "./tree";

/** path -> node as changed, null where removed. Plain data. */
export type FileOverlay = Readonly<Record<string, FileNode | null>>;

export interface LayeredFilesOptions {
  overlay?: FileOverlay;
  /** For modification times. */
  nowMs?: () => number;
  /** Who reads and writes; root where left out. Owner of what is made. */
  user?: { uid: number; gid: number };
  /** How much the overlay may hold (ENOSPC beyond it). */
  limitBytes?: number;
  /** How large one file may grow (EFBIG beyond it). */
  fileLimitBytes?: number;
  /** How many entries the overlay may hold (ENOSPC beyond it). */
  limitEntries?: number;
  readOnly?: boolean;
  /** Told of every path whose node changed. */
  onChange?: (path: string, node: FileNode | null) => void;
}

export const OVERLAY_LIMIT_BYTES = 16 * 1024 * 1024;
export const FILE_LIMIT_BYTES = 8 * 1024 * 1024;
export const OVERLAY_LIMIT_ENTRIES = 10_000;
/** As Linux: more links than this on the way is ELOOP. */
const LINK_LIMIT = 40;
const NAME_LIMIT = 255;

/**
 * Files as a frozen tree that many share and an overlay of one's own. The overlay is plain data: `overlay()` is its
 * snapshot, and a fork shares it until either side writes.
 */
export class LayeredFiles implements FileSystem {
  private own: Record<string, FileNode | null>;
  private shared: boolean;
  /** Directory -> names that the overlay knows in it (changed or removed). Made when first needed. */
  private ownChildren: Map<string, Set<string>> | undefined;
  private usedBytes: number | undefined;

  constructor(
    private readonly base: FileTree,
    private readonly options: LayeredFilesOptions = {},
  ) {
    this.own = (options.overlay ?? {}) as Record<string, FileNode | null>;
    this.shared = true;
  }

  /** All changes since the base. Frozen by agreement: the next write copies. */
  overlay(): FileOverlay {
    this.shared = true;
    return this.own;
  }

  fork(options: Partial<LayeredFilesOptions> = {}): LayeredFiles {
    return new LayeredFiles(this.base, { ...this.options, onChange: undefined, ...options, overlay: this.overlay() });
  }

  /** The same files in another user's hands. Shares nothing with this one but what both had at this moment. */
  get user(): { uid: number; gid: number } {
    return this.options.user ?? { uid: 0, gid: 0 };
  }

  stat(path: string): FileStat | undefined {
    return this.attempt(() => {
      const node = this.node(this.resolve(path, true));
      return node && statOf(node);
    });
  }

  lstat(path: string): FileStat | undefined {
    return this.attempt(() => {
      const node = this.node(this.resolve(path, false));
      return node && statOf(node);
    });
  }

  readFile(path: string): string {
    const node = this.existing(path);
    if (node.type === "directory") throw new FileError("EISDIR", path);
    this.allow(node, 4, path);
    return node.type === "file" ? node.content : "";
  }

  readLink(path: string): string {
    const node = this.node(this.resolve(path, false));
    if (!node) throw new FileError("ENOENT", path);
    if (node.type !== "symlink") throw new FileError("EINVAL", path);
    return node.target;
  }

  readDirectory(path: string): string[] {
    const real = this.resolve(path, true);
    const node = this.node(real);
    if (!node) throw new FileError("ENOENT", path);
    if (node.type !== "directory") throw new FileError("ENOTDIR", path);
    this.allow(node, 4, path);
    return this.names(real);
  }

  writeFile(path: string, content: string, mode?: number): void {
    this.put(path, content, false, mode);
  }

  appendFile(path: string, content: string): void {
    this.put(path, content, true);
  }

  makeDirectory(path: string, options: { recursive?: boolean; mode?: number } = {}): void {
    const real = this.resolve(path, true);
    const node = this.node(real);
    if (node) {
      if (options.recursive && node.type === "directory") return;
      throw new FileError("EEXIST", path);
    }
    const parent = dirname(real);
    if (options.recursive && !this.node(parent)) this.makeDirectory(parent, { recursive: true });
    this.writableParent(real, path);
    this.set(real, { type: "directory", mode: options.mode ?? 0o755, ...this.fresh() }, path);
  }

  makeLink(path: string, target: string): void {
    const real = this.resolve(path, false);
    if (this.node(real)) throw new FileError("EEXIST", path);
    this.writableParent(real, path);
    this.set(real, { type: "symlink", target, mode: 0o777, ...this.fresh() }, path);
  }

  remove(path: string, options: { recursive?: boolean } = {}): void {
    const real = this.resolve(path, false);
    const node = this.node(real);
    if (!node) throw new FileError("ENOENT", path);
    if (real === "/") throw new FileError("EBUSY", path);
    this.writableParent(real, path);
    if (node.type === "directory") {
      const names = this.names(real);
      if (names.length > 0 && !options.recursive) throw new FileError("ENOTEMPTY", path);
      for (const name of names) this.remove(joinPath(real, name), options);
    }
    this.set(real, null, path);
  }

  rename(from: string, to: string): void {
    const source = this.resolve(from, false);
    const node = this.node(source);
    if (!node) throw new FileError("ENOENT", from);
    const target = this.resolve(to, false);
    if (target === source) return;
    if (target.startsWith(`${source}/`)) throw new FileError("EINVAL", to);
    const there = this.node(target);
    if (there) {
      if (there.type === "directory" && node.type !== "directory") throw new FileError("EISDIR", to);
      if (there.type !== "directory" && node.type === "directory") throw new FileError("ENOTDIR", to);
      if (there.type === "directory" && this.names(target).length > 0) throw new FileError("ENOTEMPTY", to);
    }
    this.writableParent(source, from);
    this.writableParent(target, to);
    this.move(source, target, to);
  }

  chmod(path: string, mode: number): void {
    const real = this.resolve(path, true);
    const node = this.owned(real, path);
    this.set(real, { ...node, mode: mode & 0o7777 }, path);
  }

  /** Changes owner and group, as root may. */
  chown(path: string, uid: number, gid: number): void {
    const real = this.resolve(path, true);
    const node = this.node(real);
    if (!node) throw new FileError("ENOENT", path);
    if (this.user.uid !== 0) throw new FileError("EPERM", path);
    this.set(real, { ...node, uid, gid }, path);
  }

  touch(path: string, modifiedMs: number): void {
    const real = this.resolve(path, true);
    const node = this.node(real);
    if (!node) throw new FileError("ENOENT", path);
    if (node.uid !== this.user.uid) this.allow(node, 2, path);
    this.set(real, { ...node, modifiedMs }, path);
  }

  /** The path with all symbolic links on its way followed. Throws ELOOP and ENOTDIR. */
  realPath(path: string): string {
    return this.resolve(path, true);
  }

  /** Where a symbolic link points to. `realPath` must have no links on its way; undefined where none lies there. */
  linkAt(realPath: string): string | undefined {
    const node = this.node(realPath);
    return node?.type === "symlink" ? node.target : undefined;
  }

  /** The node as plain data, for snapshots and journals. Does not follow the last link. */
  nodeAt(path: string): FileNode | undefined {
    return this.node(this.resolve(path, false));
  }

  /** Puts a node as a journal has it, past permissions and limits. */
  restoreNode(path: string, node: FileNode | null): void {
    this.write(normalise(path), node);
  }

  private node(path: string): FileNode | undefined {
    const own = this.own[path];
    if (own !== undefined) return own ?? undefined;
    return this.base[path];
  }

  private names(path: string): string[] {
    const base = treeChildren(this.base, path);
    const own = this.childIndex().get(path);
    if (!own) return base.slice();
    const names = new Set(base);
    for (const name of own) {
      if (this.own[joinPath(path, name)]) names.add(name);
      else names.delete(name);
    }
    return [...names].sort();
  }

  private childIndex(): Map<string, Set<string>> {
    if (!this.ownChildren) {
      this.ownChildren = new Map();
      for (const path of Object.keys(this.own)) this.indexChild(path);
    }
    return this.ownChildren;
  }

  private indexChild(path: string): void {
    if (path === "/") return;
    const parent = dirname(path);
    const names = this.ownChildren!.get(parent);
    if (names) names.add(basename(path));
    else this.ownChildren!.set(parent, new Set([basename(path)]));
  }

  /** Follows links on the way, and the last one where asked. The result may not exist, but its parent's type is checked. */
  private resolve(path: string, followLast: boolean): string {
    let links = 0;
    let pending = normalise(path).split("/").filter(Boolean);
    let at = "/";
    while (pending.length > 0) {
      const name = pending.shift()!;
      if (name.length > NAME_LIMIT) throw new FileError("EINVAL", path);
      if (name === "..") {
        at = dirname(at);
        continue;
      }
      const here = this.node(at);
      if (here && here.type !== "directory") throw new FileError("ENOTDIR", path);
      if (here && this.user.uid !== 0) this.allow(here, 1, path);
      const next = joinPath(at, name);
      const node = this.node(next);
      if (node?.type === "symlink" && (followLast || pending.length > 0)) {
        if (++links > LINK_LIMIT) throw new FileError("ELOOP", path);
        const target = node.target.split("/").filter((part) => part !== "" && part !== ".");
        if (node.target.startsWith("/")) at = "/";
        pending = [...target, ...pending];
        continue;
      }
      at = next;
    }
    return at;
  }

  private existing(path: string): FileNode {
    const node = this.node(this.resolve(path, true));
    if (!node) throw new FileError("ENOENT", path);
    return node;
  }

  private owned(real: string, path: string): FileNode {
    const node = this.node(real);
    if (!node) throw new FileError("ENOENT", path);
    if (this.user.uid !== 0 && this.user.uid !== node.uid) throw new FileError("EPERM", path);
    return node;
  }

  private put(path: string, content: string, append: boolean, mode?: number): void {
    const real = this.resolve(path, true);
    const node = this.node(real);
    if (node?.type === "directory") throw new FileError("EISDIR", path);
    if (path.endsWith("/")) throw new FileError(node ? "ENOTDIR" : "EISDIR", path);
    if (node) {
      this.allow(node, 2, path);
      if (node.type === "device") return;
    } else {
      this.writableParent(real, path);
    }
    const before = node?.type === "file" ? node.content : "";
    const text = append ? before + content : content;
    // What is appended is counted alone: a log that grows line by line is not counted anew with each.
    const sizeBytes = append && node ? fileBytes(node) + byteLength(content) : byteLength(text);
    if (sizeBytes > (this.options.fileLimitBytes ?? FILE_LIMIT_BYTES)) throw new FileError("EFBIG", path);
    const meta = node
      ? { mode: node.mode, uid: node.uid, gid: node.gid, modifiedMs: this.now() }
      : { mode: mode ?? 0o644, ...this.fresh() };
    const next: FileNode = { type: "file", content: text, ...meta };
    counted.set(next, sizeBytes);
    this.set(real, next, path);
  }

  private writableParent(real: string, path: string): void {
    const parent = this.node(dirname(real));
    if (!parent) throw new FileError("ENOENT", path);
    if (parent.type !== "directory") throw new FileError("ENOTDIR", path);
    this.allow(parent, 2, path);
    // The sticky bit of /tmp: only the owner removes or renames.
    const node = this.node(real);
    if (
      node &&
      parent.mode & 0o1000 &&
      this.user.uid !== 0 &&
      this.user.uid !== node.uid &&
      this.user.uid !== parent.uid
    ) {
      throw new FileError("EPERM", path);
    }
  }

  private allow(node: FileNode, bit: 1 | 2 | 4, path: string): void {
    if (bit === 2 && this.options.readOnly && node.type !== "device") throw new FileError("EROFS", path);
    const { uid, gid } = this.user;
    if (uid === 0) return;
    const shift = uid === node.uid ? 6 : gid === node.gid ? 3 : 0;
    if (!((node.mode >> shift) & bit)) throw new FileError("EACCES", path);
  }

  private move(source: string, target: string, path: string): void {
    const node = this.node(source)!;
    const names = node.type === "directory" ? this.names(source) : [];
    this.set(target, node, path);
    for (const name of names) this.move(joinPath(source, name), joinPath(target, name), path);
    this.set(source, null, path);
  }

  private set(real: string, node: FileNode | null, path: string): void {
    if (this.options.readOnly) throw new FileError("EROFS", path);
    const before = sizeOf(this.own[real]);
    const used = this.used() + sizeOf(node) - before;
    if (node && used > (this.options.limitBytes ?? OVERLAY_LIMIT_BYTES) && sizeOf(node) > before)
      throw new FileError("ENOSPC", path);
    const entries = this.own[real] === undefined && node ? Object.keys(this.own).length : 0;
    if (entries >= (this.options.limitEntries ?? OVERLAY_LIMIT_ENTRIES)) throw new FileError("ENOSPC", path);
    this.write(real, node);
  }

  private write(real: string, node: FileNode | null): void {
    if (this.shared) {
      this.own = { ...this.own };
      this.shared = false;
    }
    this.usedBytes = this.used() + sizeOf(node) - sizeOf(this.own[real]);
    const frozen = node && Object.freeze(node);
    // What was never in the base leaves no mark when it goes.
    if (frozen === null && this.base[real] === undefined) delete this.own[real];
    else this.own[real] = frozen;
    if (this.ownChildren) this.indexChild(real);
    this.options.onChange?.(real, frozen);
  }

  private used(): number {
    if (this.usedBytes === undefined) {
      this.usedBytes = 0;
      for (const node of Object.values(this.own)) this.usedBytes += sizeOf(node);
    }
    return this.usedBytes;
  }

  private fresh() {
    return { ...this.user, modifiedMs: this.now() };
  }

  private now(): number {
    return this.options.nowMs?.() ?? 0;
  }

  private attempt<T>(look: () => T): T | undefined {
    try {
      return look();
    } catch (error) {
      if (error instanceof FileError) return undefined;
      throw error;
    }
  }
}

const sizeOf = (node: FileNode | null | undefined): number => (node?.type === "file" ? node.content.length : 0);

const counted = new WeakMap<FileNode, number>();

/** Counted once per node: nodes never change. */
function fileBytes(node: FileNode): number {
  let size = counted.get(node);
  if (size === undefined) {
    size = node.type === "file" ? byteLength(node.content) : 0;
    counted.set(node, size);
  }
  return size;
}

function statOf(node: FileNode): FileStat {
  const { type, mode, uid, gid, modifiedMs } = node;
  const sizeBytes =
    node.type === "file"
      ? fileBytes(node)
      : node.type === "symlink"
        ? byteLength(node.target)
        : node.type === "directory"
          ? 4096
          : 0;
  return { type, mode, uid, gid, sizeBytes, modifiedMs };
}
