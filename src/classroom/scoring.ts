import type { GradeReport } from "@/grading/report";

/** One line of the append-only ledger that boards are sums of. `subject` counts once per learner and class. */
export interface ScoreEntry {
  kind: "check" | "solve" | "hint" | "award";
  challengeId: string;
  subject: string;
  points: number;
}

/** What a report earns that has not been earned before. `earned` holds the subjects already in the ledger. */
export function scoreReport(report: GradeReport, earned: ReadonlySet<string>): ScoreEntry[] {
  const entries: ScoreEntry[] = [];
  for (const check of report.checks) {
    const subject = `check/${report.challenge}/${check.id}`;
    if (check.passed && !earned.has(subject)) {
      entries.push({ kind: "check", challengeId: report.challenge, subject, points: check.points });
    }
  }
  const solve = `solve/${report.challenge}`;
  if (report.passed && !earned.has(solve)) {
    entries.push({ kind: "solve", challengeId: report.challenge, subject: solve, points: 0 });
  }
  return entries;
}

/** What the hint of this index costs; a hint taken again in another try costs nothing. */
export function scoreHint(challengeId: string, index: number, cost: number, earned: ReadonlySet<string>): ScoreEntry[] {
  const subject = `hint/${challengeId}/${index}`;
  return earned.has(subject) ? [] : [{ kind: "hint", challengeId, subject, points: cost === 0 ? 0 : -cost }];
}
