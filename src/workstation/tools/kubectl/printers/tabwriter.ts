/** Elastic tab stops with the rules of Go's `text/tabwriter`: cells end with a tab, a column is a run of lines that all have it. */
export interface TabwriterOptions {
  minWidth: number;
  padding: number;
  /** Keeps the widths of columns from block to block: tables that are flushed row by row (`get -w`). */
  remember?: number[];
}

/** kubectl's tables. */
export const TABLE: TabwriterOptions = { minWidth: 6, padding: 3 };
/** kubectl's describers. */
export const DESCRIBE: TabwriterOptions = { minWidth: 0, padding: 2 };

export function alignTabs(text: string, options: TabwriterOptions): string {
  const trailing = text.endsWith("\n");
  const lines = (trailing ? text.slice(0, -1) : text).split("\n").map((line) => line.split("\t"));
  const output: string[] = new Array(lines.length).fill("");
  format(lines, 0, lines.length, [], options, output);
  return output.join("\n") + (trailing ? "\n" : "");
}

/** Lays out lines `from`–`to`, whose first `widths.length` columns are settled; recurses per run of lines with one more cell. */
function format(
  lines: string[][],
  from: number,
  to: number,
  widths: number[],
  options: TabwriterOptions,
  output: string[],
): void {
  const column = widths.length;
  let written = from;
  for (let line = from; line < to; line++) {
    if (column >= lines[line]!.length - 1) continue;
    for (; written < line; written++) output[written] = render(lines[written]!, widths);
    let width = options.minWidth;
    let discardable = true;
    let end = line;
    while (end < to && column < lines[end]!.length - 1) {
      const cell = displayWidth(lines[end]![column]!);
      if (cell + options.padding > width) width = cell + options.padding;
      if (cell > 0) discardable = false;
      end++;
    }
    if (discardable && options.minWidth === 0) width = options.padding;
    if (options.remember) {
      width = Math.max(width, options.remember[column] ?? 0);
      options.remember[column] = width;
    }
    format(lines, line, end, [...widths, width], options, output);
    written = end;
    line = end - 1;
  }
  for (; written < to; written++) output[written] = render(lines[written]!, widths);
}

function render(cells: string[], widths: number[]): string {
  return cells
    .map((cell, index) =>
      index < widths.length && index < cells.length - 1
        ? cell + " ".repeat(Math.max(0, widths[index]! - displayWidth(cell)))
        : cell,
    )
    .join("");
}

/** Go counts runes, not columns. */
function displayWidth(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
