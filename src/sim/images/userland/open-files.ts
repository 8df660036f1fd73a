import { FileError, type FileSystem } from "@/posix/files/file-system";
import { type OpenFile, PIPE_LIMIT, type UserlandState } from "./state";

/** What the processes of a step have printed. */
export interface Printed {
  stdout: string;
  stderr: string;
}

const STREAMS: Record<string, "stdout" | "stderr"> = {
  "/dev/stdout": "stdout",
  "/dev/stderr": "stderr",
  "/proc/1/fd/1": "stdout",
  "/proc/1/fd/2": "stderr",
  "/proc/self/fd/1": "stdout",
  "/proc/self/fd/2": "stderr",
};

/** Opening, reading and writing over the plain tables of a userland. */
export class OpenFiles {
  constructor(
    private readonly state: UserlandState,
    private readonly files: FileSystem,
    private readonly printed: Printed,
  ) {}

  open(path: string, mode: "read" | "write" | "append" | "read-write"): number {
    if (path === "/dev/null") return this.add({ kind: "null", refs: 1 });
    if (path === "/dev/zero") return this.add({ kind: "zero", refs: 1 });
    if (path === "/dev/stdin") return this.add({ kind: "stdin", refs: 1 });
    const stream = STREAMS[path];
    if (stream) return this.add({ kind: "output", stream, refs: 1 });
    const stat = this.files.stat(path);
    if (stat?.type === "directory") throw new FileError("EISDIR", path);
    if (mode === "read" && !stat) throw new FileError("ENOENT", path);
    if (mode === "read") this.files.readFile(path);
    else if (mode === "write" || !stat) this.files.writeFile(path, "");
    return this.add({ kind: "file", path, position: 0, append: mode === "append", refs: 1 });
  }

  openText(text: string): number {
    return this.add({ kind: "text", text, refs: 1 });
  }

  pipe(): { read: number; write: number } {
    const id = this.state.nextId++;
    this.state.pipes[id] = { buffer: "", readers: 1, writers: 1 };
    return {
      read: this.add({ kind: "pipe", pipe: id, end: "read", refs: 1 }),
      write: this.add({ kind: "pipe", pipe: id, end: "write", refs: 1 }),
    };
  }

  retain(id: number): number {
    const file = this.state.files[id];
    if (file) file.refs++;
    return id;
  }

  release(id: number): void {
    const file = this.state.files[id];
    if (!file || --file.refs > 0) return;
    delete this.state.files[id];
    if (file.kind !== "pipe") return;
    const pipe = this.state.pipes[file.pipe];
    if (!pipe) return;
    if (file.end === "read") pipe.readers--;
    else pipe.writers--;
    if (pipe.readers + pipe.writers <= 0) delete this.state.pipes[file.pipe];
  }

  isTty(): boolean {
    return false;
  }

  write(id: number, data: string): "ok" | "full" | "broken" {
    const file = this.state.files[id];
    if (!file) return "broken";
    switch (file.kind) {
      case "output":
        this.printed[file.stream] += data;
        return "ok";
      case "pipe": {
        const pipe = this.state.pipes[file.pipe];
        if (!pipe || pipe.readers === 0) return "broken";
        pipe.buffer += data;
        return pipe.buffer.length > PIPE_LIMIT ? "full" : "ok";
      }
      case "file":
        if (file.append || this.length(file.path) === file.position) this.files.appendFile(file.path, data);
        else {
          const content = this.files.readFile(file.path);
          this.files.writeFile(
            file.path,
            content.slice(0, file.position) + data + content.slice(file.position + data.length),
          );
        }
        file.position += data.length;
        return "ok";
      default:
        return "ok";
    }
  }

  /** Some data, null at the end, undefined where nothing is there yet. */
  read(id: number, { upTo, limit }: { upTo?: string; limit?: number } = {}): string | null | undefined {
    const file = this.state.files[id];
    if (!file) return null;
    const available = this.available(file);
    if (available === null || available === undefined) return available;
    const stop = upTo === undefined ? -1 : available.indexOf(upTo);
    const data = available.slice(
      0,
      Math.min(stop < 0 ? available.length : stop + upTo!.length, limit ?? available.length),
    );
    this.consume(file, data.length);
    return data;
  }

  /** Whether a read or write of this file would get on now. */
  ready(id: number, what: "read" | "write"): boolean {
    const file = this.state.files[id];
    if (!file) return true;
    if (what === "read") return this.available(file) !== undefined;
    const pipe = file.kind === "pipe" ? this.state.pipes[file.pipe] : undefined;
    return !pipe || pipe.readers === 0 || pipe.buffer.length <= PIPE_LIMIT;
  }

  private available(file: OpenFile): string | null | undefined {
    switch (file.kind) {
      case "text":
        return file.text === "" ? null : file.text;
      case "stdin":
        return this.state.stdin !== "" ? this.state.stdin : this.state.stdinEnded ? null : undefined;
      case "pipe": {
        const pipe = this.state.pipes[file.pipe];
        if (!pipe) return null;
        return pipe.buffer !== "" ? pipe.buffer : pipe.writers === 0 ? null : undefined;
      }
      case "file": {
        const rest = this.files.readFile(file.path).slice(file.position);
        return rest === "" ? null : rest;
      }
      case "zero":
        return "\0".repeat(PIPE_LIMIT);
      default:
        return null;
    }
  }

  private consume(file: OpenFile, length: number): void {
    if (file.kind === "text") file.text = file.text.slice(length);
    else if (file.kind === "stdin") this.state.stdin = this.state.stdin.slice(length);
    else if (file.kind === "file") file.position += length;
    else if (file.kind === "pipe") {
      const pipe = this.state.pipes[file.pipe];
      if (pipe) pipe.buffer = pipe.buffer.slice(length);
    }
  }

  private add(file: OpenFile): number {
    const id = this.state.nextId++;
    this.state.files[id] = file;
    return id;
  }

  private length(path: string): number {
    return this.files.stat(path) ? this.files.readFile(path).length : 0;
  }
}
