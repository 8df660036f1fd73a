import { SelectorError } from "./labels";

/** `status.phase=Running,metadata.name!=web`. */
export type FieldSelector = { field: string; equal: boolean; value: string }[];

/** Splits at unescaped commas; `\\`, `\,` and `\=` stand for themselves. */
function terms(text: string): string[] {
  const parts: string[] = [];
  let current = "";
  for (let index = 0; index < text.length; index++) {
    if (text[index] === "\\" && index + 1 < text.length) {
      current += text[index]! + text[++index]!;
    } else if (text[index] === ",") {
      parts.push(current);
      current = "";
    } else {
      current += text[index];
    }
  }
  parts.push(current);
  return parts;
}

function unescapeValue(text: string): string {
  let value = "";
  for (let index = 0; index < text.length; index++) {
    if (text[index] === "\\") {
      const next = text[++index];
      if (next === undefined || !["\\", ",", "="].includes(next)) {
        throw new SelectorError(`invalid field selector: invalid escape sequence: \\${next ?? ""}`);
      }
      value += next;
    } else if (text[index] === "=" || text[index] === ",") {
      throw new SelectorError(`invalid field selector: unescaped character in value: ${text.charCodeAt(index)}`);
    } else {
      value += text[index];
    }
  }
  return value;
}

/** Throws a SelectorError with upstream's text. Terms come sorted. */
export function parseFieldSelector(text: string): FieldSelector {
  const selector: FieldSelector = [];
  for (const term of terms(text).sort()) {
    if (term === "") continue;
    const match = /^(.*?)(!=|==|=)(.*)$/s.exec(term);
    if (!match) throw new SelectorError(`invalid selector: '${text}'; can't understand '${term}'`);
    selector.push({ field: match[1]!, equal: match[2] !== "!=", value: unescapeValue(match[3]!) });
  }
  return selector;
}

export function matchesFields(selector: FieldSelector, fields: Readonly<Record<string, string>>): boolean {
  return selector.every(({ field, equal, value }) => ((fields[field] ?? "") === value) === equal);
}
