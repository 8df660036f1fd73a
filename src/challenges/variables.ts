import { parseDocument } from "yaml";
import { z } from "zod";
import { nextUint32, seedRandom } from "@/sim/kernel/random";
import type { ChallengeProblem } from "./parse";
import { renderText } from "./render";

/** The file of a challenge's folder that says what differs from learner to learner. */
export const VARIABLES_FILE = "variables.yaml";

const VARIABLES_LIMIT = 50;
const value = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const variable = z.union([
  /** One of these, by chance. */
  z.object({ pick: z.array(value).min(2) }).strict(),
  /** A whole number, both ends included. */
  z.object({ from: z.number().int(), to: z.number().int() }).strict(),
  /** What goes with the value of a variable above. Texts may name variables above: `@{name}`. */
  z.object({ by: z.string(), cases: z.record(z.string(), value), otherwise: value.optional() }).strict(),
]);

const variables = z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), variable);
export type Variables = z.infer<typeof variables>;

/** What one learner's variant is made of: name -> text. */
export type Values = Readonly<Record<string, string>>;

/** Reads `variables.yaml`; without one a challenge is the same for everybody. */
export function parseVariables(
  source: string | undefined,
): { ok: true; variables: Variables } | { ok: false; problems: ChallengeProblem[] } {
  if (source === undefined) return { ok: true, variables: {} };
  const complain = (message: string, field?: string): ChallengeProblem => ({
    file: VARIABLES_FILE,
    message,
    ...(field && { field }),
  });
  const document = parseDocument(source);
  const broken = document.errors[0];
  if (broken) return { ok: false, problems: [complain(broken.message.split("\n")[0]!)] };
  const parsed = variables.safeParse(document.toJS() ?? {});
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => complain(issue.message, issue.path.map(String).join(".")));
    return { ok: false, problems };
  }
  const names = Object.keys(parsed.data);
  const problems: ChallengeProblem[] = [];
  if (names.length > VARIABLES_LIMIT) problems.push(complain(`has more than ${VARIABLES_LIMIT} variables`));
  for (const [index, [name, spec]] of Object.entries(parsed.data).entries()) {
    if ("by" in spec && !names.slice(0, index).includes(spec.by))
      problems.push(complain(`there is no variable ${spec.by} above it`, name));
    if ("from" in spec && spec.to < spec.from) problems.push(complain("ends before it begins", name));
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, variables: parsed.data };
}

/** The same seed draws the same values. Throws `RenderError` where a text names what is not there. */
export function drawVariables(spec: Variables, seed: string): Values {
  const random = seedRandom(seed);
  const below = (count: number) => nextUint32(random) % count;
  const drawn: Record<string, string> = {};
  for (const [name, one] of Object.entries(spec)) {
    if ("pick" in one) drawn[name] = one.pick[below(one.pick.length)]!;
    else if ("from" in one) drawn[name] = String(one.from + below(one.to - one.from + 1));
    else drawn[name] = renderText(one.cases[drawn[one.by]!] ?? one.otherwise ?? "", drawn);
  }
  return drawn;
}
