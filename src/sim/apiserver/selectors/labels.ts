import { isLabelValue, isQualifiedName } from "../../kinds/validation/names";

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
    if (negated) return built(key.text, "!", []);
    const token = this.peek();
    if (token.type === "end" || token.text === ",") return built(key.text, "exists", []);
    this.next();
    switch (token.text) {
      case "=":
      case "==":
      case "!=":
        return built(key.text, token.text, [this.exactValue()]);
      case "<":
      case ">":
        return built(key.text, token.text === ">" ? "gt" : "lt", [this.exactValue()]);
      case "in":
      case "notin":
        return built(key.text, token.text, this.valueSet());
      default:
        return fail(`found '${token.text}', expected: in, notin, =, ==, !=, gt, lt`);
    }
  }

  private exactValue(): string {
    const token = this.peek();
    if (token.type === "end" || token.text === ",") return "";
    this.next();
    if (token.type !== "identifier") fail(`found '${token.text}', expected: identifier`);
    return token.text;
  }

  private valueSet(): string[] {
    const open = this.next();
    if (open.text !== "(") fail(`found '${open.text}' expected: '('`);
    const first = this.peek();
    if (first.type !== "identifier" && first.text !== "," && first.text !== ")")
      fail(`found '${first.text}', expected: ',', ')' or identifier`);
    if (first.text === ")") {
      this.next();
      return [""];
    }
    const values = this.identifiers();
    this.next();
    return values;
  }

  /** Up to the closing bracket; an empty place beside a comma is the empty value. */
  private identifiers(): string[] {
    const values = new Set<string>();
    for (;;) {
      const token = this.next();
      const after = this.peek();
      if (token.type === "identifier") {
        values.add(token.text);
        if (after.text === ")") break;
        if (after.text !== ",") fail(`found '${after.text}', expected: ',' or ')'`);
      } else if (token.text === ",") {
        if (values.size === 0) values.add("");
        if (after.text === ")") {
          values.add("");
          break;
        }
        if (after.text === ",") {
          this.next();
          values.add("");
        }
      } else fail(`found '${token.text}', expected: ',', or identifier`);
    }
    return [...values].sort();
  }

  private peek(): Token {
    return this.tokens[this.position]!;
  }

  private next(): Token {
    return this.tokens[Math.min(this.position++, this.tokens.length - 1)]!;
  }
}

/** As newRequirement, with the parser's words in front of what is wrong. */
function built(key: string, operator: Operator, values: string[]): Requirement {
  try {
    return newRequirement(key, operator, values);
  } catch (error) {
    return fail((error as SelectorError).message);
  }
}

function fail(text: string): never {
  throw new SelectorError(`unable to parse requirement: ${text}`);
}

/** Of a key on its own, before what follows it is read. */
function checkKey(key: string): void {
  const wrong = isQualifiedName(key);
  if (wrong.length > 0) fail(`<nil>: Invalid value: ${JSON.stringify(key)}: ${wrong.join("; ")}`);
}

const goStrings = (values: string[]) => `[]string{${values.map((value) => JSON.stringify(value)).join(", ")}}`;

const INTEGER = /^[-+]?\d+$/;

/** What is wrong with the number of values, by operator, where anything is. */
function miscounted(operator: Operator, count: number): string | undefined {
  switch (operator) {
    case "in":
    case "notin":
      return count === 0 ? "for 'in', 'notin' operators, values set can't be empty" : undefined;
    case "exists":
    case "!":
      return count > 0 ? "values set must be empty for exists and does not exist" : undefined;
    case "gt":
    case "lt":
      return count === 1 ? undefined : "for 'Gt', 'Lt' operators, exactly one value is required";
    default:
      return count === 1 ? undefined : "exact-match compatibility requires one single value";
  }
}

/** A requirement that holds what its operator asks for; throws a SelectorError with all that is wrong with it. */
export function newRequirement(key: string, operator: Operator, values: string[]): Requirement {
  const errors: string[] = [];
  const wrongKey = isQualifiedName(key);
  if (wrongKey.length > 0) errors.push(`key: Invalid value: ${JSON.stringify(key)}: ${wrongKey.join("; ")}`);
  const count = miscounted(operator, values.length);
  if (count) errors.push(`values: Invalid value: ${goStrings(values)}: ${count}`);
  const numeric = operator === "gt" || operator === "lt";
  for (const [index, value] of values.entries())
    if (numeric && !INTEGER.test(value))
      errors.push(
        `values[${index}]: Invalid value: ${JSON.stringify(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
      );
  for (const [index, value] of values.entries()) {
    const wrong = isLabelValue(value);
    if (wrong.length > 0)
      errors.push(`values[${index}][${key}]: Invalid value: ${JSON.stringify(value)}: ${wrong.join("; ")}`);
  }
  if (errors.length > 0) throw new SelectorError(errors.length === 1 ? errors[0] : `[${errors.join(", ")}]`);
  return { key, operator, values };
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
      if (!present || !INTEGER.test(labels[key]!)) return false;
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
          return `${key}${operator}${values[0]}`;
      }
    })
    .join(",");
}
