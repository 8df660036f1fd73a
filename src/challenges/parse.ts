import { LineCounter, parseDocument } from "yaml";
import { type Challenge, challengeSchema } from "./schema";

/** Something wrong with a challenge's folder: where and what, in the form `file:line: field: text`. */
export interface ChallengeProblem {
  file: string;
  line?: number;
  field?: string;
  text: string;
}

export class ChallengeError extends Error {
  constructor(
    readonly id: string,
    readonly problems: ChallengeProblem[],
  ) {
    super(problems.map((problem) => `challenges/${id}/${formatProblem(problem)}`).join("\n"));
    this.name = "ChallengeError";
  }
}

export const formatProblem = ({ file, line, field, text }: ChallengeProblem) =>
  `${file}${line ? `:${line}` : ""}: ${field ? `${field}: ` : ""}${text}`;

/** The files of a challenge's folder: path relative to it -> content. */
export type ChallengeFolder = Readonly<Record<string, string>>;

/** A script of `solutions/` or `mistakes/`. A mistake names the checks that must refuse it: `# fails: check-id, …`. */
export interface ChallengeScript {
  name: string;
  script: string;
  answers: Record<string, string | string[]>;
  fails: string[];
}

/** Reads a challenge from its folder's files; throws a ChallengeError that names file, line and field of every problem. */
export function parseChallenge(id: string, folder: ChallengeFolder): Challenge {
  const problems: ChallengeProblem[] = [];
  const source = folder["challenge.yaml"];
  if (source === undefined) throw new ChallengeError(id, [{ file: "challenge.yaml", text: "is missing" }]);
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  for (const error of document.errors) {
    problems.push({
      file: "challenge.yaml",
      line: lines.linePos(error.pos[0]).line,
      text: error.message.split("\n")[0]!,
    });
  }
  if (problems.length > 0) throw new ChallengeError(id, problems);
  const result = challengeSchema.safeParse(document.toJS());
  if (!result.success) {
    for (const issue of result.error.issues) {
      problems.push({
        file: "challenge.yaml",
        ...lineOf(document, lines, issue.path),
        field: issue.path.join("."),
        text: issue.message,
      });
    }
    throw new ChallengeError(id, problems);
  }
  const spec = result.data;
  if (spec.id !== id)
    problems.push({ file: "challenge.yaml", field: "id", text: `is ${spec.id}, but the folder is ${id}` });
  const brief = texts(folder, "brief");
  const debrief = texts(folder, "debrief");
  const hints = Object.fromEntries(
    Object.entries(texts(folder, "hints")).map(([language, text]) => [language, sections(text)]),
  );
  if (!brief.en) problems.push({ file: "brief.en.md", text: "is missing" });
  for (const [language, list] of Object.entries(hints)) {
    if (list.length !== spec.hintCosts.length) {
      problems.push({
        file: `hints.${language}.md`,
        text: `has ${list.length} hints, but hintCosts names ${spec.hintCosts.length}`,
      });
    }
  }
  if (problems.length > 0) throw new ChallengeError(id, problems);
  const setup = Object.entries(folder)
    .filter(([path]) => /^setup\/[^/]+\.ya?ml$/.test(path))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, content]) => ({ name: path.slice("setup/".length), content }));
  const files: Record<string, string> = {};
  for (const [path, content] of Object.entries(folder))
    if (path.startsWith("files/")) files[path.slice("files/".length)] = content;
  return { ...spec, brief, debrief, hints, setup, files };
}

/** The scripts below `solutions/` or `mistakes/`, in order of name. Header comments carry answers and what must fail. */
export function challengeScripts(folder: ChallengeFolder, kind: "solutions" | "mistakes"): ChallengeScript[] {
  return Object.entries(folder)
    .filter(([path]) => path.startsWith(`${kind}/`) && path.endsWith(".sh"))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, script]) => {
      const answers: Record<string, string | string[]> = {};
      const fails: string[] = [];
      for (const line of script.split("\n")) {
        const answer = /^# answer ([a-z0-9-]+): (.*)$/.exec(line);
        if (answer)
          answers[answer[1]!] = answer[2]!.includes(",")
            ? answer[2]!.split(",").map((part) => part.trim())
            : answer[2]!.trim();
        const failing = /^# fails: (.*)$/.exec(line);
        if (failing) fails.push(...failing[1]!.split(",").map((part) => part.trim()));
      }
      return { name: path.slice(kind.length + 1, -".sh".length), script, answers, fails };
    });
}

function texts(folder: ChallengeFolder, name: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [path, content] of Object.entries(folder)) {
    const match = new RegExp(`^${name}\\.([A-Za-z-]+)\\.md$`).exec(path);
    if (match) found[match[1]!] = content;
  }
  return found;
}

/** The bodies of a document's `##` sections. */
function sections(text: string): string[] {
  return text
    .split(/^## .*$/m)
    .slice(1)
    .map((section) => section.trim());
}

function lineOf(
  document: ReturnType<typeof parseDocument>,
  lines: LineCounter,
  path: PropertyKey[],
): { line?: number } {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined;
    if (node?.range) return { line: lines.linePos(node.range[0]).line };
  }
  return {};
}
