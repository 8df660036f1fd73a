/**
 * npm run -s golden -- [--json] [--failing] [part of a file's name]: how much of what was recorded from Kubernetes' own
 * code and servers ours answers alike. `--failing` lists what does not.
 */
import { parseArgs } from "node:util";
import { serverSuites } from "@/server/golden/suites";
import { hasGolden } from "@/sim/golden/cases";
import { type Score, scoreOf } from "@/sim/golden/suite";
import { simSuites } from "@/sim/golden/suites";
import { workstationSuites } from "@/workstation/golden/suites";

/** A complaint longer than this is cut short where it is listed. */
const COMPLAINT_CHARACTERS = 600;

function table(scores: Score[]): string {
  const rows = scores.map(({ file, cases, passed, excepted }) => [
    file,
    ...[cases, passed, excepted, cases - passed - excepted].map(String),
  ]);
  const total = [1, 2, 3, 4].map((column) => String(rows.reduce((sum, row) => sum + Number(row[column]), 0)));
  const lines = [["FILE", "CASES", "PASSED", "EXCEPTED", "FAILING"], ...rows, ["total", ...total]];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "boolean", default: false }, failing: { type: "boolean", default: false } },
  });
  if (!hasGolden) {
    console.log(
      values.json ? JSON.stringify({ files: [] }) : "Skipped: the recordings are not here (../shared/golden).",
    );
    return;
  }
  const suites = [...simSuites, ...workstationSuites, ...serverSuites]
    .filter(({ file }) => positionals.every((part) => file.includes(part)))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
  const scores: Score[] = [];
  for (const suite of suites) scores.push(await scoreOf(suite));
  if (values.json) {
    const files = scores.map(({ file, cases, passed, excepted }) => ({ file, cases, passed, excepted }));
    console.log(JSON.stringify({ files }));
    return;
  }
  if (values.failing) {
    for (const { file, failing, stale } of scores) {
      for (const { id, what, complaints } of failing)
        for (const text of complaints) console.log(`${file} @${id} ${what}: ${text.slice(0, COMPLAINT_CHARACTERS)}`);
      for (const line of stale) console.log(`${file}: this exception excuses nothing: ${line}`);
    }
  }
  console.log(table(scores));
}

await main();
