import type { Key } from "./keys";
import { textWidth } from "./width";

export type EditorEvent =
  | { kind: "line"; text: string }
  | { kind: "end" }
  | { kind: "interrupt" }
  | { kind: "complete"; again: boolean }
  | { kind: "suspend" };

/** A line being typed may get no longer than this. */
const LINE_LIMIT = 64 * 1024;
const KILL_RING_LIMIT = 20;
const UNDO_LIMIT = 200;

interface Search {
  query: string;
  index: number;
  failing: boolean;
  before: string;
}

/**
 * A line editor with Readline's emacs keys. It turns keys into output for the terminal and events for the shell; it
 * reads no clock and waits for nothing.
 */
export class LineEditor {
  text = "";
  cursor = 0;
  private prompt = "";
  private historyAt = 0;
  private draft = "";
  private killed: string[] = [];
  private yankedAt: { start: number; index: number } | undefined;
  private search: Search | undefined;
  private lastKey = "";
  private undoStack: { text: string; cursor: number }[] = [];
  /** Row of the cursor below the first row of the prompt, as drawn last. */
  private drawnRow = 0;
  private argumentAt = 0;

  constructor(
    public columns: number,
    /** Oldest first. Shared with the shell, which adds to it. */
    private history: () => readonly string[],
  ) {}

  /** Begins a new line. The prompt is printed. */
  start(prompt: string, initial = ""): string {
    this.prompt = prompt;
    this.text = initial;
    this.cursor = initial.length;
    this.historyAt = this.history().length;
    this.draft = "";
    this.search = undefined;
    this.drawnRow = 0;
    this.undoStack = [];
    this.lastKey = "";
    return this.draw();
  }

  /** What is printed when something else has written over the line. */
  redraw(): string {
    this.drawnRow = 0;
    return this.draw();
  }

  feed(key: Key): { output: string; event?: EditorEvent } {
    if (this.search) {
      const answered = this.feedSearch(key);
      if (answered) return answered;
    }
    const name = key.kind === "key" ? key.name : "text";
    const result = key.kind === "key" ? this.press(key.name) : this.insert(key.text);
    this.lastKey = name;
    return result;
  }

  /** Puts text in place of the `length` characters before the cursor. */
  complete(length: number, replacement: string): string {
    this.remember();
    this.text = this.text.slice(0, this.cursor - length) + replacement + this.text.slice(this.cursor);
    this.cursor += replacement.length - length;
    return this.refresh();
  }

  private insert(text: string): { output: string } {
    if (this.text.length + text.length > LINE_LIMIT) return { output: "\x07" };
    if (this.lastKey !== "text") this.remember();
    const atEnd = this.cursor === this.text.length;
    this.text = this.text.slice(0, this.cursor) + text + this.text.slice(this.cursor);
    this.cursor += text.length;
    // At the end of a line that fits, the characters themselves are all that is needed.
    const width = textWidth(lastLine(plain(this.prompt))) + textWidth(this.text);
    if (atEnd && !this.text.includes("\n") && width < this.columns) return { output: text };
    return { output: this.refresh() };
  }

  private press(name: string): { output: string; event?: EditorEvent } {
    switch (name) {
      case "enter": {
        const output = `${this.moveToEnd()}\n`;
        const { text } = this;
        this.text = "";
        this.cursor = 0;
        this.drawnRow = 0;
        return { output, event: { kind: "line", text } };
      }
      case "interrupt": {
        const output = `${this.moveToEnd()}^C\n`;
        this.text = "";
        this.cursor = 0;
        this.drawnRow = 0;
        return { output, event: { kind: "interrupt" } };
      }
      case "delete-or-end":
        if (this.text === "") return { output: "", event: { kind: "end" } };
        return this.press("delete");
      case "tab":
        return { output: "", event: { kind: "complete", again: this.lastKey === "tab" } };
      case "clear":
        this.drawnRow = 0;
        return { output: `\x1b[H\x1b[2J${this.draw()}` };
      case "search":
        this.search = { query: "", index: this.history().length, failing: false, before: this.text };
        return { output: this.drawSearch() };
      case "up":
        return this.recall(this.historyAt - 1);
      case "down":
        return this.recall(this.historyAt + 1);
      case "history-start":
        return this.recall(0);
      case "history-end":
        return this.recall(this.history().length);
      default:
        return { output: this.edit(name) };
    }
  }

