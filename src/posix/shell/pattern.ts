import { compileExpression, replaceMatches } from "../expressions/compile";

/** Shell patterns (`*`, `?`, `[…]`, and extglob's `@(a|b)`) as regular expressions. A pattern comes in pieces, of which quoted ones are literal. */
export interface PatternPiece {
  text: string;
  quoted: boolean;
}

/** Longer patterns than this match nothing: they could take regular expressions to exponential time. */
const PATTERN_LIMIT = 4096;

const escapeRegExp = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

/** One string in which quoted characters are escaped with a backslash. */
export function patternText(pieces: readonly PatternPiece[]): string {
  return pieces.map((piece) => (piece.quoted ? piece.text.replace(/[\\*?[\]!@+()|-]/g, "\\$&") : piece.text)).join("");
}

export const hasGlob = (pattern: string): boolean => /(^|[^\\])(\\\\)*[*?[]|[@+!]\(/.test(pattern);

export const unescapePattern = (pattern: string): string => pattern.replace(/\\(.)/gs, "$1");

/** The source of a regular expression without anchors. `lazy`: each star takes as little as it can. */
export function patternSource(pattern: string, options: { lazy?: boolean; path?: boolean } = {}): string {
  if (pattern.length > PATTERN_LIMIT) return "(?!)";
  const star = (options.path ? "[^/]*" : "[\\s\\S]*") + (options.lazy ? "?" : "");
  let source = "";
  let index = 0;
  const closers: string[] = [];
  while (index < pattern.length) {
    const char = pattern[index]!;
    const next = pattern[index + 1];
    if (char === "\\" && next !== undefined) {
      source += escapeRegExp(next);
      index += 2;
    } else if ("@?*+!".includes(char) && next === "(" && pattern.indexOf(")", index) > 0) {
      closers.push(char === "!" ? `)$)${star}` : char === "@" ? ")" : `)${char}`);
      source += char === "!" ? "(?!(?:" : "(?:";
      index += 2;
    } else if (closers.length > 0 && char === "|") {
      source += "|";
      index++;
    } else if (closers.length > 0 && char === ")") {
      source += closers.pop();
      index++;
    } else if (char === "*") {
      while (pattern[index] === "*" && pattern[index + 1] !== "(") index++;
      source += star;
    } else if (char === "?") {
      source += options.path ? "[^/]" : "[\\s\\S]";
      index++;
    } else if (char === "[") {
      const set = bracket(pattern, index);
      source += set ? set.source : "\\[";
      index = set ? set.end : index + 1;
    } else {
      source += escapeRegExp(char);
      index++;
    }
  }
  return source + ")".repeat(closers.length);
}

const CLASSES: Record<string, string> = {
  alpha: "A-Za-z",
  digit: "0-9",
  alnum: "A-Za-z0-9",
  upper: "A-Z",
  lower: "a-z",
  space: "\\s",
  blank: " \\t",
  punct: "!-\\/:-@\\[-`{-~",
  xdigit: "0-9A-Fa-f",
  word: "\\w",
};

function bracket(pattern: string, start: number): { source: string; end: number } | undefined {
  let index = start + 1;
  let source = "[";
  if (pattern[index] === "!" || pattern[index] === "^") {
    source += "^";
    index++;
  }
  const first = index;
  for (; index < pattern.length; index++) {
    const char = pattern[index]!;
    if (char === "]" && index > first) return { source: `${source}]`, end: index + 1 };
    const named = char === "[" ? /^\[:(\w+):\]/.exec(pattern.slice(index)) : null;
    if (named && CLASSES[named[1]!]) {
      source += CLASSES[named[1]!];
      index += named[0].length - 1;
    } else if (char === "\\" && pattern[index + 1] !== undefined) {
      source += escapeRegExp(pattern[++index]!);
    } else {
      source += char === "-" ? "-" : escapeRegExp(char);
    }
  }
  return undefined;
}

export function matchesPattern(
  text: string,
  pattern: string,
  options: { path?: boolean; ignoreCase?: boolean } = {},
): boolean {
  const expression = compileExpression(`^(?:${patternSource(pattern, options)})$`, {
    ignoreCase: options.ignoreCase === true,
  });
  return expression?.test(text) ?? false;
}

/** `${x#pattern}` and its three relatives. */
export function removeMatch(text: string, pattern: string, side: "prefix" | "suffix", greedy: boolean): string {
  if (!hasGlob(pattern)) {
    const literal = unescapePattern(pattern);
    if (side === "prefix") return text.startsWith(literal) ? text.slice(literal.length) : text;
    return literal && text.endsWith(literal) ? text.slice(0, -literal.length) : text;
  }
  // One pass decides: stars as long or as short as they can be, or what stands before a suffix as short or long.
  const source = patternSource(pattern, { lazy: side === "prefix" && !greedy });
  const whole = side === "prefix" ? `^(?:${source})` : `^([\\s\\S]*${greedy ? "?" : ""})(?:${source})$`;
  const match = compileExpression(whole)?.exec(text);
  if (!match) return text;
  return side === "prefix" ? text.slice(match.end) : match.groups[1]!;
}

export function replaceMatch(
  text: string,
  pattern: string,
  replacement: string,
  options: { all?: boolean; anchor?: "start" | "end" | null },
): string {
  if (pattern === "" && !options.anchor) return text;
  const source = patternSource(pattern);
  const anchored = options.anchor === "start" ? `^(?:${source})` : options.anchor === "end" ? `(?:${source})$` : source;
  const expression = compileExpression(anchored);
  if (!expression) return text;
  const result = replaceMatches(expression, text, ({ groups }, count) => {
    if (count > 1 && !options.all) return undefined;
    return groups[0] === "" && !options.anchor ? undefined : replacement;
  });
  return result.text;
}
