import { FileError, type FileSystem } from "@/posix/files/file-system";

/** A pipe holds this much before its writer waits, as Linux's does. */
export const PIPE_CAPACITY = 64 * 1024;
const READ_SIZE = 64 * 1024;

export interface ReadOptions {
  upTo?: string;
  limit?: number;
}

/** An open file description: what descriptors of several processes may share. */
export abstract class OpenFile {
  references = 1;
  readonly isTty: boolean = false;
  /** Called, once each, when it may be worth trying to read or write again. */
  private waiters = new Set<() => void>();

  /** Data, null at the end, undefined where nothing is there yet. */
  abstract read(options?: ReadOptions): string | null | undefined;
  abstract write(data: string): "ok" | "full" | "broken";
  /** The last reference is gone. */
  close(): void {}

  wait(wake: () => void): () => void {
    this.waiters.add(wake);
    return () => this.waiters.delete(wake);
  }

  protected wake(): void {
    const waiting = [...this.waiters];
    this.waiters.clear();
    for (const wake of waiting) wake();
  }
}

/** The part of `text` that one read takes. */
export function take(text: string, { upTo, limit }: ReadOptions = {}): string {
  const size = Math.min(limit ?? READ_SIZE, READ_SIZE);
  const end = upTo === undefined ? -1 : text.indexOf(upTo);
  return text.slice(0, end >= 0 ? Math.min(end + 1, size) : size);
}

class Pipe {
  data = "";
  readers = 1;
  writers = 1;
  readEnd!: PipeReader;
  writeEnd!: PipeWriter;
}

class PipeReader extends OpenFile {
  constructor(private readonly pipe: Pipe) {
    super();
  }
  override read(options?: ReadOptions): string | null | undefined {
    const { pipe } = this;
    if (pipe.data === "") return pipe.writers === 0 ? null : undefined;
    const data = take(pipe.data, options);
    pipe.data = pipe.data.slice(data.length);
    if (pipe.data.length < PIPE_CAPACITY) pipe.writeEnd.notify();
    return data;
  }
  override write(): "broken" {
    return "broken";
  }
  override close(): void {
    this.pipe.readers = 0;
    this.pipe.data = "";
    this.pipe.writeEnd.notify();
  }
  notify(): void {
    this.wake();
  }
}

class PipeWriter extends OpenFile {
  constructor(private readonly pipe: Pipe) {
    super();
  }
  override read(): null {
    return null;
  }
  override write(data: string): "ok" | "full" | "broken" {
    const { pipe } = this;
    if (pipe.readers === 0) return "broken";
    if (data !== "") {
      pipe.data += data;
      pipe.readEnd.notify();
    }
    return pipe.data.length >= PIPE_CAPACITY ? "full" : "ok";
  }
  override close(): void {
    this.pipe.writers = 0;
    this.pipe.readEnd.notify();
  }
  notify(): void {
    this.wake();
  }
}

export function openPipe(): { read: OpenFile; write: OpenFile } {
  const pipe = new Pipe();
  pipe.readEnd = new PipeReader(pipe);
  pipe.writeEnd = new PipeWriter(pipe);
  return { read: pipe.readEnd, write: pipe.writeEnd };
}

/** A text to read: here-documents, and standard input that was given. */
export class TextFile extends OpenFile {
  constructor(private text: string) {
    super();
  }
  override read(options?: ReadOptions): string | null {
    if (this.text === "") return null;
    const data = take(this.text, options);
    this.text = this.text.slice(data.length);
    return data;
  }
  override write(): "broken" {
    return "broken";
  }
}

/** Hands all that is written to a listener. */
export class SinkFile extends OpenFile {
  constructor(
    private readonly listener: (data: string) => void,
    override readonly isTty: boolean = false,
  ) {
    super();
  }
  override read(): null {
    return null;
  }
  override write(data: string): "ok" {
    if (data !== "") this.listener(data);
    return "ok";
  }
}

/** A sink whose listener may ask writers to wait. */
export class GatedSink extends OpenFile {
  private held = false;

  constructor(private readonly listener: (data: string) => void) {
    super();
  }
  override read(): null {
    return null;
  }
  override write(data: string): "ok" | "full" {
    if (data !== "") this.listener(data);
    return this.held ? "full" : "ok";
  }
  hold(): void {
    this.held = true;
  }
  release(): void {
    this.held = false;
    this.wake();
  }
}

/** A file of the machine, with its own position. */
export class DiskFile extends OpenFile {
  private position = 0;

  constructor(
    private readonly files: FileSystem,
    private readonly path: string,
    private readonly mode: "read" | "write" | "append" | "read-write",
    mask = 0o666,
  ) {
    super();
    const stat = files.stat(path);
    if (stat?.type === "directory" && mode !== "read") throw new FileError("EISDIR", path);
    if (mode === "read") {
      if (!stat) throw new FileError("ENOENT", path);
      if (stat.type !== "directory") files.readFile(path);
    } else if (mode === "write") files.writeFile(path, "", mask);
    else if (!stat) files.writeFile(path, "", mask);
    else if (mode === "append") files.appendFile(path, "");
  }

  override read(options?: ReadOptions): string | null {
    if (this.path === "/dev/zero") return "\0".repeat(Math.min(options?.limit ?? 512, 512));
    const content = this.files.readFile(this.path);
    if (this.position >= content.length) return null;
    const data = take(content.slice(this.position), options);
    this.position += data.length;
    return data;
  }

  override write(data: string): "ok" | "broken" {
    if (this.mode === "read") return "broken";
    if (data === "") return "ok";
    if (this.mode === "append") {
      this.files.appendFile(this.path, data);
      return "ok";
    }
    const content = this.files.stat(this.path) ? this.files.readFile(this.path) : "";
    if (this.position === content.length) this.files.appendFile(this.path, data);
    else {
      const before = content.slice(0, this.position).padEnd(this.position, "\0");
      this.files.writeFile(this.path, before + data + content.slice(this.position + data.length));
    }
    this.position += data.length;
    return "ok";
  }
}
