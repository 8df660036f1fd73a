/** Breaks lines at spaces so that none is longer than `limit`, where a word allows it. Spaces within a line stay as they are. */
export function wordWrap(text: string, limit: number): string {
  return text
    .split("\n")
    .map((line) => wrapLine(line, limit))
    .join("\n");
}

function wrapLine(line: string, limit: number): string {
  let done = "";
  let length = 0;
  for (const [, spaces, word] of line.matchAll(/(\s*)(\S+)/g) as Iterable<
    RegExpMatchArray & [string, string, string]
  >) {
    const before = length + spaces.length;
    // A word that alone is longer than a line is broken off only if it crosses the limit before it has filled one.
    const crossesAt = Math.max(1, limit - before + 1);
    if (before + word.length > limit && crossesAt < limit) {
      done += `\n${word}`;
      length = word.length;
    } else {
      done += spaces + word;
      length = before + word.length;
    }
  }
  const trailing = /\s*$/.exec(line)![0];
  return length + trailing.length <= limit ? done + trailing : done;
}
