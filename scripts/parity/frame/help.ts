import type { Printed } from "./area";

/** Plugins of the machine on which the stock kubectl runs: none of ours. */
const PLUGINS = "Subcommands provided by plugins";
const FLAG = /^ {4}(?:-\w, )?--[\w-]+=.*:$/;
const SECTION = /^(\S.*):$/;

/** Of a help text: its sections with the names of commands and aliases, flags with their defaults, usage lines and the hints at its end. */
export function helpFacts({ exit, stdout, stderr }: Printed): Printed {
  return { exit, stdout: factsOf(stdout), stderr: factsOf(stderr) };
}

const HELP_ENDS = 'Use "kubectl options" for a list of global command-line options (applies to all commands).\n';
const OPTIONS_BEGIN = "The following options can be passed to any command:";

/** Where a help text stands in an output, its facts stand in its place: our words are our own. */
export function withoutProse(text: string): string {
  if (text.startsWith(OPTIONS_BEGIN)) return factsOf(text);
  const end = text.indexOf(HELP_ENDS);
  if (end < 0 || !text.includes("Usage:\n  kubectl ")) return text;
  const after = end + HELP_ENDS.length;
  return factsOf(text.slice(0, after)) + text.slice(after);
}

function factsOf(text: string): string {
  const facts: string[] = [];
  let section = "";
  for (const line of text.split("\n")) {
    const title = SECTION.exec(line)?.[1];
    if (title === PLUGINS) continue;
    if (title) {
      section = title;
      facts.push(line);
    } else if (line.startsWith("Use ") && section !== "") facts.push(line);
    else if (FLAG.test(line)) facts.push(line);
    else if (section === "Usage" || section === "Aliases") facts.push(line);
    else if (section.includes("Commands") && line.trim() !== "") facts.push(line.trim().split(" ")[0]!);
  }
  return facts.join("\n");
}
