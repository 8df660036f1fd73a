import { type Call, type Command, usageError } from "../command";
import { CliError } from "../errors";
import { bool } from "../flags/spec";

const SHELLS = ["bash", "zsh", "fish", "powershell"];

/** The terminal completes kubectl's words by itself, so the script only has to be harmless when it is sourced. */
async function runCompletion(call: Call): Promise<number> {
  const { args, session } = call;
  if (args.length === 0) throw usageError(call, "Shell not specified.");
  if (args.length > 1) throw usageError(call, "Too many arguments. Expected only the shell type.");
  if (!SHELLS.includes(args[0]!)) throw usageError(call, `Unsupported shell type ${JSON.stringify(args[0])}.`);
  session.out(`# kubectl completion for ${args[0]}: this terminal completes commands, kinds and names by itself.\n`);
  return 0;
}

async function runPluginList(call: Call): Promise<number> {
  const { tool } = call.session;
  const found: string[] = [];
  for (const directory of (tool.env.PATH ?? "").split(":").filter(Boolean)) {
    if (tool.files.stat(directory)?.type !== "directory") continue;
    for (const name of tool.files.readDirectory(directory))
      if (name.startsWith("kubectl-")) found.push(call.flags.bool("name-only") ? name : `${directory}/${name}`);
  }
  if (found.length === 0) throw new CliError("unable to find any kubectl plugins in your PATH");
  call.session.out(`The following compatible plugins are available:\n\n${found.map((path) => `${path}\n`).join("")}`);
  return 0;
}

/** There are none in 1.33. */
export const alpha: Command = {
  name: "alpha",
  use: "alpha",
  short: "Commands for features in alpha",
  hidden: true,
  insteadOfHelp: "No alpha commands are available in this version of kubectl\n",
};

export const completion: Command = {
  name: "completion",
  use: "completion SHELL",
  short: "Output shell completion code for the specified shell (bash, zsh, fish, or powershell)",
  examples: `# Into the shell that runs
source <(kubectl completion bash)`,
  run: runCompletion,
  complete: "none",
};

export const plugin: Command = {
  name: "plugin",
  use: "plugin [flags]",
  short: "Provides utilities for interacting with plugins",
  examples: `# All that there are
kubectl plugin list`,
  commands: [
    {
      name: "list",
      use: "plugin list [flags]",
      short: "List all visible plugin executables on a user's PATH",
      examples: `# All that there are
kubectl plugin list`,
      flags: [bool("name-only")],
      run: runPluginList,
      complete: "none",
    },
  ],
};
