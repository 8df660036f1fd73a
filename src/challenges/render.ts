/** A text that names a variable which is not there, or whose parts do not close. `line` counts from 1. */
export class RenderError extends Error {
  constructor(
    message: string,
    readonly line: number,
  ) {
    super(message);
  }
}

const PLACEHOLDER = /@\{([a-z][a-z0-9-]*)\}/g;
const IF = /^\s*@\{if ([a-z][a-z0-9-]*)(!?=)([^}]*)\}\s*$/;
const ELSE = /^\s*@\{else\}\s*$/;
const END = /^\s*@\{end\}\s*$/;

/**
 * Fills a text in: `@{name}` is a variable's value; the lines between `@{if name=a,b}` (or `!=`), `@{else}` and `@{end}`,
 * each on a line of its own, stay only where that holds.
 */
export function renderText(text: string, values: Readonly<Record<string, string>>): string {
  if (!text.includes("@{")) return text;
  const kept: string[] = [];
  /** For each open condition, whether its lines stay. */
  const open: boolean[] = [];
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    const number = index + 1;
    const condition = IF.exec(line);
    if (condition) {
      const [, name, relation, list] = condition;
      const is = list!.split(",").some((one) => one.trim() === lookUp(values, name!, number));
      open.push(is === (relation === "="));
    } else if (ELSE.test(line)) {
      if (open.length === 0) throw new RenderError("@{else} stands outside of any @{if …}", number);
      open.push(!open.pop());
    } else if (END.test(line)) {
      if (open.pop() === undefined) throw new RenderError("@{end} closes nothing", number);
    } else if (open.every(Boolean)) {
      kept.push(line.replace(PLACEHOLDER, (_, name: string) => lookUp(values, name, number)));
    }
  }
  if (open.length > 0) throw new RenderError("an @{if …} is not closed by @{end}", lines.length);
  return kept.join("\n");
}

function lookUp(values: Readonly<Record<string, string>>, name: string, line: number): string {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value === undefined) throw new RenderError(`there is no variable ${name}`, line);
  return value;
}
