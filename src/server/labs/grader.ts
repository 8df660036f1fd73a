import type { Challenge } from "@/challenges/schema";
import { grade } from "@/grading/grade";
import type { Answers, GradeReport, History } from "@/grading/report";
import type { LabApi } from "@/workstation/lab/types";

/** Changes within this time are graded together. */
const QUIET_MS = 60;
/** Grading takes at most this share of the time: a challenge whose checks are dear is graded less often. */
const REST_FACTOR = 4;

export interface Gradable {
  readonly lab: LabApi;
  readonly history: History;
  readonly answers: Answers;
}

/** Grades a lab after each change, on forks, and tells when something is different. */
export class AutoGrader {
  last: GradeReport | undefined;
  private timer: NodeJS.Timeout | undefined;
  private notBefore = 0;
  private work: Promise<unknown> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly challenge: Challenge | undefined,
    private readonly source: () => Gradable,
    private readonly onReport: (report: GradeReport, newlyPassed: string[]) => void,
    private readonly run: typeof grade = grade,
  ) {}

  /** Something has changed: grade soon. */
  poke(): void {
    if (!this.challenge || this.timer || this.stopped) return;
    const delay = Math.max(QUIET_MS, this.notBefore - performance.now());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.gradeNow().catch((error) => console.error(`Grading ${this.challenge?.id} failed: ${error.stack ?? error}`));
    }, delay);
  }

  /** Grades at once. Undefined for a lab without a challenge. */
  gradeNow(): Promise<GradeReport | undefined> {
    const work = this.work
      .catch(() => {})
      .then(async () => {
        if (!this.challenge || this.stopped) return undefined;
        const { lab, history, answers } = this.source();
        const begun = performance.now();
        const report = await this.run(lab, this.challenge, history, answers);
        const took = performance.now() - begun;
        this.notBefore = performance.now() + took * REST_FACTOR;
        // The lab was replaced while its checks ran: what they saw is no more.
        if (this.stopped || this.source().lab !== lab) return undefined;
        this.take(report);
        return report;
      });
    this.work = work;
    return work;
  }

  /** After undo or reset: what passes again is news again. */
  forget(): void {
    this.last = undefined;
    this.poke();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private take(report: GradeReport): void {
    const before = new Map(this.last?.checks.map((check) => [check.id, check]));
    const same = this.last !== undefined && JSON.stringify(this.last.checks) === JSON.stringify(report.checks);
    this.last = report;
    if (same) return;
    const newlyPassed = report.checks
      .filter((check) => check.passed && !before.get(check.id)?.passed)
      .map((check) => check.id);
    this.onReport(report, newlyPassed);
  }
}
