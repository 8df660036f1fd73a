/** What the comments of a script say: answers to the questions, and for a mistake the checks that must refuse it. */
export interface ScriptHeader {
  answers: Record<string, string | string[]>;
  fails: string[];
}

/** A script of a challenge's `solutions/` or `mistakes/`. */
export interface ChallengeScript extends ScriptHeader {
  name: string;
  script: string;
}

/** Reads `# answer QUESTION: VALUE[, VALUE]` and `# fails: CHECK, CHECK`. */
export function scriptHeader(script: string): ScriptHeader {
  const header: ScriptHeader = { answers: {}, fails: [] };
  for (const line of script.split("\n")) {
    const answer = /^# answer ([a-z0-9-]+): (.*)$/.exec(line);
    if (answer) {
      const values = answer[2]!.split(",").map((part) => part.trim());
      header.answers[answer[1]!] = values.length > 1 ? values : values[0]!;
    }
    const failing = /^# fails: (.*)$/.exec(line);
    if (failing) header.fails.push(...failing[1]!.split(",").map((part) => part.trim()));
  }
  return header;
}

/** The scripts of one kind in a challenge's folder, in order of name. */
export function challengeScripts(
  files: Readonly<Record<string, string>>,
  kind: "solutions" | "mistakes",
): ChallengeScript[] {
  return Object.entries(files)
    .filter(([path]) => path.startsWith(`${kind}/`) && path.endsWith(".sh"))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, script]) => ({ name: path.slice(kind.length + 1, -".sh".length), script, ...scriptHeader(script) }));
}
