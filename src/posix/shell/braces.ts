import { ShellFault } from "./fault";
import type { WordPart } from "./program";

/** More words than this do not come of one word's braces. */
export const BRACE_LIMIT = 10_000;

/** The words that `{a,b}` and `{1..3}` make of one, in order. */
export function expandBraces(parts: readonly WordPart[]): WordPart[][] {
  if (!parts.some((part) => part.type === "BraceExpansion")) return [parts as WordPart[]];
  let words: WordPart[][] = [[]];
  for (const part of parts) {
    if (part.type !== "BraceExpansion") {
      for (const word of words) word.push(part);
      continue;
    }
    const choices: WordPart[][] = [];
    for (const item of part.items) {
      if (item.type === "Word") choices.push(...expandBraces(item.word.parts));
      else for (const value of range(item)) choices.push([{ type: "Literal", value }]);
    }
    if (words.length * choices.length > BRACE_LIMIT) throw new ShellFault("brace expansion: too many words", 1, true);
    words = words.flatMap((word) => choices.map((choice) => [...word, ...choice]));
  }
  return words;
}

function range(item: {
  start: string | number;
  end: string | number;
  step?: number;
  startStr?: string;
  endStr?: string;
}): string[] {
  const letters = typeof item.start === "string" && typeof item.end === "string";
  const start = letters ? String(item.start).charCodeAt(0) : Number(item.start);
  const end = letters ? String(item.end).charCodeAt(0) : Number(item.end);
  const step = Math.max(1, Math.abs(item.step || 1)) * (end < start ? -1 : 1);
  if (Math.abs((end - start) / step) > BRACE_LIMIT) throw new ShellFault("brace expansion: too many words", 1, true);
  const padded = !letters && [item.startStr, item.endStr].some((text) => text && /^-?0\d/.test(text));
  const width = padded ? Math.max(item.startStr?.length ?? 0, item.endStr?.length ?? 0) : 0;
  const values: string[] = [];
  for (let value = start; step > 0 ? value <= end : value >= end; value += step) {
    if (letters) values.push(String.fromCharCode(value));
    else values.push(value < 0 ? `-${String(-value).padStart(width - 1, "0")}` : String(value).padStart(width, "0"));
  }
  return values;
}
