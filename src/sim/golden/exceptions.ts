import { existsSync, readFileSync } from "node:fs";
import type { CaseResult } from "./suite";

/** One line of an exceptions file, with the reason that stands above it. */
export interface Exception {
  line: string;
  reason: string;
  matches(result: CaseResult, complaint: string): boolean;
}

/**
 * Reads `<recording>.txt`. A line `# why` gives the reason of the lines below it; each of those names complaints:
 *   `ValidatePodSpec: has field.x Forbidden *`   by function and text, `*` standing for anything
 *   `@17 ValidatePodSpec: *`                      those of case 17 only
 */
export function readExceptions(folder: URL, file: string): Exception[] {
  const url = new URL(`${file.replace(/\.(jsonl|json|tar)(\.gz)?$|\/.*$/, "")}.txt`, folder);
  if (!existsSync(url)) return [];
  const exceptions: Exception[] = [];
  let reason = "";
  for (const line of readFileSync(url, "utf8").split("\n")) {
    if (line.startsWith("#")) reason = line.slice(1).trim();
    else if (line.trim() !== "") exceptions.push({ line, reason, matches: matcherOf(line) });
  }
  return exceptions;
}

function matcherOf(line: string): Exception["matches"] {
  const [, id, pattern] = /^(?:@(\S+) )?(.*)$/s.exec(line)!;
  const pieces = pattern!.split("*").map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const expression = new RegExp(`^${pieces.join(".*")}$`, "s");
  return (result, complaint) =>
    (id === undefined || id === result.id) && expression.test(`${result.what}: ${complaint}`);
}

/** Whether an exception covers a complaint; those that do are noted as used. */
export function excused(exceptions: Exception[], result: CaseResult, complaint: string, used: Set<string>): boolean {
  let found = false;
  for (const exception of exceptions) {
    if (!exception.matches(result, complaint)) continue;
    used.add(exception.line);
    found = true;
  }
  return found;
}
