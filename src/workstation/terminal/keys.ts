/** A key stroke or a piece of text, as a terminal sends it. */
export type Key = { kind: "text"; text: string } | { kind: "paste"; text: string } | { kind: "key"; name: string };

const SEQUENCES: Record<string, string> = {
  "\x1b[A": "up",
  "\x1bOA": "up",
  "\x1b[B": "down",
  "\x1bOB": "down",
  "\x1b[C": "right",
  "\x1bOC": "right",
  "\x1b[D": "left",
  "\x1bOD": "left",
  "\x1b[H": "home",
  "\x1bOH": "home",
  "\x1b[1~": "home",
  "\x1b[7~": "home",
  "\x1b[F": "end",
  "\x1bOF": "end",
  "\x1b[4~": "end",
  "\x1b[8~": "end",
  "\x1b[3~": "delete",
  "\x1b[5~": "page-up",
  "\x1b[6~": "page-down",
  "\x1b[2~": "insert",
  "\x1b[Z": "back-tab",
  "\x1b[1;5C": "word-right",
  "\x1b[1;3C": "word-right",
  "\x1b[5C": "word-right",
  "\x1b[1;5D": "word-left",
  "\x1b[1;3D": "word-left",
  "\x1b[5D": "word-left",
  "\x1bf": "word-right",
  "\x1bb": "word-left",
  "\x1bd": "kill-word",
  "\x1b\x7f": "kill-word-back",
  "\x1b\b": "kill-word-back",
  "\x1b.": "last-argument",
  "\x1b_": "last-argument",
  "\x1bu": "upper-word",
  "\x1bl": "lower-word",
  "\x1bc": "capital-word",
  "\x1bt": "swap-words",
  "\x1by": "yank-pop",
  "\x1b<": "history-start",
  "\x1b>": "history-end",
  "\x1b[3;5~": "kill-word",
};

const CONTROLS: Record<string, string> = {
  "\r": "enter",
  "\n": "enter",
  "\t": "tab",
  "\x7f": "backspace",
  "\b": "backspace",
  "\x01": "home",
  "\x02": "left",
  "\x03": "interrupt",
  "\x04": "delete-or-end",
  "\x05": "end",
  "\x06": "right",
  "\x07": "abort",
  "\x0b": "kill-line",
  "\x0c": "clear",
  "\x0e": "down",
  "\x0f": "enter",
  "\x10": "up",
  "\x12": "search",
  "\x13": "search-forward",
  "\x14": "swap",
  "\x15": "kill-line-back",
  "\x17": "kill-word-unix",
  "\x19": "yank",
  "\x1a": "suspend",
  "\x1c": "quit",
  "\x1f": "undo",
};

const PASTE_START = "\x1b[200~";
const PASTE_END = "\x1b[201~";
/** A paste longer than this is cut. */
const PASTE_LIMIT = 256 * 1024;

/** Splits what a terminal sends into keys. An escape sequence or paste may come in several pieces. */
export class KeyReader {
  rest = "";

  /** The next key of the input given so far; undefined where there is none (or only a part of one). */
  next(): Key | undefined {
    const { rest } = this;
    if (rest === "") return undefined;
    if (rest.startsWith(PASTE_START)) {
      const end = rest.indexOf(PASTE_END);
      if (end < 0) {
        if (rest.length > PASTE_LIMIT) this.rest = rest.slice(0, PASTE_LIMIT);
        return undefined;
      }
      this.rest = rest.slice(end + PASTE_END.length);
      return { kind: "paste", text: rest.slice(PASTE_START.length, end).replace(/\r\n?/g, "\n") };
    }
    if (rest[0] === "\x1b") return this.escape(rest);
    const control = CONTROLS[rest[0]!];
    if (control) {
      // CR LF is one Enter.
      this.rest = rest.slice(rest.startsWith("\r\n") ? 2 : 1);
      return { kind: "key", name: control };
    }
    if (rest < " " && rest.length > 0) {
      this.rest = rest.slice(1);
      return { kind: "key", name: "unknown" };
    }
    const text = /^[^\0-\x1f\x7f]+/.exec(rest)?.[0] ?? rest[0]!;
    this.rest = rest.slice(text.length);
    return text < " " ? { kind: "key", name: "unknown" } : { kind: "text", text };
  }

  give(data: string): void {
    this.rest += data;
  }

  /** What has not been read yet, taken away. */
  takeRest(): string {
    const { rest } = this;
    this.rest = "";
    return rest;
  }

  private escape(rest: string): Key | undefined {
    if (PASTE_START.startsWith(rest) && rest.length > 1) return undefined;
    const match = /^\x1b(?:\[[0-9;?]*[@-~]|O[@-~]|[^[O])/.exec(rest);
    if (!match) {
      if (rest === "\x1b" || /^\x1b(\[[0-9;?]*|O)$/.test(rest)) return undefined;
      this.rest = rest.slice(1);
      return { kind: "key", name: "escape" };
    }
    this.rest = rest.slice(match[0].length);
    return { kind: "key", name: SEQUENCES[match[0]] ?? "unknown" };
  }
}
