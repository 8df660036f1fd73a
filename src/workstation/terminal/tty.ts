import { OpenFile, type ReadOptions, take } from "../shell/open-file";
import type { SignalName } from "../tools/tool";
import { type Key, KeyReader } from "./keys";
import { type EditorEvent, LineEditor } from "./line-editor";
import { charWidth } from "./width";

/** Input that nobody has read yet is cut beyond this, as the kernel's own queue is. */
const INPUT_LIMIT = 64 * 1024;

class TtyFile extends OpenFile {
  override readonly isTty = true;
  constructor(private readonly tty: Tty) {
    super();
  }
  override read(options?: ReadOptions): string | null | undefined {
    return this.tty.take(options);
  }
  override write(data: string): "ok" | "broken" {
    if (this.tty.closed) return "broken";
    this.tty.write(data);
    return "ok";
  }
  notify(): void {
    this.wake();
  }
}

export interface LineRequest {
  prompt: string;
  history: () => readonly string[];
  /** Answers a Tab: what to insert, or what to show. */
  complete?(
    text: string,
    cursor: number,
    again: boolean,
  ): Promise<{ length: number; replacement: string; show?: string[] } | undefined>;
}

export type LineAnswer = { kind: "line"; text: string } | { kind: "end" } | { kind: "interrupt" };

/** A terminal of a machine: line discipline for programs, line editor for shells. */
export class Tty {
  readonly file: OpenFile;
  closed = false;
  private readonly keys = new KeyReader();
  private raw = false;
  private echo = true;
  private held = false;
  /** The line being typed in cooked mode, and lines that wait for a reader. */
  private line = "";
  private ready = "";
  private ends = 0;
  private foreground: number | undefined;
  private editing:
    | {
        editor: LineEditor;
        request: LineRequest;
        answer: (answer: LineAnswer) => void;
        completing: boolean;
        pid: number;
      }
    | undefined;
  private readonly resizeListeners = new Set<(columns: number, rows: number) => void>();
  private outputListener: (data: string) => void = () => {};
  /** Column of the cursor, as far as output tells: a prompt begins on a line of its own. */
  private column = 0;

  constructor(
    readonly id: string,
    readonly name: string,
    public columns: number,
    public rows: number,
    private readonly signal: (group: number, signal: SignalName) => void,
  ) {
    this.file = new TtyFile(this);
  }

  onOutput(listener: (data: string) => void): void {
    this.outputListener = listener;
  }

  /** Output of a program: a line feed also returns the carriage. */
  write(data: string): void {
    if (this.closed || data === "") return;
    for (const char of data) {
      if (char === "\n" || char === "\r") this.column = 0;
      else if (char >= " ") this.column += charWidth(char.codePointAt(0)!);
    }
    this.outputListener(this.raw ? data : data.replace(/\r?\n/g, "\r\n"));
  }

  /** Key strokes of the learner. */
  input(data: string): void {
    if (this.closed) return;
    if (this.raw) {
      this.push(data);
      return;
    }
    this.keys.give(data);
    this.held = false;
    this.pump();
  }

  resize(columns: number, rows: number): void {
    this.columns = Math.max(1, columns);
    this.rows = Math.max(1, rows);
    if (this.editing) this.editing.editor.columns = this.columns;
    for (const listener of this.resizeListeners) listener(this.columns, this.rows);
  }

  onResize(listener: (columns: number, rows: number) => void): () => void {
    this.resizeListeners.add(listener);
    return () => this.resizeListeners.delete(listener);
  }

  setForeground(group: number | undefined): void {
    this.foreground = group;
  }

  setEcho(on: boolean): void {
    this.echo = on;
  }

  /** Raw: key strokes go to the reader as they come. What was typed ahead goes along. */
  setRaw(on: boolean): void {
    if (this.raw === on) return;
    this.raw = on;
    if (on) this.push(this.keys.takeRest());
    else {
      const rest = this.ready;
      this.ready = "";
      if (rest !== "") this.keys.give(rest);
    }
  }

  /** Whether the process sits at its prompt with nothing typed. */
  atPrompt(pid: number): boolean {
    return this.editing?.pid === pid;
  }

  /** One line from the line editor. What was typed while a program ran comes first. */
  readLine(pid: number, request: LineRequest): Promise<LineAnswer> {
    return new Promise((resolve) => {
      const editor = new LineEditor(this.columns, request.history);
      this.raw = false;
      this.echo = true;
      this.editing = { editor, request, answer: resolve, completing: false, pid };
      this.held = false;
      const typed = this.ready + this.line;
      this.ready = "";
      this.line = "";
      if (this.column > 0) this.write("\n");
      this.write(editor.start(request.prompt));
      if (typed !== "") this.keys.give(typed.replace(/\n/g, "\r") + this.keys.takeRest());
      this.pump();
    });
  }

