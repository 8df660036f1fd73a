import type { Command } from "./command";
import { COMMAND_GROUPS } from "./commands";
import { describeFlag } from "./flags/descriptions";
import { GLOBAL_FLAGS } from "./flags/groups";
import type { FlagSpec } from "./flags/spec";

/** What `kubectl` alone prints; `brief` leaves out what kubectl is. */
export function rootHelp(brief = false): string {
  const groups = COMMAND_GROUPS.map(({ title, commands }) => `${title}:\n${commandLines(commands)}`);
  const head =
    "kubectl controls the Kubernetes cluster manager.\n\n Find more information at: https://kubernetes.io/docs/reference/kubectl/\n\n";
  return `${brief ? "" : head}${groups.join("\n")}
Usage:
  kubectl [flags] [options]

Use "kubectl <command> --help" for more information about a given command.
Use "kubectl options" for a list of global command-line options (applies to all commands).
`;
}

function commandLines(commands: readonly Command[]): string {
  const shown = commands.filter(({ hidden }) => !hidden);
  const width = Math.max(...shown.map(({ name }) => name.length), 13);
  return shown.map(({ name, short }) => `  ${name.padEnd(width)}   ${short}\n`).join("");
}

/** What `kubectl VERB --help` prints. */
export function helpText(command: Command, path: string): string {
  const parts = [`${(command.long ?? `${command.short}.`).split("\n").join("\n ").replaceAll("\n \n", "\n\n")}\n`];
  if (command.aliases?.length) parts.push(`Aliases:\n${[command.name, ...command.aliases].join(", ")}\n`);
  if (command.examples)
    parts.push(
      `Examples:\n${command.examples
        .split("\n")
        .map((line) => (line ? `  ${line}` : "  "))
        .join("\n")}\n`,
    );
  if (command.commands?.length) parts.push(`Available Commands:\n${commandLines(command.commands)}`);
  const flags = (command.flags ?? []).filter(({ hidden }) => !hidden);
  if (flags.length > 0) parts.push(`Options:\n${flagLines(flags)}`);
  const tail = [
    ...(command.commands?.length
      ? [`Use "kubectl ${path} <command> --help" for more information about a given command.`]
      : []),
    'Use "kubectl options" for a list of global command-line options (applies to all commands).',
  ];
  parts.push(
    `Usage:\n  kubectl ${command.use}${command.use.includes("[options]") ? "" : " [options]"}\n`,
    `${tail.join("\n")}\n`,
  );
  return parts.join("\n");
}

export const optionsText = (): string =>
  `The following options can be passed to any command:\n\n${flagLines(GLOBAL_FLAGS)}`;

function flagLines(flags: readonly FlagSpec[]): string {
  return [...flags]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(
      (flag) =>
        `    ${flag.short ? `-${flag.short}, ` : ""}--${flag.name}=${defaultText(flag)}:\n\t${describeFlag(flag)}\n`,
    )
    .join("\n");
}

function defaultText(flag: FlagSpec): string {
  if (flag.shown !== undefined) return flag.shown;
  if (flag.type === "list" || flag.type === "array") return `[${flag.default}]`;
  return flag.type === "string" && flag.name !== "vmodule" ? `'${flag.default}'` : flag.default;
}
