import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

/** A recorded call of Kubernetes' own code. For tests only: the folder is not part of the project. */
export interface GoldenCase {
  fn: string;
  in: any[];
  out: any[];
  types: string[];
  test: string;
  now: string;
}

const folder = fileURLToPath(new URL("../../../../shared/golden/", import.meta.url));

/** Whether the recordings are here; tests that want them say that they were skipped where they are not. */
export const hasGolden = existsSync(folder);

export function goldenCases(file: string): GoldenCase[] {
  if (!hasGolden) return [];
  return gunzipSync(readFileSync(`${folder}${file}`))
    .toString("utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

export function goldenText(file: string): string {
  const bytes = readFileSync(`${folder}${file}`);
  return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}
