import type { Challenge, Check, Condition } from "@/challenges/schema";
import type { Cluster } from "@/sim/cluster";
import { LabStalled, runToEnd } from "@/workstation/lab/drive";
import type { LabApi } from "@/workstation/lab/types";
import { checkAnswer } from "./conditions/answer";
import { evaluate } from "./conditions/cel";
import { checkRequest } from "./conditions/request";
import { parseDuration } from "./duration";
import { explainObject } from "./explain/object";
import type { Answers, Cause, CheckResult, GradeReport, History } from "./report";

/** A check's command may take this much lab time. */
const COMMAND_LIMIT_MS = 120_000;

interface Verdict {
  passed: boolean;
  causes: Cause[];
}

interface Grading {
  challenge: Challenge;
  history: History;
  answers: Answers;
}

/** Grades a lab without disturbing it: whatever a check does, it does on a fork. */
export async function grade(
  lab: LabApi,
  challenge: Challenge,
  history: History,
  answers: Answers,
): Promise<GradeReport> {
  const grading: Grading = { challenge, history, answers };
  const checks: CheckResult[] = [];
  for (const check of challenge.checks) checks.push(await gradeCheck(check, lab, grading));
  const points = checks.reduce((sum, check) => sum + check.points, 0);
  const maxPoints = checks.reduce((sum, check) => sum + check.maxPoints, 0);
  return {
    challenge: challenge.id,
    version: challenge.version,
    atMs: lab.nowMs,
    checks,
    points,
    maxPoints,
    passed: checks.every((check) => check.passed),
  };
}

async function gradeCheck(check: Check, lab: LabApi, grading: Grading): Promise<CheckResult> {
  const { passed, causes } = await verdict(check.condition, lab, grading);
  const explained = passed ? [] : [...causes, ...(check.explain ? explainObject(lab.cluster, check.explain) : [])];
  return {
    id: check.id,
    passed,
    points: passed ? check.points : 0,
    maxPoints: check.points,
    causes: distinct(explained),
  };
}

async function verdict(condition: Condition, lab: LabApi, grading: Grading): Promise<Verdict> {
  if ("cel" in condition) return celVerdict(condition, lab.cluster, grading);
  if ("request" in condition) return checkRequest(condition.request, lab.fork());
  if ("answer" in condition) {
    const question = grading.challenge.questions.find((one) => one.id === condition.answer.question);
    return question
      ? checkAnswer(question, grading.answers)
      : { passed: false, causes: [{ text: `there is no question ${condition.answer.question}` }] };
  }
  if ("history" in condition) return historyVerdict(condition.history, grading.history);
  if ("command" in condition) return commandVerdict(condition.command, lab.fork());
  if ("all" in condition) {
    for (const part of condition.all) {
      const result = await verdict(part, lab, grading);
      if (!result.passed) return result;
    }
    return { passed: true, causes: [] };
  }
  return whatIf(condition.whatIf, lab, grading);
}

function celVerdict(condition: Extract<Condition, { cel: string }>, cluster: Cluster, { answers }: Grading): Verdict {
  const { holds } = evaluate(condition.cel, cluster, answers);
  return { passed: holds, causes: holds || !condition.about ? [] : explainObject(cluster, condition.about) };
}

function historyVerdict({ command, atLeast }: { command: string; atLeast: number }, history: History): Verdict {
  const pattern = new RegExp(command);
  const count = history.commands.filter((entry) => entry.exitCode === 0 && pattern.test(entry.line)).length;
  if (count >= atLeast) return { passed: true, causes: [] };
  return {
    passed: false,
    causes: [
      {
        text:
          atLeast === 1
            ? "no such command has succeeded yet"
            : `such a command has succeeded ${count} of ${atLeast} times`,
      },
    ],
  };
}

async function commandVerdict(
  spec: Extract<Condition, { command: unknown }>["command"],
  lab: LabApi,
): Promise<Verdict> {
  try {
    const result = await runToEnd(lab, lab.run(spec.run), COMMAND_LIMIT_MS);
    if (result.exitCode !== spec.exitCode) {
      return {
        passed: false,
        causes: [
          {
            text: `\`${spec.run}\` ends with exit code ${result.exitCode}, expected ${spec.exitCode}: ${(result.stderr || result.stdout).trim().slice(0, 200)}`,
          },
        ],
      };
    }
    for (const stream of ["stdout", "stderr"] as const) {
      const pattern = spec[stream];
      if (pattern !== undefined && !new RegExp(pattern, "s").test(result[stream])) {
        return {
          passed: false,
          causes: [{ text: `\`${spec.run}\` prints something else: ${result[stream].trim().slice(0, 200)}` }],
        };
      }
    }
    return { passed: true, causes: [] };
  } catch (error) {
    if (error instanceof LabStalled) return { passed: false, causes: [{ text: `\`${spec.run}\` does not end` }] };
    throw error;
  }
}

/** Forks, does what the check asks, looks, and throws the fork away. */
async function whatIf(
  spec: Extract<Condition, { whatIf: unknown }>["whatIf"],
  lab: LabApi,
  grading: Grading,
): Promise<Verdict> {
  const fork = lab.fork();
  for (const step of spec.do) {
    if ("wait" in step) await fork.advanceTo(fork.nowMs + parseDuration(step.wait));
    else if ("run" in step) {
      const ran = await commandVerdict({ run: step.run, exitCode: 0 }, fork);
      if (!ran.passed) return ran;
    } else fork.cluster.apply({ kind: "fault", fault: step });
  }
  return verdict(spec.check, fork, grading);
}

const distinct = (causes: Cause[]): Cause[] =>
  causes.filter((cause, index) => causes.findIndex((other) => other.text === cause.text) === index);
