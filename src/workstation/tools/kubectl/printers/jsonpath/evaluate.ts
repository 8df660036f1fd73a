import { formatGo } from "../go-value";
import { compactJson, printJson } from "../json";
import { JsonPathError, type Node, parseJsonPath } from "./parse";

/** Nothing that a template visits may come to more values than this. */
const RESULTS_LIMIT = 200_000;

/** A parsed template, to be applied to objects. */
export class JsonPath {
  private readonly nodes: Node[];
  private beginRange = 0;
  private inRange = 0;
  private endRange = 0;
  private lastEnd?: Node;
  private visited = 0;

  constructor(
    source: string,
    private readonly allowMissingKeys = false,
  ) {
    this.nodes = parseJsonPath(source);
  }

  /** One list of values per action or text of the template. */
  find(data: unknown): unknown[][] {
    this.beginRange = 0;
    this.inRange = 0;
    this.endRange = 0;
    this.visited = 0;
    return this.run(this.nodes, [data]);
  }

  /** What `-o jsonpath` prints. */
  execute(data: unknown): string {
    return this.find(data).map(printResults).join("");
  }

  /** What `-o jsonpath-as-json` prints. */
  executeAsJson(data: unknown): string {
    return this.find(data)
      .map((results) => printJson(results))
      .join("");
  }

  private run(nodes: Node[], input: unknown[]): unknown[][] {
    const output: unknown[][] = [];
    for (let i = 0; i < nodes.length; i++) {
      const results = this.walk(input, nodes[i]!);
      if (this.endRange > 0 && this.endRange <= this.inRange) {
        this.endRange--;
        this.lastEnd = nodes[i]!;
        break;
      }
      if (this.beginRange > 0) {
        this.beginRange--;
        this.inRange++;
        const rest = nodes.slice(i + 1);
        if (results.length > 0) for (const value of results) output.push(...this.run(rest, [value]));
        else this.run(rest, []);
        this.inRange--;
        const end = this.lastEnd ? nodes.indexOf(this.lastEnd, i + 1) : -1;
        if (end > i) i = end;
        continue;
      }
      output.push(results);
    }
    return output;
  }

  private walk(input: unknown[], node: Node): unknown[] {
    this.visited += input.length;
    if (this.visited > RESULTS_LIMIT) throw new JsonPathError("too many results");
    switch (node.type) {
      case "list":
        return this.walkList(input, node.nodes);
      case "text":
        return [node.text];
      case "value":
        return input.map(() => node.value);
      case "identifier":
        return this.identifier(input, node.name);
      case "field":
        return this.field(input, node.name);
      case "array":
        return this.slice(input, node);
      case "filter":
        return this.filter(input, node);
      case "union":
        return node.members.flatMap((member) => this.walkList(input, member));
      case "wildcard":
        return input.flatMap((value) => children(value));
      case "recursive":
        return this.recursive(input);
    }
  }

  private walkList(input: unknown[], nodes: Node[]): unknown[] {
    let current = input;
    for (const node of nodes) current = this.walk(current, node);
    return current;
  }

  private identifier(input: unknown[], name: string): unknown[] {
    if (name === "range") this.beginRange++;
    else if (name === "end") {
      if (this.inRange === 0) throw new JsonPathError("not in range, nothing to end");
      this.endRange++;
    } else throw new JsonPathError(`unrecognized identifier ${name}`);
    return input;
  }

  private field(input: unknown[], name: string): unknown[] {
    if (name === "" || input.length === 0) return input;
    const results: unknown[] = [];
    for (const value of input) {
      if (isMap(value) && Object.hasOwn(value, name) && value[name] !== undefined) results.push(value[name]);
    }
    if (results.length === 0 && !this.allowMissingKeys) throw new JsonPathError(`${name} is not found`);
    return results;
  }

