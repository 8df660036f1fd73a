/**
 * A fresh lab without a database: prints what the terminal would and exits with the script's code.
 *   npm run -s lab -- [--challenge track/slug] [--seed N] [--kubectl classic] [--addon metrics-server] [--time max|N] [--trace] [-c 'commands' | script.sh]
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { startChallenge } from "@/grading/challenge-lab";
import { ADDONS, DEFAULT_START_MS } from "@/sim/options";
import { LabStalled, runToEnd } from "@/workstation/lab/drive";
import { Lab } from "@/workstation/lab/lab";
import type { RunResult } from "@/workstation/lab/types";
import { loadChallenge } from "./challenge-folder";
import { runOnWallClock } from "./wall-clock";

/** A script that runs longer than this in lab time is stopped: it waits for something that will not come. */
const LAB_TIME_LIMIT_MS = 24 * 3_600_000;
const STALLED_EXIT_CODE = 124;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      challenge: { type: "string" },
      seed: { type: "string", default: "1" },
      kubectl: { type: "string" },
      addon: { type: "string", multiple: true, default: [] },
      time: { type: "string", default: "max" },
      trace: { type: "boolean", default: false },
      command: { type: "string", short: "c" },
    },
  });
  const script =
    values.command ?? (positionals[0] ? await readFile(positionals[0], "utf8") : await readAll(process.stdin));
  const lab = await freshLab(values);
  if (values.trace) lab.onJournal((entry) => process.stderr.write(`${JSON.stringify(entry)}\n`));
  const work = lab.run(script, {
    terminal: true,
    ...(positionals[0] && !values.command && { name: positionals[0], args: positionals.slice(1) }),
    onOutput: (stream, data) => process[stream].write(data),
  });
  try {
    const result = await drive(lab, work, values.time);
    return result.exitCode;
  } catch (error) {
    if (!(error instanceof LabStalled)) throw error;
    console.error(`lab: ${error.message}`);
    return STALLED_EXIT_CODE;
  }
}

async function freshLab(values: { challenge?: string; seed: string; kubectl?: string; addon: string[] }): Promise<Lab> {
  if (values.challenge) return startChallenge((await loadChallenge(values.challenge)).challenge, { seed: values.seed });
  return Lab.create({
    seed: values.seed,
    startMs: DEFAULT_START_MS,
    cluster: { addons: ADDONS.filter((name) => values.addon.includes(name)) },
    ...(values.kubectl === "classic" && { kubectl: "classic" }),
  });
}

function drive(lab: Lab, work: Promise<RunResult>, time: string): Promise<RunResult> {
  if (time === "max") return runToEnd(lab, work, LAB_TIME_LIMIT_MS);
  const speed = Number(time);
  if (!(speed > 0)) throw new Error("--time takes max or a number above 0: lab seconds per second");
  return runOnWallClock(lab, work, speed);
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  for await (const chunk of stream) text += chunk;
  return text;
}

// exitCode rather than exit(): output that is still on its way to a pipe must arrive.
process.exitCode = await main();
