/** The simple JSON paths of printer columns, scale and selectable fields: names, indexes, `[*]`, `[?(@.type=="Ready")]`. */

type Step =
  | { kind: "name"; name: string }
  | { kind: "index"; index: number }
  | { kind: "all" }
  | { kind: "filter"; path: readonly Step[]; equal: boolean; value: unknown };

const STEP =
  /\.(?<name>(?:\\.|[^.[\]\\])+)|\[(?<index>-?\d+)\]|\[(?<all>\*)\]|\[['"](?<quoted>[^'"]*)['"]\]|\[\?\(\s*@(?<path>[^=!]*?)\s*(?<operator>==|!=)\s*(?<value>.*?)\s*\)\]/gy;

/** Compiled; undefined where it is not a path of this simple form. */
export function parseJsonPath(text: string): readonly Step[] | undefined {
  if (text === ".") return [];
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < text.length) {
    const at = STEP.lastIndex;
    const groups = STEP.exec(text)?.groups;
    if (!groups) return undefined;
    const end = at + matchedLength(text, at);
    steps.push(stepOf(groups));
    STEP.lastIndex = end;
  }
  return steps;
}

function matchedLength(text: string, at: number): number {
  STEP.lastIndex = at;
  return STEP.exec(text)![0].length;
}

function stepOf(groups: Record<string, string | undefined>): Step {
  if (groups.name === "*" || groups.all) return { kind: "all" };
  if (groups.name !== undefined) return { kind: "name", name: groups.name.replace(/\\(.)/g, "$1") };
  if (groups.quoted !== undefined) return { kind: "name", name: groups.quoted };
  if (groups.index !== undefined) return { kind: "index", index: Number(groups.index) };
  return {
    kind: "filter",
    path: (groups.path ?? "")
      .split(".")
      .filter(Boolean)
      .map((name) => ({ kind: "name", name })),
    equal: groups.operator === "==",
    value: literal(groups.value ?? ""),
  };
}

function literal(text: string): unknown {
  const quoted = /^(["'])(.*)\1$/.exec(text);
  if (quoted) return quoted[2];
  if (text === "true" || text === "false") return text === "true";
  return Number(text);
}

/** Everything that the path leads to; what is not there is left out. */
export function findAll(steps: readonly Step[], value: unknown): unknown[] {
  let found = [value];
  for (const step of steps) found = found.flatMap((one) => follow(step, one));
  return found;
}

function follow(step: Step, value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  switch (step.kind) {
    case "name":
      return Object.hasOwn(value, step.name) ? [(value as Record<string, unknown>)[step.name]] : [];
    case "index": {
      const item = Array.isArray(value) ? value.at(step.index) : undefined;
      return item === undefined ? [] : [item];
    }
    case "all":
      return Object.values(value);
    case "filter":
      return Object.values(value).filter((item) => (findAll(step.path, item)[0] === step.value) === step.equal);
  }
}