  private slice(input: unknown[], node: Node & { type: "array" }): unknown[] {
    const results: unknown[] = [];
    for (const value of input) {
      if (value === null || value === undefined) continue;
      if (!Array.isArray(value)) throw new JsonPathError(`${goType(value)} is not array or slice`);
      const { length } = value;
      let from = node.from.known ? node.from.value : 0;
      if (from < 0) from += length;
      let to = node.to.known ? node.to.value : length;
      if (to < 0 || (to === 0 && node.to.derived)) to += length;
      if (from !== to) {
        if (from >= length || from < 0)
          throw new JsonPathError(`array index out of bounds: index ${from}, length ${length}`);
        if (to > length || to < 0)
          throw new JsonPathError(`array index out of bounds: index ${to - 1}, length ${length}`);
        if (from > to) throw new JsonPathError(`starting index ${from} is greater than ending index ${to}`);
      }
      const step = node.step.known ? node.step.value : 1;
      if (step <= 0) throw new JsonPathError("step must be > 0");
      for (let i = from; i < to; i += step) results.push(value[i]);
    }
    return results;
  }

  private filter(input: unknown[], node: Node & { type: "filter" }): unknown[] {
    const results: unknown[] = [];
    for (const value of input) {
      if (value === null || value === undefined) continue;
      if (!Array.isArray(value))
        throw new JsonPathError(`${goType(value)} is not array or slice and cannot be filtered`);
      for (const item of value) if (this.passes(item, node)) results.push(item);
    }
    return results;
  }

  private passes(item: unknown, node: Node & { type: "filter" }): boolean {
    let lefts: unknown[];
    try {
      lefts = this.walkList([item], node.left);
    } catch (error) {
      if (node.operator === "exists" && error instanceof JsonPathError) return false;
      throw error;
    }
    if (node.operator === "exists") return lefts.length > 0;
    if (lefts.length === 0) return false;
    if (lefts.length > 1) throw new JsonPathError("can only compare one element at a time");
    const rights = this.walkList([item], node.right);
    if (rights.length === 0) return false;
    if (rights.length > 1) throw new JsonPathError("can only compare one element at a time");
    return compare(lefts[0], node.operator, rights[0]);
  }

  private recursive(input: unknown[]): unknown[] {
    const results: unknown[] = [];
    for (const value of input) {
      const below = children(value);
      if (below.length > 0) results.push(value, ...this.recursive(below));
    }
    this.visited += results.length;
    if (this.visited > RESULTS_LIMIT) throw new JsonPathError("too many results");
    return results;
  }
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function children(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (!isMap(value)) return [];
  return Object.keys(value)
    .sort()
    .map((key) => value[key]);
}

function goType(value: unknown): string {
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return Number.isInteger(value) ? "int64" : "float64";
  return Array.isArray(value) ? "[]interface {}" : "map[string]interface {}";
}

function compare(left: unknown, operator: string, right: unknown): boolean {
  const ordered = () => {
    if (typeof left !== typeof right || left === null || right === null)
      throw new JsonPathError("incompatible types for comparison");
    if (typeof left === "object" || typeof left === "boolean") throw new JsonPathError("invalid type for comparison");
    return left as number;
  };
  const equal = () => {
    if (typeof left !== typeof right) throw new JsonPathError("incompatible types for comparison");
    return left === right;
  };
  switch (operator) {
    case "<":
      return ordered() < (right as number);
    case ">":
      return ordered() > (right as number);
    case "<=":
      return ordered() <= (right as number);
    case ">=":
      return ordered() >= (right as number);
    case "==":
      return equal();
    case "!=":
      return !equal();
    default:
      throw new JsonPathError(`unrecognized filter operator ${operator}`);
  }
}

const printResults = (results: unknown[]): string =>
  results
    .map((value) =>
      value === null || value === undefined ? "null" : typeof value === "object" ? compactJson(value) : formatGo(value),
    )
    .join(" ");

const RELAXED = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/;

/** `metadata.name`, `.metadata.name` and `{.metadata.name}` mean the same where a single path is asked for. */
export function relaxedPath(expression: string): string {
  if (expression === "") return expression;
  const match = RELAXED.exec(expression);
  if (!match)
    throw new JsonPathError(
      `unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`,
    );
  return `{.${match[1] || match[2]}}`;
}
