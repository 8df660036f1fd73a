/** Longer expressions than this are refused: the engine backtracks. */
const LIMIT = 2000;

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
  cntrl: "\\x00-\\x1f",
  print: "\\x20-\\x7e",
  graph: "\\x21-\\x7e",
};

/** A POSIX regular expression (basic, extended, or a fixed string) as JavaScript's. */
export function translateExpression(pattern: string, kind: "fixed" | "perl" | "extended" | "basic"): string {
  if (pattern.length > LIMIT) return "(?!)";
  if (kind === "fixed") return pattern.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  if (kind === "perl") return pattern;
  let result = "";
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern[index]!;
    const next = pattern[index + 1];
    if (char === "[") {
      const set = bracket(pattern, index);
      result += set.source;
      index = set.end;
    } else if (char === "\\" && next !== undefined) {
      index++;
      if (kind === "basic" && "(){}|+?".includes(next)) result += next;
      else if (next === "<" || next === ">") result += "\\b";
      else if (/[1-9wWsSbB]/.test(next)) result += `\\${next}`;
      else if (/[\^$.*+?()[\]{}|/\\]/.test(next)) result += `\\${next}`;
      else result += next;
    } else if (kind === "basic" && "(){}|+?".includes(char)) result += `\\${char}`;
    else if (kind === "basic" && char === "*" && (index === 0 || /\\[(|]$|\^$/.test(pattern.slice(0, index))))
      result += "\\*";
    else if (kind === "basic" && char === "^" && index > 0 && !/\\[(|]$/.test(pattern.slice(0, index))) result += "\\^";
    else if (
      kind === "basic" &&
      char === "$" &&
      index < pattern.length - 1 &&
      !/^\\[)|]/.test(pattern.slice(index + 1))
    )
      result += "\\$";
    else if (kind === "extended" && char === "{" && !/^\{\d*,?\d*\}/.test(pattern.slice(index))) result += "\\{";
    else if (char === "/") result += "\\/";
    else result += char;
  }
  return result;
}

function bracket(pattern: string, start: number): { source: string; end: number } {
  let index = start + 1;
  let source = "[";
  if (pattern[index] === "^") {
    source += "^";
    index++;
  }
  const first = index;
  for (; index < pattern.length; index++) {
    const char = pattern[index]!;
    if (char === "]" && index > first) return { source: `${source}]`, end: index };
    const named = char === "[" ? /^\[:(\w+):\]/.exec(pattern.slice(index)) : null;
    if (named) {
      source += CLASSES[named[1]!] ?? "";
      index += named[0].length - 1;
    } else source += /[\\[\]^]/.test(char) ? `\\${char}` : char;
  }
  return { source: "\\[", end: start };
}
