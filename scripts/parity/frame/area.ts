/** What a command line printed. */
export interface Printed {
  exit: number;
  stdout: string;
  stderr: string;
}

/** Command lines about one thing, run in order on a fresh cluster of their own. */
export interface Area {
  name: string;
  /** Laid into the folder in which the lines run, by name. */
  files?: Readonly<Record<string, string>>;
  /** Lines that a stock kubectl alone runs, before the others; nothing of them is compared. */
  setup?: readonly string[];
  lines: readonly string[];
  /** What counts of the output; without it, all. */
  compared?(printed: Printed): Printed;
}
