import { functionText } from "@/posix/shell/builtins/information";
import { programOf, SyntaxFault, scriptRef } from "@/posix/shell/program";
import type { ShellState, Variable } from "@/posix/shell/state";
import type { ShellMemory } from "./types";

/** What a terminal's shell keeps for the next time. */
export function memoryOf(state: ShellState): ShellMemory {
  const variables: Record<string, string> = {};
  const exported: string[] = [];
  for (const [name, { v, exported: isExported }] of Object.entries(state.variables)) {
    if (v === undefined) continue;
    variables[name] = v;
    if (isExported) exported.push(name);
  }
  const functions: Record<string, string> = {};
  for (const [name, ref] of Object.entries(state.functions)) functions[name] = functionText(ref);
  return {
    workingDirectory: state.cwd,
    variables,
    exported,
    aliases: { ...state.aliases },
    functions,
    history: state.history,
    lastExitCode: state.status,
    jobs: state.jobs.filter((job) => job.state === "running").map((job) => job.text),
  };
}

export function restoreMemory(state: ShellState, memory: ShellMemory): void {
  const variables: Record<string, Variable> = { ...state.variables };
  for (const [name, value] of Object.entries(memory.variables))
    variables[name] = { v: value, ...(memory.exported.includes(name) && { exported: true }) };
  state.variables = variables;
  state.cwd = memory.workingDirectory;
  state.aliases = { ...memory.aliases };
  state.history = memory.history;
  state.status = memory.lastExitCode;
  for (const [name, text] of Object.entries(memory.functions)) {
    try {
      const ref = scriptRef(text);
      const { script, numbers } = programOf(text);
      const command = script.statements[0]?.pipelines[0]?.commands[0];
      if (command?.type === "FunctionDef") state.functions[name] = { t: ref.t, n: numbers.get(command)! };
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
    }
  }
}
