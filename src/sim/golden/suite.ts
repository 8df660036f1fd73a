import { type GoldenCase, goldenCases } from "./cases";
import { excused, readExceptions } from "./exceptions";

/** One recorded case and what is wrong with our answer to it; nothing wrong: it passes. */
export interface CaseResult {
  /** The line of the file, or the name of what it holds. */
  id: string;
  /** The function, the kind or the command that was asked. */
  what: string;
  complaints: string[];
}

/** How the cases of one recorded file are asked of our code. Shared by the tests and by `npm run golden`. */
export interface Suite {
  /** The file's name in the folder of recordings. */
  file: string;
  /** Folder URL of the exceptions file, `<name of the recording>.txt`. */
  exceptions: URL;
  /** So many cases may still fail, while what they are about is being built. Only ever lowered. */
  open?: number;
  run(): CaseResult[] | Promise<CaseResult[]>;
}

export interface Score {
  file: string;
  cases: number;
  passed: number;
  /** Cases that differ for the reasons in the exceptions file, and for nothing else. */
  excepted: number;
  failing: CaseResult[];
  /** Lines of the exceptions file that excuse nothing any more. */
  stale: string[];
}

/** Runs a suite: complaints that an exception covers are dropped; a case passes that never had one. */
export async function scoreOf(suite: Suite): Promise<Score> {
  const exceptions = readExceptions(suite.exceptions, suite.file);
  const used = new Set<string>();
  const failing: CaseResult[] = [];
  let passed = 0;
  let excepted = 0;
  const results = await suite.run();
  for (const result of results) {
    const complaints = result.complaints.filter((text) => !excused(exceptions, result, text, used));
    if (complaints.length > 0) failing.push({ ...result, complaints });
    else if (result.complaints.length > 0) excepted++;
    else passed++;
  }
  const stale = exceptions.map(({ line }) => line).filter((line) => !used.has(line));
  return { file: suite.file, cases: results.length, passed, excepted, failing, stale };
}

/** Complaints about our answer to a case; throwing counts as one. */
export type Ask = (one: GoldenCase) => string[];

/** What a case says whose function is not asked of our code. */
export const NOT_RUN = "not run";

export const SIM_EXCEPTIONS = new URL("./exceptions/", import.meta.url);

/** A suite over a file of recorded calls, by the name of the function that was called. */
export function callsSuite(
  file: string,
  asks: Record<string, Ask>,
  { open, exceptions = SIM_EXCEPTIONS }: { open?: number; exceptions?: URL } = {},
): Suite {
  return {
    file,
    exceptions,
    ...(open !== undefined && { open }),
    run: () => goldenCases(file).map((one, index) => resultOf(one, index, asks[one.fn])),
  };
}

function resultOf(one: GoldenCase, index: number, ask: Ask | undefined): CaseResult {
  const result = { id: String(index + 1), what: one.fn };
  if (!ask) return { ...result, complaints: [NOT_RUN] };
  if (String(one.out[0]).startsWith("panic: ")) return { ...result, complaints: ["the recorder panicked"] };
  try {
    return { ...result, complaints: ask(one) };
  } catch (error) {
    return { ...result, complaints: [`throws ${(error as Error).message}`] };
  }
}

/** One complaint unless both are the same as JSON, whatever the order of their keys. */
export function differs(got: unknown, want: unknown): string[] {
  const [ours, theirs] = [canonical(got), canonical(want)];
  return ours === theirs ? [] : [`${ours}, not ${theirs}`];
}

function canonical(value: unknown): string {
  const sorted = (_: string, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member;
  return JSON.stringify(value, sorted) ?? "nothing";
}
