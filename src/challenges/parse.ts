import { isNode, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { RenderError, renderText } from "./render";
import { type Challenge, challengeSchema } from "./schema";
import { drawVariables, parseVariables, VARIABLES_FILE, type Values } from "./variables";

/** What is wrong with a challenge's folder, told so that an author finds the place. */
export interface ChallengeProblem {
  file: string;
  line?: number;
  field?: string;
  message: string;
}

export type ParsedChallenge =
  | {
      ok: true;
      challenge: Challenge;
      /** The folder as this variant has it, scripts included. */
      files: Record<string, string>;
    }
  | { ok: false; problems: ChallengeProblem[] };

/** The variant that is shown where nobody plays: in the catalogue, to the linter. */
const CATALOGUE_SEED = "catalogue";

const SPEC = "challenge.yaml";
const LANGUAGE_FILE = /^(brief|hints|debrief)\.([A-Za-z-]+)\.md$/;

/**
 * `source`: path relative to the challenge's folder -> content. `id` is the folder's path below `challenges/`. `seed` draws
 * the variant.
 */
export function parseChallenge(
  id: string,
  folder: Readonly<Record<string, string>>,
  seed = CATALOGUE_SEED,
): ParsedChallenge {
  const variant = renderFolder(folder, `${id}/${seed}`);
  if ("problems" in variant) return { ok: false, problems: variant.problems };
  const { files, values } = variant;
  const source = files[SPEC];
  if (source === undefined) return { ok: false, problems: [{ file: SPEC, message: "is missing" }] };
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  if (document.errors.length > 0) {
    return {
      ok: false,
      problems: document.errors.map((error) => ({
        file: SPEC,
        line: lines.linePos(error.pos[0]).line,
        message: error.message.split("\n")[0]!,
      })),
    };
  }
  const parsed = challengeSchema.safeParse(document.toJS());
  const lineOf = (path: PropertyKey[]): number | undefined => {
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return undefined;
  };
  if (!parsed.success)
    return { ok: false, problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, [], lineOf)) };
  const problems: ChallengeProblem[] = [];
  if (parsed.data.id !== id)
    problems.push({ file: SPEC, line: lineOf(["id"]), field: "id", message: `must be ${id}, as the folder is named` });
  const challenge: Challenge = {
    ...parsed.data,
    brief: {},
    hints: {},
    debrief: {},
    setup: [],
    files: {},
    variables: { ...values },
  };
  for (const path of Object.keys(files).sort()) {
    const content = files[path]!;
    const text = LANGUAGE_FILE.exec(path);
    if (text?.[1] === "brief") challenge.brief[text[2]!] = content;
    else if (text?.[1] === "debrief") challenge.debrief[text[2]!] = content;
    else if (text?.[1] === "hints") challenge.hints[text[2]!] = sectionsOf(content);
    else if (path.startsWith("setup/")) challenge.setup.push({ name: path.slice("setup/".length), content });
    else if (path.startsWith("files/")) challenge.files[path.slice("files/".length)] = content;
  }
  if (!challenge.brief.en) problems.push({ file: "brief.en.md", message: "is missing" });
  for (const [language, hints] of Object.entries(challenge.hints)) {
    const costs = challenge.hintCosts.length;
    if (hints.length !== costs)
      problems.push({
        file: `hints.${language}.md`,
        message: `has ${hints.length} hints, but hintCosts names ${costs}`,
      });
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, challenge, files };
}

/** Draws the variables and fills them into every other file. */
function renderFolder(
  folder: Readonly<Record<string, string>>,
  seed: string,
): { files: Record<string, string>; values: Values } | { problems: ChallengeProblem[] } {
  const spec = parseVariables(folder[VARIABLES_FILE]);
  if (!spec.ok) return { problems: spec.problems };
  const problems: ChallengeProblem[] = [];
  const attempt = <T>(file: string, render: () => T): T | undefined => {
    try {
      return render();
    } catch (error) {
      if (!(error instanceof RenderError)) throw error;
      problems.push({ file, line: error.line, message: error.message });
      return undefined;
    }
  };
  const values = attempt(VARIABLES_FILE, () => drawVariables(spec.variables, seed)) ?? {};
  const files: Record<string, string> = {};
  for (const [path, content] of Object.entries(folder)) {
    if (path === VARIABLES_FILE) continue;
    const text = attempt(path, () => renderText(content, values));
    if (text !== undefined) files[path] = text;
  }
  return problems.length > 0 ? { problems } : { files, values };
}

/** Each `## ` heading of hints.<lang>.md starts a hint; the heading is part of it. */
function sectionsOf(markdown: string): string[] {
  return markdown
    .split(/^(?=## )/m)
    .filter((section) => section.startsWith("## "))
    .map((section) => section.trim());
}

/** A union's issue hides the ones of its branches: the branch that came furthest is the one that was meant. */
function problemsOf(
  issue: z.core.$ZodIssue,
  above: PropertyKey[],
  lineOf: (path: PropertyKey[]) => number | undefined,
): ChallengeProblem[] {
  const path = [...above, ...issue.path];
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const depth = (branch: z.core.$ZodIssue[]) => Math.max(...branch.map((inner) => inner.path.length));
    const meant = [...issue.errors].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0]!;
    return meant.flatMap((inner) => problemsOf(inner, path, lineOf));
  }
  return [{ file: SPEC, line: lineOf(path), field: path.map(String).join("."), message: issue.message }];
}
