import { RE2JS } from "re2js";

export interface Match {
  index: number;
  end: number;
  /** The whole match first. */
  groups: (string | undefined)[];
}

/** A regular expression that cannot run away: its time grows with the text, not with the ways to match it. */
export interface Expression {
  test(text: string): boolean;
  /** The first match that begins at or after `from`. */
  exec(text: string, from?: number): Match | undefined;
}

/** Expressions with backreferences or lookaround are JavaScript's own to match; they backtrack, so texts are short. */
const BACKTRACKING_LIMIT = 2000;
const CACHE_LIMIT = 300;
const cache = new Map<string, Expression | null>();

/** Undefined where the source is no expression. */
export function compileExpression(
  source: string,
  options: { ignoreCase?: boolean; multiline?: boolean } = {},
): Expression | undefined {
  const key = `${options.ignoreCase ? "i" : ""}${options.multiline ? "m" : ""}/${source}`;
  let expression = cache.get(key);
  if (expression === undefined) {
    expression = linear(source, options) ?? backtracking(source, options) ?? null;
    if (cache.size >= CACHE_LIMIT) cache.delete(cache.keys().next().value!);
    cache.set(key, expression);
  }
  return expression ?? undefined;
}

function linear(
  source: string,
  { ignoreCase, multiline }: { ignoreCase?: boolean; multiline?: boolean },
): Expression | undefined {
  try {
    const compiled = RE2JS.compile(
      source,
      RE2JS.DOTALL | (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (multiline ? RE2JS.MULTILINE : 0),
    );
    return {
      test: (text) => compiled.matcher(text).find(),
      exec(text, from = 0) {
        const matcher = compiled.matcher(text);
        if (from > text.length || !matcher.find(from)) return undefined;
        const groups = Array.from(
          { length: matcher.groupCount() + 1 },
          (_, index) => matcher.group(index) ?? undefined,
        );
        return { index: matcher.start(), end: matcher.end(), groups };
      },
    };
  } catch {
    return undefined;
  }
}

function backtracking(
  source: string,
  { ignoreCase, multiline }: { ignoreCase?: boolean; multiline?: boolean },
): Expression | undefined {
  // A repetition within a repetition is where backtracking explodes.
  if (/\([^()]*[+*}][^()]*\)[+*{]/.test(source)) return undefined;
  try {
    const compiled = new RegExp(source, `g${ignoreCase ? "i" : ""}${multiline ? "m" : ""}s`);
    const exec = (text: string, from = 0): Match | undefined => {
      if (text.length > BACKTRACKING_LIMIT) return undefined;
      compiled.lastIndex = from;
      const match = compiled.exec(text);
      return match ? { index: match.index, end: match.index + match[0].length, groups: [...match] } : undefined;
    };
    return { test: (text) => exec(text) !== undefined, exec };
  } catch {
    return undefined;
  }
}

/** Replaces match after match; `replace` gives undefined to leave one as it is. */
export function replaceMatches(
  expression: Expression,
  text: string,
  replace: (match: Match, count: number) => string | undefined,
): { text: string; changed: boolean } {
  let result = "";
  let at = 0;
  let changed = false;
  /** Where the last match that was not empty has ended. */
  let after = -1;
  for (let count = 1, from = 0; from <= text.length; count++) {
    const match = expression.exec(text, from);
    if (!match) break;
    if (match.end === match.index && match.index === after) {
      // Nothing, right behind a match, is no match of its own.
      after = -1;
      from = match.index + 1;
      count--;
      continue;
    }
    const replacement = replace(match, count);
    if (replacement !== undefined) changed = true;
    result += text.slice(at, match.index) + (replacement ?? match.groups[0]!);
    at = match.end;
    if (match.end > match.index) {
      from = match.end;
      after = match.end;
    } else {
      // An empty match: the next one begins behind the next character.
      result += text.slice(at, at + 1);
      at = Math.min(at + 1, text.length);
      from = match.end + 1;
    }
  }
  return { text: result + text.slice(at), changed };
}
