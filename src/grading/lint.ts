import type { ChallengeProblem } from "@/challenges/parse";
import type { Challenge, Condition, Localized, Question } from "@/challenges/schema";
import { challengeScripts } from "@/challenges/scripts";
import { checkExpression } from "./conditions/cel";
import { parseDuration } from "./duration";

/** The languages that every challenge speaks. */
const LANGUAGES = ["en", "zh-TW", "zh-CN"] as const;
const LEAST_SOLUTIONS = 2;
const LEAST_MISTAKES = 2;

/** What the schema cannot see: missing texts and proofs, names that lead nowhere, expressions that cannot be read. */
export function lintChallenge(challenge: Challenge, files: Readonly<Record<string, string>>): ChallengeProblem[] {
  const file = "challenge.yaml";
  const problems: ChallengeProblem[] = [];
  const say = (message: string, field?: string) => problems.push({ file, message, ...(field && { field }) });
  const solutions = challengeScripts(files, "solutions");
  const mistakes = challengeScripts(files, "mistakes");
  if (solutions.length < LEAST_SOLUTIONS)
    problems.push({
      file: "solutions/",
      message: `has ${solutions.length} scripts, needs at least ${LEAST_SOLUTIONS}`,
    });
  if (mistakes.length < LEAST_MISTAKES)
    problems.push({ file: "mistakes/", message: `has ${mistakes.length} scripts, needs at least ${LEAST_MISTAKES}` });
  const ids = new Set(challenge.checks.map((check) => check.id));
  if (ids.size < challenge.checks.length) say("two checks share an id", "checks");
  for (const mistake of mistakes) {
    const path = `mistakes/${mistake.name}.sh`;
    if (mistake.fails.length === 0) problems.push({ file: path, message: "has no line `# fails: CHECK, …`" });
    for (const id of mistake.fails)
      if (!ids.has(id)) problems.push({ file: path, message: `names the check ${id}, which does not exist` });
  }
  for (const language of LANGUAGES) {
    for (const name of ["brief", "hints", "debrief"] as const) {
      if (!challenge[name][language] && (name !== "hints" || challenge.hintCosts.length > 0))
        problems.push({ file: `${name}.${language}.md`, message: "is missing" });
    }
    const texts = {
      title: challenge.title,
      summary: challenge.summary,
      ...Object.fromEntries(challenge.checks.map((check) => [`checks.${check.id}.text`, check.text])),
      ...Object.fromEntries(challenge.goals.map((goal, index) => [`goals.${index}`, goal])),
      ...Object.fromEntries(challenge.questions.flatMap(questionTexts)),
      ...Object.fromEntries(challenge.readOn.map((link, index) => [`readOn.${index}.title`, link.title])),
    };
    for (const [field, text] of Object.entries(texts)) if (!text[language]) say(`has no text in ${language}`, field);
  }
  for (const check of challenge.checks)
    lintCondition(check.condition, challenge, (message) => say(message, `checks.${check.id}`));
  for (const question of challenge.questions) {
    const field = `questions.${question.id}`;
    const options = new Set(question.options.map((option) => option.id));
    if (question.type !== "short")
      for (const id of question.correct) if (!options.has(id)) say(`the correct option ${id} does not exist`, field);
    if (question.type === "order" && new Set(question.correct).size !== options.size)
      say("an order names every option once", field);
    if (question.type === "order" && question.options.every((option, index) => option.id === question.correct[index]))
      say("the options stand in the right order already", field);
    if (!asks(challenge, question.id)) say("no check asks for its answer", field);
  }
  return problems;
}

const questionTexts = (question: Question): [string, Localized][] => [
  [`questions.${question.id}.text`, question.text],
  ...question.options.map((option): [string, Localized] => [
    `questions.${question.id}.options.${option.id}`,
    option.text,
  ]),
  ...(question.explanation
    ? [[`questions.${question.id}.explanation`, question.explanation] satisfies [string, Localized]]
    : []),
];

const asks = (challenge: Challenge, question: string): boolean => {
  const names = (condition: Condition): boolean => {
    if ("answer" in condition) return condition.answer.question === question;
    if ("cel" in condition) return condition.cel.includes("answers");
    if ("all" in condition) return condition.all.some(names);
    return "whatIf" in condition && names(condition.whatIf.check);
  };
  return challenge.checks.some((check) => names(check.condition));
};

function lintCondition(condition: Condition, challenge: Challenge, say: (message: string) => void): void {
  if ("cel" in condition) {
    const problem = checkExpression(condition.cel);
    if (problem) say(`the expression cannot be read: ${problem}`);
  } else if ("answer" in condition) {
    if (!challenge.questions.some((question) => question.id === condition.answer.question))
      say(`there is no question ${condition.answer.question}`);
  } else if ("all" in condition) {
    for (const part of condition.all) lintCondition(part, challenge, say);
  } else if ("whatIf" in condition) {
    for (const step of condition.whatIf.do) {
      if (!("wait" in step)) continue;
      try {
        parseDuration(step.wait);
      } catch (error) {
        say((error as Error).message);
      }
    }
    lintCondition(condition.whatIf.check, challenge, say);
  }
}
