import type { Printed } from "./area";

const FLAG = /^ {4}(?:-\w, )?--[\w-]+=.*:$/;
const SECTION = /^(\S.*):$/;

/** Of a help text: its sections with the names of commands and aliases, flags with their defaults, usage lines and the hints at its end. */
export function helpFacts({ exit, stdout, stderr }: Printed): Printed {
  return { exit, stdout: factsOf(stdout), stderr: factsOf(stderr) };
}

function factsOf(text: string): string {
  const facts: string[] = [];
  let section = "";
  for (const line of text.split("\n")) {
    const title = SECTION.exec(line)?.[1];
    if (title) {
      section = title;
      facts.push(line);
    } else if (line.startsWith("Use ") && section !== "") facts.push(line);
    else if (FLAG.test(line)) facts.push(line);
    else if (section === "Usage" || section === "Aliases") facts.push(line);
    else if (section.includes("Commands")) facts.push(line.trim().split(" ")[0]!);
  }
  return facts.join("\n");
}
