import { arithmeticText } from "../arithmetic";
import { Expander } from "../expand";
import { ShellFault } from "../fault";
import type { Machine } from "../machine";
import { programOf } from "../program";
import { quote } from "../quote";
import { type Variable, variable } from "../state";
import {
  changeVariable,
  elements,
  getVariable,
  isName,
  restoreVariable,
  setArray,
  setElement,
  setVariable,
  splitName,
} from "../variables";
import { type Builtin, flags } from "./builtin";

interface Declared {
  name: string;
  subscript?: string;
  value?: string;
  append: boolean;
}

function declared(word: string): Declared | undefined {
  const match = /^([A-Za-z_]\w*)(?:\[([^\]]*)\])?(?:(\+?)=([\s\S]*))?$/.exec(word);
  if (!match) return undefined;
  return {
    name: match[1]!,
    append: match[3] === "+",
    ...(match[2] !== undefined && { subscript: match[2] }),
    ...(match[4] !== undefined && { value: match[4] }),
  };
}

function assign(machine: Machine, item: Declared, change: Partial<Variable>): void {
  const { name, value } = item;
  const known = variable(machine.state.variables, name);
  if (known?.readonly && (value !== undefined || item.subscript !== undefined))
    throw new ShellFault(`${name}: readonly variable`);
  const { readonly, ...others } = change;
  if (value === undefined) {
    if (change.a && !known?.e) setArray(machine, name, {}, others);
    else changeVariable(machine.state, name, others);
  } else if (item.subscript !== undefined) {
    changeVariable(machine.state, name, others);
    setElement(machine, name, item.subscript, value);
  } else if (/^\([\s\S]*\)$/.test(value)) {
    changeVariable(machine.state, name, others);
    const command = programOf(`${name}${item.append ? "+" : ""}=${value}`).script.statements[0]?.pipelines[0]
      ?.commands[0];
    const assignment = command?.type === "SimpleCommand" ? command.assignments[0] : undefined;
    if (assignment) new Expander(machine.state, machine.host, []).assign(assignment);
  } else {
    const integer = change.integer ?? known?.integer;
    const before = item.append ? (getVariable(machine, name) ?? "") : "";
    const text = integer
      ? String(
          arithmeticText(
            new Expander(machine.state, machine.host, []),
            item.append ? `${before || 0}+${value}` : value,
          ),
        )
      : before + value;
    setVariable(machine, name, text, others);
  }
  if (readonly) changeVariable(machine.state, name, { readonly });
}

/** Remembers what a variable was outside the function that is running. */
function localise(machine: Machine, name: string): boolean {
  const frame = machine.state.frames.findLast((item) => item.k === "function");
  if (frame?.k !== "function") return false;
  if (!Object.hasOwn(frame.locals, name)) {
    frame.locals[name] = variable(machine.state.variables, name) ?? null;
    if (!Object.hasOwn(frame.temporary, name)) restoreVariable(machine.state, name, null);
  }
  return true;
}

const describe = (name: string, value: Variable): string => {
  const letters = `${value.e ? (value.a ? "A" : "a") : ""}${value.integer ? "i" : ""}${value.readonly ? "r" : ""}${value.exported ? "x" : ""}`;
  const head = `declare -${letters || "-"} ${name}`;
  if (value.e)
    return `${head}=(${Object.entries(value.e)
      .map(([key, item]) => `[${key}]=${doubleQuote(item)}`)
      .join(" ")})`;
  return value.v === undefined ? head : `${head}=${doubleQuote(value.v)}`;
};

const doubleQuote = (text: string) =>
  /[\0-\x1f]/.test(text) ? quote(text, true) : `"${text.replace(/[\\"$`]/g, "\\$&")}"`;

const sorted = (machine: Machine) => Object.entries(machine.state.variables).sort(([a], [b]) => (a < b ? -1 : 1));

