import type { Challenge, Localized } from "@/challenges/schema";

export type Language = "en" | "zh-TW" | "zh-CN";
export const LANGUAGES = ["en", "zh-TW", "zh-CN"] as const;

export const textIn = (text: Localized, language: Language): string => text[language] ?? text.en;

export const markdownIn = (texts: Record<string, string>, language: Language): string =>
  texts[language] ?? texts.en ?? "";

export function hintIn(challenge: Challenge, language: Language, index: number): string {
  return challenge.hints[language]?.[index] ?? challenge.hints.en?.[index] ?? "";
}

/** How many hints there are: those that cost something and those that have a text. */
export const hintCount = (challenge: Challenge): number => challenge.hints.en?.length ?? 0;

/** What the catalogue shows. */
export function summaryOf(challenge: Challenge, language: Language) {
  return {
    id: challenge.id,
    kind: challenge.kind,
    title: textIn(challenge.title, language),
    summary: textIn(challenge.summary, language),
    tracks: challenge.tracks,
    difficulty: challenge.difficulty,
    minutes: challenge.minutes,
    points: challenge.checks.reduce((sum, check) => sum + check.points, 0),
    prerequisites: challenge.prerequisites,
    teaches: challenge.teaches,
  };
}

/** What the lab page shows: never the answers, the conditions or the manifests of the set-up. */
export function viewOf(challenge: Challenge, language: Language, solved: boolean) {
  return {
    ...summaryOf(challenge, language),
    version: challenge.version,
    goals: challenge.goals.map((goal) => textIn(goal, language)),
    brief: markdownIn(challenge.brief, language),
    debrief: solved ? markdownIn(challenge.debrief, language) : undefined,
    kubectl: challenge.lab.kubectl,
    checks: challenge.checks.map((check) => ({
      id: check.id,
      text: textIn(check.text, language),
      points: check.points,
    })),
    questions: challenge.questions.map((question) => ({
      id: question.id,
      text: textIn(question.text, language),
      type: question.type,
      options: question.options.map((option) => ({ id: option.id, text: textIn(option.text, language) })),
      explanation: solved && question.explanation ? textIn(question.explanation, language) : undefined,
    })),
    hintCosts: Array.from({ length: hintCount(challenge) }, (_, index) => challenge.hintCosts[index] ?? 0),
    readOn: challenge.readOn.map((link) => ({ title: textIn(link.title, language), url: link.url })),
  };
}

export type ChallengeSummary = ReturnType<typeof summaryOf>;
export type ChallengeView = ReturnType<typeof viewOf>;