  /** A message while somebody types: above the line, which is drawn again. */
  interject(text: string): void {
    if (!this.editing) this.write(text);
    else this.write(`\r\x1b[J${text}${this.editing.editor.redraw()}`);
  }

  take(options?: ReadOptions): string | null | undefined {
    if (this.held) {
      this.held = false;
      this.pump();
    }
    if (this.ready !== "") {
      const data = take(this.ready, options);
      this.ready = this.ready.slice(data.length);
      return data;
    }
    if (this.closed) return null;
    if (this.ends > 0) {
      this.ends--;
      return null;
    }
    return undefined;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.editing?.answer({ kind: "end" });
    this.editing = undefined;
    (this.file as TtyFile).notify();
  }

  private pump(): void {
    while (!this.editing?.completing && !this.held) {
      if (this.raw) {
        const rest = this.keys.takeRest();
        if (rest !== "") this.push(rest);
        return;
      }
      const key = this.keys.next();
      if (!key) return;
      if (this.editing) this.edit(key);
      else this.cook(key);
    }
  }

  private edit(key: Key): void {
    const { editor, answer } = this.editing!;
    const { output, event } = editor.feed(key);
    this.write(output);
    if (!event) return;
    if (event.kind === "complete") {
      void this.complete(event);
      return;
    }
    if (event.kind === "suspend") return;
    this.editing = undefined;
    // What came in the same breath waits for whoever reads next, shell or program: nobody has seen it echoed yet.
    this.held = !this.keys.rest.includes("\x03");
    answer(event);
  }

  private async complete(event: EditorEvent & { kind: "complete" }): Promise<void> {
    const editing = this.editing!;
    const { editor, request } = editing;
    if (!request.complete) return;
    editing.completing = true;
    try {
      const result = await request.complete(editor.text, editor.cursor, event.again);
      if (this.editing !== editing) return;
      if (!result) this.write("\x07");
      else if (result.show) this.write(`\n${columns(result.show, this.columns)}${editor.redraw()}`);
      else this.write(editor.complete(result.length, result.replacement));
    } finally {
      editing.completing = false;
      if (this.editing === editing) this.pump();
    }
  }

  /** Cooked mode: the kernel's own line editing, echo and signals. */
  private cook(key: Key): void {
    if (key.kind !== "key") {
      this.type(key.text);
      return;
    }
    switch (key.name) {
      case "enter":
        this.show("\n");
        this.push(`${this.line}\n`);
        this.line = "";
        return;
      case "backspace": {
        const last = [...this.line].at(-1);
        if (last === undefined) return;
        this.line = this.line.slice(0, -last.length);
        this.show("\b \b".repeat(Math.max(1, charWidth(last.codePointAt(0)!))));
        return;
      }
      case "kill-line-back":
        this.show("\b \b".repeat([...this.line].length));
        this.line = "";
        return;
      case "delete-or-end":
        if (this.line !== "") {
          this.push(this.line);
          this.line = "";
        } else {
          this.ends++;
          (this.file as TtyFile).notify();
        }
        return;
      case "interrupt":
        this.interruptWith("^C", "SIGINT");
        return;
      case "quit":
        this.interruptWith("^\\", "SIGQUIT");
        return;
      case "suspend":
        this.interruptWith("^Z", "SIGTSTP");
        return;
      case "tab":
        this.type("\t");
        return;
      case "up":
      case "down":
      case "left":
      case "right":
        return;
    }
  }

  private interruptWith(text: string, signal: SignalName): void {
    this.line = "";
    this.ready = "";
    this.write(text);
    if (this.foreground !== undefined) this.signal(this.foreground, signal);
  }

  private type(text: string): void {
    const lines = text.split("\n");
    for (const [index, part] of lines.entries()) {
      if (this.line.length + part.length > 4095) return;
      this.line += part;
      this.show(part);
      if (index < lines.length - 1) this.cook({ kind: "key", name: "enter" });
    }
  }

  private show(text: string): void {
    if (this.echo) this.write(text);
  }

  private push(data: string): void {
    if (data === "") return;
    this.ready = (this.ready + data).slice(0, INPUT_LIMIT);
    (this.file as TtyFile).notify();
  }
}

/** Names in columns, as a shell shows what it could complete. */
export function columns(names: readonly string[], width: number): string {
  const cell = Math.max(1, ...names.map((name) => name.length)) + 2;
  const across = Math.max(1, Math.floor(width / cell));
  const rows = Math.ceil(names.length / across);
  let text = "";
  for (let row = 0; row < rows; row++) {
    const line: string[] = [];
    for (let index = row; index < names.length; index += rows) line.push(names[index]!);
    text += `${line.map((name, index) => (index < line.length - 1 ? name.padEnd(cell) : name)).join("")}\n`;
  }
  return text;
}