  private edit(name: string): string {
    const { text, cursor } = this;
    switch (name) {
      case "left":
        return this.move(previousChar(text, cursor));
      case "right":
        return this.move(nextChar(text, cursor));
      case "home":
        return this.move(text.lastIndexOf("\n", cursor - 1) + 1);
      case "end": {
        const end = text.indexOf("\n", cursor);
        return this.move(end < 0 ? text.length : end);
      }
      case "word-left":
        return this.move(wordStart(text, cursor));
      case "word-right":
        return this.move(wordEnd(text, cursor));
      case "backspace":
        return this.cut(previousChar(text, cursor), cursor, false);
      case "delete":
        return this.cut(cursor, nextChar(text, cursor), false);
      case "kill-line":
        return this.cut(cursor, text.length, true);
      case "kill-line-back":
        return this.cut(0, cursor, true);
      case "kill-word":
        return this.cut(cursor, wordEnd(text, cursor), true);
      case "kill-word-back":
        return this.cut(wordStart(text, cursor), cursor, true);
      case "kill-word-unix":
        return this.cut(/\S*\s*$/.exec(text.slice(0, cursor))!.index, cursor, true);
      case "yank":
        return this.yank(0);
      case "yank-pop":
        return this.yankedAt ? this.yank(this.yankedAt.index + 1) : "\x07";
      case "swap":
        return this.swap();
      case "upper-word":
      case "lower-word":
      case "capital-word":
        return this.changeCase(name);
      case "last-argument":
        return this.lastArgument();
      case "undo":
        return this.undo();
      default:
        return "";
    }
  }

  private move(to: number): string {
    if (to === this.cursor) return "";
    this.cursor = to;
    return this.refresh();
  }

  private cut(from: number, to: number, keep: boolean): string {
    if (from === to) return keep ? "" : "\x07";
    this.remember();
    const removed = this.text.slice(from, to);
    if (keep) {
      // One kill after another makes one piece.
      if (/^kill/.test(this.lastKey) && this.killed.length > 0) {
        this.killed[0] =
          to === this.cursor && from < to && this.cursor > from ? removed + this.killed[0] : this.killed[0] + removed;
      } else this.killed.unshift(removed);
      this.killed.length = Math.min(this.killed.length, KILL_RING_LIMIT);
    }
    this.text = this.text.slice(0, from) + this.text.slice(to);
    this.cursor = from;
    return this.refresh();
  }

  private yank(index: number): string {
    if (this.killed.length === 0) return "\x07";
    this.remember();
    const piece = this.killed[index % this.killed.length]!;
    const start = index > 0 && this.yankedAt ? this.yankedAt.start : this.cursor;
    this.text = this.text.slice(0, start) + piece + this.text.slice(this.cursor);
    this.cursor = start + piece.length;
    this.yankedAt = { start, index };
    return this.refresh();
  }

  private swap(): string {
    const { text } = this;
    const right = this.cursor === text.length ? previousChar(text, this.cursor) : this.cursor;
    const left = previousChar(text, right);
    if (left === right) return "\x07";
    this.remember();
    const end = nextChar(text, right);
    this.text = text.slice(0, left) + text.slice(right, end) + text.slice(left, right) + text.slice(end);
    this.cursor = end;
    return this.refresh();
  }

  private changeCase(name: string): string {
    const end = wordEnd(this.text, this.cursor);
    const word = this.text.slice(this.cursor, end);
    const changed =
      name === "upper-word"
        ? word.toUpperCase()
        : name === "lower-word"
          ? word.toLowerCase()
          : word.toLowerCase().replace(/[^\W_]/, (char) => char.toUpperCase());
    this.remember();
    this.text = this.text.slice(0, this.cursor) + changed + this.text.slice(end);
    this.cursor = end;
    return this.refresh();
  }

  private lastArgument(): string {
    const history = this.history();
    this.argumentAt = this.lastKey === "last-argument" ? this.argumentAt + 1 : 0;
    const line = history.at(-1 - this.argumentAt);
    const word = line?.trim().split(/\s+/).at(-1);
    if (!word) return "\x07";
    if (this.lastKey === "last-argument") this.undo();
    this.remember();
    this.text = this.text.slice(0, this.cursor) + word + this.text.slice(this.cursor);
    this.cursor += word.length;
    return this.refresh();
  }

  private remember(): void {
    this.undoStack.push({ text: this.text, cursor: this.cursor });
    if (this.undoStack.length > UNDO_LIMIT) this.undoStack.shift();
  }

  private undo(): string {
    const before = this.undoStack.pop();
    if (!before) return "\x07";
    this.text = before.text;
    this.cursor = before.cursor;
    return this.refresh();
  }

