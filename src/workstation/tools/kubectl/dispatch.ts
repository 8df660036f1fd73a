import type { ToolContext } from "../tool";
import { ProcessEnded } from "../tool";
import type { Command } from "./command";
import { COMMANDS } from "./commands";
import { CliError, explainError, PlainExit, ShowHelp } from "./errors";
import { GLOBAL_FLAGS } from "./flags/groups";
import { FlagError, parseFlags } from "./flags/parse";
import { bool, type FlagSpec } from "./flags/spec";
import { helpText, optionsText, rootHelp } from "./help";
import { runPlugin } from "./plugins";
import { Session } from "./session";
import { suggest } from "./suggestions";

const HELP: FlagSpec = bool("help", { short: "h" });

export interface Found {
  command?: Command;
  /** `create deployment` */
  path: string;
  /** Words without those that named the command. */
  rest: string[];
}

/** Walks the tree of commands as cobra does: flags of any kind may stand before a command's name. */
export function findCommand(words: readonly string[]): Found {
  let commands: readonly Command[] = COMMANDS;
  let command: Command | undefined;
  const path: string[] = [];
  const rest = [...words];
  for (;;) {
    const at = firstArgument(rest, command?.flags ?? []);
    const next =
      at === undefined
        ? undefined
        : commands.find((each) => each.name === rest[at] || each.aliases?.includes(rest[at]!));
    if (!next) return { ...(command && { command }), path: path.join(" "), rest };
    rest.splice(at!, 1);
    command = next;
    path.push(next.name);
    commands = next.commands ?? [];
  }
}

/** Where the first word stands that is neither a flag nor a flag's value. */
function firstArgument(words: readonly string[], own: readonly FlagSpec[]): number | undefined {
  const specs = [...own, ...GLOBAL_FLAGS, HELP];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === "--") return undefined;
    if (!word.startsWith("-") || word === "-") return i;
    if (word.includes("=")) continue;
    const spec = word.startsWith("--")
      ? specs.find(({ name }) => name === word.slice(2))
      : specs.find(({ short }) => short === word.at(-1) && word.length === 2);
    // An unknown flag is taken to have a value, as cobra takes it.
    if (spec ? spec.bare === undefined : word.startsWith("--") || word.length === 2) i++;
  }
  return undefined;
}

/** Runs one command line; gives the exit code. */
export async function dispatch(tool: ToolContext): Promise<number> {
  const words = tool.argv.slice(1);
  try {
    return await runCommandLine(tool, words);
  } catch (error) {
    if (error instanceof ProcessEnded) throw error;
    if (error instanceof ShowHelp) {
      const { command, path } = findCommand(words);
      if (command) await tool.stdout.write(helpText(command, path));
      if (error.message) await tool.stderr.write(`error: ${error.message}\n`);
      return error.message ? 1 : 0;
    }
    if (error instanceof CliError && error.output) await tool.stdout.write(error.output);
    const { text, exitCode } = explainError(error as Error);
    if (text) await tool.stderr.write(text);
    return exitCode + (findCommand(words).command?.errorsAdd ?? 0);
  }
}

async function runCommandLine(tool: ToolContext, words: readonly string[]): Promise<number> {
  const { command, path, rest } = findCommand(words);
  if (!command) return runRoot(tool, rest);
  const specs = [
    ...(command.flags ?? []),
    ...GLOBAL_FLAGS.filter((global) => !command.flags?.some((own) => own.name === global.name)),
    HELP,
  ];
  const parsed = parse(specs, rest, path, command.errorsAdd ? "-h' for help and examples" : undefined);
  const session = new Session(tool, parsed.flags);
  if (parsed.flags.bool("help") || command.insteadOfHelp || command.bareHelp === "succeeds") {
    if (command.insteadOfHelp) session.err(command.insteadOfHelp);
    else session.out(helpText(command, path));
    return 0;
  }
  const missing = (command.required ?? []).filter((name) => !parsed.flags.changed(name));
  if (command.run && missing.length > 0 && !(session.classic && path === "run")) {
    throw new CliError(`required flag(s) ${missing.map((name) => JSON.stringify(name)).join(", ")} not set`);
  }
  if (!command.run) {
    if (parsed.args.length > 0)
      throw new CliError(
        `unknown command ${JSON.stringify(parsed.args.join(" "))}\nSee 'kubectl ${path} -h' for help and examples`,
      );
    if (command.bareHelp === "fails") session.out(helpText(command, path));
    else session.err(helpText(command, path));
    return 1;
  }
  const code = await command.run({ session, command, path, ...parsed });
  await session.flush();
  if (!code) session.failOnWarnings();
  return code ?? 0;
}

function parse(specs: FlagSpec[], words: readonly string[], path: string, hint = "--help' for usage.") {
  try {
    return parseFlags(specs, words);
  } catch (error) {
    if (error instanceof FlagError)
      throw new CliError(`${error.message}\nSee 'kubectl ${path ? `${path} ` : ""}${hint}`);
    throw error;
  }
}

async function runRoot(tool: ToolContext, words: string[]): Promise<number> {
  const at = firstArgument(words, []);
  const word = at === undefined ? undefined : words[at]!;
  if (word === "help") return runHelp(tool, words.slice(at! + 1));
  if (word === "options") {
    parse([...GLOBAL_FLAGS, HELP], words, "options");
    await tool.stdout.write(optionsText());
    return 0;
  }
  if (word !== undefined) {
    const plugin = await runPlugin(tool, words);
    if (plugin !== undefined) return plugin;
    const near = suggest(
      word,
      COMMANDS.filter(({ hidden }) => !hidden).map(({ name }) => name),
    );
    const hint = near.length > 0 ? `\n\nDid you mean this?\n${near.map((name) => `\t${name}\n`).join("")}` : "";
    throw new PlainExit(`error: unknown command ${JSON.stringify(word)} for "kubectl"${hint}`);
  }
  parse([...GLOBAL_FLAGS, HELP], words, "");
  await tool.stdout.write(rootHelp());
  return 0;
}

async function runHelp(tool: ToolContext, topics: string[]): Promise<number> {
  const { command, path } = findCommand(topics);
  if (command) await tool.stdout.write(helpText(command, path));
  else if (topics.length === 0) await tool.stdout.write(rootHelp());
  else {
    await tool.stderr.write(
      `Unknown help topic [${topics.map((topic) => `\`${topic}\``).join(" ")}]\n\n\n${rootHelp(true)}`,
    );
  }
  return 0;
}
