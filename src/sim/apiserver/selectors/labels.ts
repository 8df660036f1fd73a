/** Label selectors in the string form of `-l` and in the object form of specs, as apimachinery's `labels` reads them. */

export type Operator = "=" | "==" | "!=" | "in" | "notin" | "exists" | "!" | "gt" | "lt";

export interface Requirement {
  key: string;
  operator: Operator;
  values: string[];
}

export type LabelSelector = Requirement[];

/** The text of a selector that cannot be read; callers put their own words in front. */
export class SelectorError extends Error {}

type Token = { type: "identifier" | "end" | "symbol"; text: string };

const SYMBOLS = ["==", "!=", "!", "=", ",", "(", ")", ">", "<"];

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let index = 0;
  while (index < text.length) {
    if (/\s/.test(text[index]!)) {
      index++;
      continue;
    }
    const symbol = SYMBOLS.find((candidate) => text.startsWith(candidate, index));
    if (symbol) {
      tokens.push({ type: "symbol", text: symbol });
      index += symbol.length;
      continue;
    }
    const word = /^[^\s=!,()<>]+/.exec(text.slice(index))![0];
    tokens.push({ type: "identifier", text: word });
    index += word.length;
  }
  tokens.push({ type: "end", text: "" });
  return tokens;
}

const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const QUALIFIED_NAME =
  /^(([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)\/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

class Parser {
  private position = 0;
  constructor(private readonly tokens: Token[]) {}

  parse(): LabelSelector {
    const requirements: LabelSelector = [];
    if (this.peek().type === "end") return requirements;
    for (;;) {
      const token = this.peek();
      if (token.type === "identifier" || token.text === "!") {
        requirements.push(this.requirement());
      } else {
        throw new SelectorError(`found '${token.text}', expected: !, identifier, or 'end of string'`);
      }
      const next = this.next();
      if (next.type === "end") return requirements;
      if (next.text !== ",") throw new SelectorError(`found '${next.text}', expected: ',' or 'end of string'`);
      const after = this.peek();
      if (after.type !== "identifier" && after.text !== "!") {
        throw new SelectorError(`found '${after.text}', expected: identifier after ','`);
      }
    }
  }

  private requirement(): Requirement {
    const negated = this.peek().text === "!" && this.peek().type === "symbol";
    if (negated) this.next();
    const key = this.next();
    if (key.type !== "identifier") fail(`found '${key.text}', expected: identifier`);
    checkKey(key.text);
    if (negated) return { key: key.text, operator: "!", values: [] };
    const token = this.peek();
    if (token.type === "end" || token.text === ",") return { key: key.text, operator: "exists", values: [] };
    this.next();
    switch (token.text) {
      case "=":
      case "==":
      case "!=":
        return { key: key.text, operator: token.text, values: [this.exactValue(key.text)] };
      case "<":
      case ">": {
        const value = this.exactValue(key.text);
        if (!/^[-+]?\d+$/.test(value)) fail("for 'Gt', 'Lt' operators, the value must be an integer");
        return { key: key.text, operator: token.text === ">" ? "gt" : "lt", values: [value] };
      }
      case "in":
      case "notin":
        return { key: key.text, operator: token.text, values: this.valueSet(key.text) };
      default:
        return fail(`found '${token.text}', expected: in, notin, =, ==, !=, gt, lt`);
    }
  }

  private exactValue(key: string): string {
    const token = this.peek();
    if (token.type === "end" || token.text === ",") return "";
    this.next();
    if (token.type !== "identifier") fail(`found '${token.text}', expected: identifier`);
    checkValue(key, token.text);
    return token.text;
  }

  private valueSet(key: string): string[] {
    const open = this.next();
    if (open.text !== "(") fail(`found '${open.text}', expected: '('`);
    const values = new Set<string>();
    let token = this.next();
    if (token.text !== ")" && token.text !== "," && token.type !== "identifier")
      fail(`found '${token.text}', expected: ',', ')' or identifier`);
    for (;;) {
      if (token.type === "identifier") {
        checkValue(key, token.text);
        values.add(token.text);
        token = this.next();
        if (token.text !== "," && token.text !== ")") fail(`found '${token.text}', expected: ',' or ')'`);
        continue;
      }
      if (token.text === ")") return [...values].sort();
      // An empty place between commas, or before the closing bracket, is the empty value.
      const next = this.next();
      if (next.text === "," || next.text === ")") values.add("");
      else if (values.size === 0) values.add("");
      token = next;
    }
  }

  private peek(): Token {
    return this.tokens[this.position]!;
  }

  private next(): Token {
    return this.tokens[Math.min(this.position++, this.tokens.length - 1)]!;
  }
}

function fail(text: string): never {
  throw new SelectorError(`unable to parse requirement: ${text}`);
}

function checkKey(key: string): void {
  const name = key.slice(key.lastIndexOf("/") + 1);
  if (!QUALIFIED_NAME.test(key) || name.length > 63) {
    fail(
      `<nil>: Invalid value: "${key}": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`,
    );
  }
}

function checkValue(key: string, value: string): void {
  if (value.length > 63) fail(`values[0][${key}]: Invalid value: "${value}": must be no more than 63 bytes`);
  if (!LABEL_VALUE.test(value)) {
    fail(
      `values[0][${key}]: Invalid value: "${value}": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
    );
  }
}

/** Reads `app=web,tier in (a,b),!old`; throws a SelectorError with upstream's text. Requirements come sorted by key. */
export function parseLabelSelector(text: string): LabelSelector {
  const tokens = tokenize(text);
  // The lexer of the real one knows `x nott in (y)` only as a bad operator.
  return new Parser(tokens).parse().sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/** metav1.LabelSelector -> requirements; an absent selector matches nothing, an empty one everything. */
export function labelSelectorOf(
  selector:
    | {
        matchLabels?: Record<string, string>;
        matchExpressions?: { key: string; operator: string; values?: string[] }[];
      }
    | null
    | undefined,
): LabelSelector | undefined {
  if (!selector) return undefined;
  const requirements: LabelSelector = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => ({
    key,
    operator: "=",
    values: [value],
  }));
  const operators: Record<string, Operator> = { In: "in", NotIn: "notin", Exists: "exists", DoesNotExist: "!" };
  for (const { key, operator, values } of selector.matchExpressions ?? []) {
    requirements.push({ key, operator: operators[operator] ?? "in", values: [...(values ?? [])].sort() });
  }
  return requirements;
}

export function matchesRequirement(
  { key, operator, values }: Requirement,
  labels: Readonly<Record<string, string>>,
): boolean {
  const present = Object.hasOwn(labels, key);
  switch (operator) {
    case "=":
    case "==":
    case "in":
      return present && values.includes(labels[key]!);
    case "!=":
    case "notin":
      return !present || !values.includes(labels[key]!);
    case "exists":
      return present;
    case "!":
      return !present;
    case "gt":
    case "lt": {
      if (!present || !/^[-+]?\d+$/.test(labels[key]!)) return false;
      return operator === "gt" ? Number(labels[key]) > Number(values[0]) : Number(labels[key]) < Number(values[0]);
    }
  }
}

/** Whether labels satisfy every requirement. */
export function matchesLabels(selector: LabelSelector, labels: Readonly<Record<string, string>> | undefined): boolean {
  return selector.every((requirement) => matchesRequirement(requirement, labels ?? {}));
}

/** Whether a plain map of labels (a Service's selector) is part of `labels`. An empty selector selects nothing here. */
export function matchesMap(
  selector: Readonly<Record<string, string>> | undefined,
  labels: Readonly<Record<string, string>> | undefined,
): boolean {
  const entries = Object.entries(selector ?? {});
  return entries.length > 0 && entries.every(([key, value]) => labels?.[key] === value);
}

export function formatLabelSelector(selector: LabelSelector): string {
  return selector
    .map(({ key, operator, values }) => {
      switch (operator) {
        case "exists":
          return key;
        case "!":
          return `!${key}`;
        case "in":
        case "notin":
          return `${key} ${operator} (${[...values].sort().join(",")})`;
        case "gt":
          return `${key}>${values[0]}`;
        case "lt":
          return `${key}<${values[0]}`;
        default:
          return `${key}${operator === "==" ? "=" : operator}${values[0]}`;
      }
    })
    .join(",");
}
