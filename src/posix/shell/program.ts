import { type CommandNode, parse, type ScriptNode, type SimpleCommandNode, type WordNode } from "just-bash";

export type { CommandNode, PipelineNode, ScriptNode, SimpleCommandNode, StatementNode, WordNode } from "just-bash";
export type WordPart = WordNode["parts"][number];
export type Redirection = SimpleCommandNode["redirections"][number];
export type Assignment = SimpleCommandNode["assignments"][number];
type OfType<U, T extends string> = Extract<U, { type: T }>;
export type ParameterPart = OfType<WordPart, "ParameterExpansion">;
export type ArithmeticNode = OfType<WordPart, "ArithmeticExpansion">["expression"];
export type ArithExpr = ArithmeticNode["expression"];
export type ConditionalCommand = OfType<CommandNode, "ConditionalCommand">;
export type ConditionNode = ConditionalCommand["expression"];
export type HereDoc = OfType<Redirection["target"], "HereDoc">;

/** A place in a script: its text, and the number of a node in it. Plain data, and the same after a restore. */
export interface Ref {
  t: string;
  n: number;
}

interface Program {
  script: ScriptNode;
  nodes: object[];
  numbers: Map<object, number>;
}

/** Longer scripts than this are refused. */
export const SCRIPT_LIMIT = 256 * 1024;
const CACHE_LIMIT = 300;
const cache = new Map<string, Program>();

/** The words of bash for what is wrong with a script. `incomplete` where more lines could make it right. */
export class SyntaxFault extends Error {
  constructor(
    message: string,
    readonly incomplete: boolean,
    readonly line: number,
  ) {
    super(message);
  }
}

/** Parses and numbers a script; remembered by its text, which is all that a state refers to. */
export function programOf(text: string): Program {
  const known = cache.get(text);
  if (known) return known;
  const script = parseScript(text);
  const nodes: object[] = [];
  const numbers = new Map<object, number>();
  const number = (value: unknown) => {
    if (typeof value !== "object" || value === null) return;
    numbers.set(value, nodes.push(value) - 1);
    for (const item of Object.values(value)) number(item);
  };
  number(script);
  const program = { script, nodes, numbers };
  if (cache.size >= CACHE_LIMIT) cache.delete(cache.keys().next().value!);
  cache.set(text, program);
  return program;
}

export const nodeOf = <T>(ref: Ref): T => programOf(ref.t).nodes[ref.n] as T;

/** The reference of a node in the same script as `ref`. */
export const refTo = (ref: Ref, node: object): Ref => ({ t: ref.t, n: programOf(ref.t).numbers.get(node)! });

export function scriptRef(text: string): Ref {
  const program = programOf(text);
  return { t: text, n: program.numbers.get(program.script.statements)! };
}

/** Node's stack is safe at this depth of nesting: just-bash bounds the parser's own. */
function parseScript(text: string): ScriptNode {
  if (text.length > SCRIPT_LIMIT) throw new SyntaxFault("script too large", false, 1);
  try {
    return parse(text);
  } catch (error) {
    throw faultOf(error as Error & { line?: number; token?: { type: string; value: string } }, text);
  }
}

function faultOf(error: Error & { line?: number; token?: { type: string; value: string } }, text: string): SyntaxFault {
  const line = error.line || 1;
  const message = error.message.replace(/^Parse error at \d+:\d+: /, "").replace(/^line \d+: /, "");
  const matching = /unexpected EOF while looking for matching [`'](.)'/.exec(message);
  if (matching) return new SyntaxFault(`unexpected EOF while looking for matching \`${matching[1]}'`, true, line);
  const token = error.token;
  if (token?.type === "EOF" || /got EOF$/.test(message)) {
    return new SyntaxFault(
      "syntax error: unexpected end of file",
      true,
      text.split("\n").length + (text.endsWith("\n") ? 0 : 1),
    );
  }
  if (message.startsWith("syntax error")) return new SyntaxFault(message, false, line);
  if (token) {
    const value = token.type === "NEWLINE" ? "newline" : token.value;
    return new SyntaxFault(`syntax error near unexpected token \`${value}'`, false, line);
  }
  return new SyntaxFault(message, false, line);
}

export type Completeness =
  | { complete: true }
  | { complete: false; fault?: undefined }
  | { complete: true; fault: SyntaxFault };

/** Whether an interactive shell would run this text, ask for more lines (PS2), or refuse it. */
export function completeness(text: string): Completeness {
  if (/(^|[^\\])(\\\\)*\\\n?$/.test(text)) return { complete: false };
  try {
    const { script, nodes } = programOf(text);
    const open = nodes.some(
      (node) => (node as { type?: string }).type === "HereDoc" && (node as HereDoc).terminated === false,
    );
    if (open) return { complete: false };
    const last = script.statements.at(-1);
    const tail = text.trimEnd();
    // The parser lets an operator at the end stand; bash asks what it joins.
    if (
      last &&
      !last.background &&
      /(\|\||&&|\||\|&)$/.test(tail) &&
      !/\\(\|\||&&|\|)$/.test(tail) &&
      !/(^|\s)#[^\n]*$/.test(tail)
    ) {
      return { complete: false };
    }
    return { complete: true };
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    return error.incomplete ? { complete: false } : { complete: true, fault: error };
  }
}
