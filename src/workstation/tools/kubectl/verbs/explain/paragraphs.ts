const WIDTH = 80;
const LIST_ITEM = /^(\d+\.?|-|\*)\s/;

/** Joins the lines of a text to paragraphs of at most 80 columns; lists, code and empty lines stay apart. */
export function wrapParagraphs(text: string, margin: number): string {
  const lines: string[] = [];
  let line = "";
  let lastWord = "";
  const flush = () => {
    if (line === "") return;
    lines.push(line);
    line = "";
    lastWord = "";
  };
  for (const source of text.split("\n")) {
    const blank = source.trim() === "";
    if (source.startsWith("    ") || (blank && lines.length > 0)) {
      flush();
      lines.push(blank ? "" : source);
      continue;
    }
    if (lastWord.endsWith(":") || blank || LIST_ITEM.test(source.trim())) flush();
    for (const word of source.split(/\s+/).filter(Boolean)) {
      if (line !== "" && line.length + 1 + word.length > WIDTH - margin) flush();
      line = line === "" ? word : `${line} ${word}`;
      lastWord = word;
    }
  }
  flush();
  return lines.map((each) => (each === "" ? "\n" : `${" ".repeat(margin)}${each}\n`)).join("");
}
