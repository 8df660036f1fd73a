import type { Question } from "@/challenges/schema";
import type { Answers, Cause } from "../report";

/** Short answers are regular expressions over the trimmed, lower-cased text; choices are sets of option ids. */
export function checkAnswer(question: Question, answers: Answers): { passed: boolean; causes: Cause[] } {
  const given = answers[question.id];
  if (given === undefined || given.length === 0)
    return { passed: false, causes: [{ text: "the question has no answer yet" }] };
  const chosen = [given].flat();
  const passed =
    question.type === "short"
      ? matchesShort(question, String(given))
      : question.type === "order"
        ? sameOrder(question.correct, chosen)
        : sameSet(question.correct, chosen);
  return { passed, causes: passed ? [] : [{ text: "the answer is not right" }] };
}

const matchesShort = (question: Question, given: string) =>
  question.correct.some((pattern) => new RegExp(`^(?:${pattern})$`, "i").test(given.trim().replace(/\s+/g, " ")));

const sameOrder = (a: string[], b: string[]) => a.length === b.length && a.every((item, index) => item === b[index]);
const sameSet = (a: string[], b: string[]) => a.length === b.length && a.every((item) => b.includes(item));