  private recall(index: number): { output: string } {
    const history = this.history();
    if (index < 0 || index > history.length) return { output: "\x07" };
    if (this.historyAt === history.length) this.draft = this.text;
    this.historyAt = index;
    this.text = index === history.length ? this.draft : history[index]!;
    this.cursor = this.text.length;
    return { output: this.refresh() };
  }

  private feedSearch(key: Key): { output: string; event?: EditorEvent } | undefined {
    const search = this.search!;
    const name = key.kind === "key" ? key.name : "";
    if (key.kind === "text") {
      search.query += key.text;
      this.find(search.index);
      return { output: this.drawSearch() };
    }
    if (name === "search") {
      this.find(search.index - 1);
      return { output: this.drawSearch() };
    }
    if (name === "backspace") {
      search.query = search.query.slice(0, -1);
      this.find(this.history().length);
      return { output: this.drawSearch() };
    }
    this.search = undefined;
    if (name === "abort" || name === "interrupt") this.text = search.before;
    this.cursor = this.text.length;
    const output = this.refresh();
    if (name === "abort") return { output };
    const then = this.feed(key);
    return { output: output + then.output, ...(then.event && { event: then.event }) };
  }

  private find(from: number): void {
    const search = this.search!;
    const history = this.history();
    for (let index = Math.min(from, history.length - 1); index >= 0; index--) {
      if (search.query === "" || !history[index]!.includes(search.query)) continue;
      search.index = index;
      search.failing = false;
      this.text = history[index]!;
      this.historyAt = index;
      return;
    }
    search.failing = search.query !== "";
  }

  private drawSearch(): string {
    const { query, failing } = this.search!;
    const prompt = `(${failing ? "failed " : ""}reverse-i-search)\`${query}': `;
    const at = query === "" ? -1 : this.text.indexOf(query);
    return this.clearDrawn() + this.place(prompt, this.text, at < 0 ? this.text.length : at + query.length);
  }

  private refresh(): string {
    return this.clearDrawn() + this.draw();
  }

  private draw(): string {
    return this.place(this.prompt, this.text, this.cursor);
  }

  private clearDrawn(): string {
    const up = this.drawnRow > 0 ? `\x1b[${this.drawnRow}A` : "";
    this.drawnRow = 0;
    return `\r${up}\x1b[J`;
  }

  /** Prints prompt and text and leaves the cursor where it belongs. */
  private place(prompt: string, text: string, cursor: number): string {
    const before = this.extent(plain(prompt) + text.slice(0, cursor));
    const all = this.extent(plain(prompt) + text);
    this.drawnRow = before.row;
    // A text that fills its last row leaves the terminal's cursor hanging at the edge: a space and a return move it on.
    const wrapped = all.column === 0 && all.row > 0 && !text.endsWith("\n") ? " \r" : "";
    let output = prompt + text + wrapped;
    if (all.row > before.row) output += `\x1b[${all.row - before.row}A`;
    if (cursor < text.length || all.row > before.row)
      output += `\r${before.column > 0 ? `\x1b[${before.column}C` : ""}`;
    return output;
  }

  private extent(text: string): { row: number; column: number } {
    let row = 0;
    let column = 0;
    for (const char of text) {
      if (char === "\n") {
        row++;
        column = 0;
        continue;
      }
      const width = textWidth(char);
      if (column + width > this.columns) {
        row++;
        column = 0;
      }
      column += width;
      if (column === this.columns) {
        row++;
        column = 0;
      }
    }
    return { row, column };
  }

  private moveToEnd(): string {
    if (this.cursor === this.text.length) return "";
    this.cursor = this.text.length;
    return this.refresh();
  }
}

/** Without colours and titles, which take no columns. */
const plain = (prompt: string) => prompt.replace(/\x1b\][^\x07]*\x07|\x1b\[[0-9;]*m/g, "");
const lastLine = (text: string) => text.slice(text.lastIndexOf("\n") + 1);

const previousChar = (text: string, at: number) =>
  at <= 0 ? 0 : at - (/[\udc00-\udfff]/.test(text[at - 1]!) && at > 1 ? 2 : 1);
const nextChar = (text: string, at: number) =>
  at >= text.length ? text.length : at + (/[\ud800-\udbff]/.test(text[at]!) ? 2 : 1);
const isWord = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char);

function wordStart(text: string, at: number): number {
  let index = at;
  while (index > 0 && !isWord(text[index - 1])) index--;
  while (index > 0 && isWord(text[index - 1])) index--;
  return index;
}

function wordEnd(text: string, at: number): number {
  let index = at;
  while (index < text.length && !isWord(text[index])) index++;
  while (index < text.length && isWord(text[index])) index++;
  return index;
}
