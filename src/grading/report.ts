/** One link of an explanation: a sentence, and the object that it is about. */
export interface Cause {
  text: string;
  object?: { resource: string; namespace?: string; name: string };
}

export interface CheckResult {
  id: string;
  passed: boolean;
  points: number;
  maxPoints: number;
  /** For a failed check: from what is seen to why, e.g. "Service web has no endpoints" <- "pod web-1 is not ready" <- … */
  causes: Cause[];
}

export interface GradeReport {
  challenge: string;
  version: number;
  atMs: number;
  checks: CheckResult[];
  points: number;
  maxPoints: number;
  passed: boolean;
}

/** What the grader may know of the past: made from the journal. */
export interface History {
  commands: { atMs: number; line: string; exitCode?: number }[];
  hintsTaken: number;
}

export type Answers = Record<string, string | string[]>;
