/** What a page that comes back is shown. */
export const SCROLLBACK_LIMIT = 64 * 1024;
/** A recording ends here; the terminal goes on. */
export const RECORDING_LIMIT = 16 * 1024 * 1024;

/** What one terminal has printed: the end of it for pages that come back, all of it for the recording. */
export class Screen {
  private scrollbackText: string;
  private lines: string[] = [];
  private recorded = 0;
  private unsent = "";

  constructor(
    scrollback: string,
    private recordingSeq: number,
    private readonly startedAt: number,
    public columns: number,
    public rows: number,
  ) {
    this.scrollbackText = scrollback;
  }

  get scrollback(): string {
    return this.scrollbackText;
  }

  write(data: string, atMs: number): void {
    this.unsent += data;
    this.scrollbackText += data;
    if (this.scrollbackText.length > SCROLLBACK_LIMIT * 1.25) {
      const cut = this.scrollbackText.indexOf("\n", this.scrollbackText.length - SCROLLBACK_LIMIT);
      this.scrollbackText = this.scrollbackText.slice(cut < 0 ? -SCROLLBACK_LIMIT : cut + 1);
    }
    this.note("o", data, atMs);
  }

  resize(columns: number, rows: number, atMs: number): void {
    if (columns === this.columns && rows === this.rows) return;
    this.columns = columns;
    this.rows = rows;
    this.note("r", `${columns}x${rows}`, atMs);
  }

  /** What was printed since it was last asked for. */
  takeUnsent(): string {
    const { unsent } = this;
    this.unsent = "";
    return unsent;
  }

  /** Lines of asciicast v2 since they were last asked for, with the number of their row. */
  takeRecording(): { seq: number; lines: string } | undefined {
    if (this.lines.length === 0) return undefined;
    const lines = `${this.lines.join("\n")}\n`;
    this.lines = [];
    const seq = ++this.recordingSeq;
    const header = { version: 2, width: this.columns, height: this.rows, timestamp: Math.floor(this.startedAt / 1000) };
    return { seq, lines: seq === 1 ? `${JSON.stringify(header)}\n${lines}` : lines };
  }

  private note(kind: "o" | "r", data: string, atMs: number): void {
    if (this.recorded > RECORDING_LIMIT) return;
    this.recorded += data.length;
    this.lines.push(JSON.stringify([Math.round(atMs - this.startedAt) / 1000, kind, data]));
  }
}
