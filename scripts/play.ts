import type { Challenge } from "@/challenges/schema";
import { scriptHeader } from "@/challenges/scripts";
import { startChallenge } from "@/grading/challenge-lab";
import { grade } from "@/grading/grade";
import type { GradeReport, History } from "@/grading/report";
import { runToEnd } from "@/workstation/lab/drive";
import type { Lab } from "@/workstation/lab/lab";

/** What a solution may take in lab time. */
const LIMIT_MS = 3_600_000;

export interface Played {
  lab: Lab;
  report: GradeReport;
  exitCode: number;
  output: string;
}

/** Plays a script on a fresh lab of the challenge and grades what comes of it; its header comments carry the answers. */
export async function playAndGrade(
  challenge: Challenge,
  script: string,
  { seed = "1", startMs }: { seed?: string; startMs?: number } = {},
): Promise<Played> {
  const lab = startChallenge(challenge, { seed, ...(startMs !== undefined && { startMs }) });
  const history: History = { commands: [], hintsTaken: 0 };
  for (const line of script.split("\n")) {
    if (line.trim() && !line.startsWith("#")) history.commands.push({ atMs: lab.nowMs, line, exitCode: 0 });
  }
  const result = script.trim()
    ? await runToEnd(lab, lab.run(script), LIMIT_MS)
    : { exitCode: 0, stdout: "", stderr: "" };
  const report = await grade(lab, challenge, history, scriptHeader(script).answers);
  return { lab, report, exitCode: result.exitCode, output: result.stdout + result.stderr };
}