const exports: Builtin = (machine, argv) => {
  const { set, rest, bad } = flags(argv, "pnf");
  if (bad)
    throw new ShellFault(`-${bad}: invalid option\nexport: usage: export [-fn] [name[=value] ...] or export -p`, 2);
  if (rest.length === 0) {
    const form =
      machine.state.dialect === "bash"
        ? (name: string, value: Variable) => describe(name, value)
        : (name: string, value: Variable) => `export ${name}=${quote(value.v ?? "", true)}`;
    for (const [name, value] of sorted(machine)) if (value.exported) machine.write(1, `${form(name, value)}\n`);
    return 0;
  }
  let status = 0;
  for (const word of rest) {
    if (set.has("f")) continue;
    const item = declared(word);
    if (!item) {
      machine.complain(`export: \`${word}': not a valid identifier`);
      status = 1;
    } else if (set.has("n")) {
      const { exported: _, ...value } = variable(machine.state.variables, item.name) ?? {};
      restoreVariable(machine.state, item.name, value);
    } else assign(machine, item, { exported: true });
  }
  return status;
};

const readonly: Builtin = (machine, argv) => {
  const { rest } = flags(argv, "paAf");
  if (rest.length === 0)
    for (const [name, value] of sorted(machine)) if (value.readonly) machine.write(1, `${describe(name, value)}\n`);
  for (const word of rest) {
    const item = declared(word);
    if (!item) throw new ShellFault(`\`${word}': not a valid identifier`);
    assign(machine, item, { readonly: true });
  }
  return 0;
};

const declare: Builtin = (machine, argv) => {
  const { set, rest, bad } = flags(argv, "aAfFgilnprtux");
  if (bad) throw new ShellFault(`-${bad}: invalid option`, 2);
  if (argv[0] === "local" && !machine.state.frames.some((frame) => frame.k === "function"))
    throw new ShellFault("can only be used in a function");
  if (set.has("f") || set.has("F")) {
    for (const name of rest.length > 0 ? rest : Object.keys(machine.state.functions).sort()) {
      if (!Object.hasOwn(machine.state.functions, name)) return 1;
      machine.write(1, set.has("F") ? `declare -f ${name}\n` : `${name}\n`);
    }
    return 0;
  }
  if (rest.length === 0 || set.has("p")) {
    for (const [name, value] of sorted(machine))
      if (rest.length === 0 || rest.includes(name))
        machine.write(1, set.has("p") ? `${describe(name, value)}\n` : `${name}=${quote(value.v ?? "")}\n`);
    const missing = rest.find((name) => !variable(machine.state.variables, name));
    if (missing) throw new ShellFault(`${missing}: not found`);
    return 0;
  }
  const change: Partial<Variable> = {
    ...(set.has("x") && { exported: true }),
    ...(set.has("r") && { readonly: true }),
    ...(set.has("i") && { integer: true }),
    ...(set.has("A") && { a: true }),
  };
  for (const word of rest) {
    const item = declared(word);
    if (!item) throw new ShellFault(`\`${word}': not a valid identifier`);
    if (argv[0] === "local" || !set.has("g")) localise(machine, item.name);
    if (set.has("a") && item.value === undefined && !variable(machine.state.variables, item.name)?.e)
      setArray(machine, item.name, {}, change);
    else assign(machine, item, change);
  }
  return 0;
};

const unset: Builtin = (machine, argv) => {
  const { set, rest } = flags(argv, "vfn");
  let status = 0;
  for (const word of rest) {
    const { name, subscript } = splitName(word);
    const known = variable(machine.state.variables, name);
    if (set.has("f") || (!known && !set.has("v") && Object.hasOwn(machine.state.functions, name))) {
      delete machine.state.functions[name];
    } else if (!isName(name)) {
      machine.complain(`unset: \`${word}': not a valid identifier`);
      status = 1;
    } else if (known?.readonly) {
      machine.complain(`unset: ${name}: cannot unset: readonly variable`);
      status = 1;
    } else if (subscript !== undefined && subscript !== "@" && subscript !== "*") {
      const key = new Expander(machine.state, machine.host, []).key(name, subscript);
      setArray(machine, name, Object.fromEntries(elements(machine, name).filter(([item]) => item !== key)));
    } else restoreVariable(machine.state, name, null);
  }
  return status;
};

const letBuiltin: Builtin = (machine, argv) => {
  if (argv.length < 2) throw new ShellFault("expression expected", 1);
  let value = 0;
  for (const text of argv.slice(1)) value = arithmeticText(new Expander(machine.state, machine.host, []), text);
  return value === 0 ? 1 : 0;
};

export const variableBuiltins: Record<string, Builtin> = {
  export: exports,
  readonly,
  declare,
  typeset: declare,
  local: declare,
  unset,
  let: letBuiltin,
};
