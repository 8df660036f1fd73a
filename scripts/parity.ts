/**
 * What a stock kubectl prints against a served cluster, beside what our own prints on the same state at the same moment.
 *   npm run -s parity -- [--json] [--kubectl PATH] [--area NAME]… [--whole] [--times] [file of command lines]
 * An area is a file of scripts/parity/. `--whole` prints both outputs of a line that differs, rather than the first line where they part.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Area } from "./parity/frame/area";
import { AREAS } from "./parity/frame/areas";
import { firstDifference, wholeOutputs } from "./parity/frame/difference";
import { exceptionOf } from "./parity/frame/exceptions";
import { RUNNING_FILES } from "./parity/frame/files";
import { runArea } from "./parity/frame/run";

const STOCK = ["/usr/lib/google-cloud-sdk/bin/kubectl.1.33", "/usr/local/bin/kubectl", "/usr/bin/kubectl"];

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      kubectl: { type: "string" },
      area: { type: "string", multiple: true },
      whole: { type: "boolean", default: false },
      times: { type: "boolean", default: false },
    },
  });
  const result = { lines: 0, differing: 0, excepted: 0 };
  const stock = values.kubectl ?? STOCK.find((one) => existsSync(one));
  if (!stock) {
    console.log(values.json ? JSON.stringify(result) : "There is no stock kubectl here.");
    return;
  }
  for (const area of await chosenAreas(values.area, positionals[0])) {
    const before = { ...result };
    const begun = performance.now();
    await runArea(area, stock, (compared) => {
      result.lines++;
      if (values.times && !values.json) console.log(`${Math.round(compared.tookMs)} ms $ ${compared.line}`);
      if (compared.same) return;
      if (exceptionOf(compared.line)) {
        result.excepted++;
        return;
      }
      result.differing++;
      if (!values.json) console.log(values.whole ? wholeOutputs(compared) : firstDifference(compared));
    });
    if (!values.json) {
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      console.log(
        `${area.name}: ${result.lines - before.lines} lines, ${result.differing - before.differing} differ, ${result.excepted - before.excepted} more may; ${seconds} s`,
      );
    }
  }
  console.log(
    values.json
      ? JSON.stringify(result)
      : `${result.lines} lines, ${result.differing} differ, ${result.excepted} more may.`,
  );
}

async function chosenAreas(names: readonly string[] | undefined, file: string | undefined): Promise<readonly Area[]> {
  if (file) return [{ name: file, files: RUNNING_FILES, lines: linesOf(await readFile(file, "utf8")) }];
  if (!names) return AREAS;
  return names.map((name) => {
    const area = AREAS.find((each) => each.name === name);
    if (!area) throw new Error(`There is no area ${name}; there are ${AREAS.map((each) => each.name).join(", ")}.`);
    return area;
  });
}

const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));

await main();
