/**
 * What a stock kubectl prints against a served cluster, beside what our own prints on the same state at the same moment.
 *   npm run -s parity -- [--json] [--kubectl PATH] [file of command lines]
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type ServedCluster, serveCluster } from "@/server/kubeapi/serve";
import { LabStalled, runToEnd } from "@/workstation/lab/drive";
import { exceptionOf } from "./parity-exceptions";
import { FILES, LINES } from "./parity-lines";

const STOCK = ["/usr/lib/google-cloud-sdk/bin/kubectl.1.33", "/usr/local/bin/kubectl", "/usr/bin/kubectl"];

/** A line that takes longer than this is stopped, in wall time by a stock kubectl and in lab time by ours. */
const LINE_LIMIT_MS = 90_000;

/** Lines start no later in a second than this, so that ages are the same for both. */
const LATEST_IN_SECOND_MS = 600;

interface Printed {
  exit: number;
  stdout: string;
  stderr: string;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "boolean", default: false }, kubectl: { type: "string" } },
  });
  const stock = values.kubectl ?? STOCK.find((one) => existsSync(one));
  if (!stock) {
    console.log(
      values.json ? JSON.stringify({ lines: 0, differing: 0, excepted: 0 }) : "There is no stock kubectl here.",
    );
    return;
  }
  const lines = positionals[0] ? linesOf(await readFile(positionals[0], "utf8")) : LINES;
  const folder = await mkdtemp(path.join(tmpdir(), "parity-"));
  const served = await serveCluster({ port: 0, speed: 1, seed: "parity", files: FILES });
  const result = { lines: lines.length, differing: 0, excepted: 0 };
  try {
    await symlink(stock, path.join(folder, "kubectl"));
    await writeFile(path.join(folder, "config"), served.kubeconfig);
    for (const [name, content] of Object.entries(FILES)) await writeFile(path.join(folder, name), content);
    for (const line of lines) {
      const [real, ours] = await both(served, folder, line);
      if (JSON.stringify(real) === JSON.stringify(ours)) continue;
      const exception = exceptionOf(line);
      if (exception) result.excepted++;
      else result.differing++;
      if (!values.json && !exception) console.log(difference(line, real, ours));
    }
  } finally {
    await served.close();
    await rm(folder, { recursive: true, force: true });
  }
  console.log(
    values.json
      ? JSON.stringify(result)
      : `${result.lines} lines, ${result.differing} differ, ${result.excepted} more may.`,
  );
}

const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));

/** Our own kubectl runs on a fork, so that the line's effect on the served cluster is the stock one's alone. */
async function both(served: ServedCluster, folder: string, line: string): Promise<[Printed, Printed]> {
  const { lab, clock } = served;
  const intoSecond = Date.now() % 1000;
  if (intoSecond > LATEST_IN_SECOND_MS) await sleep(1000 - intoSecond);
  await clock.catchUp();
  const fork = lab.fork();
  const real = await runStock(folder, line);
  return [masked(real, served.url), masked(await runOurs(fork, line), served.url)];
}

async function runOurs(lab: ServedCluster["lab"], line: string): Promise<Printed> {
  try {
    const { exitCode, stdout, stderr } = await runToEnd(lab, lab.run(line), LINE_LIMIT_MS);
    return { exit: exitCode, stdout, stderr };
  } catch (error) {
    if (!(error instanceof LabStalled)) throw error;
    return { exit: 124, stdout: "", stderr: "" };
  }
}

function runStock(folder: string, line: string): Promise<Printed> {
  const env = {
    ...process.env,
    PATH: `${folder}:/usr/bin:/bin`,
    HOME: folder,
    KUBECONFIG: path.join(folder, "config"),
    LANG: "C.UTF-8",
  };
  return new Promise((resolve) => {
    const child = execFile(
      "/bin/bash",
      ["-c", line],
      { cwd: folder, env, timeout: LINE_LIMIT_MS, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) =>
        resolve({ exit: error ? (typeof error.code === "number" ? error.code : 124) : 0, stdout, stderr }),
    );
    child.stdin?.end();
  });
}

/** The two reach the server by different addresses, and name files and processes at random. */
function masked(printed: Printed, url: string): Printed {
  const mask = (text: string) =>
    text
      .replaceAll(url, "SERVER")
      .replaceAll(/https:\/\/192\.168\.49\.2:8443/g, "SERVER")
      .replaceAll(/"[0-9a-f]{64}"/g, "ID")
      .replaceAll(/\/tmp\/(LIVE|MERGED)-\d+/g, "/tmp/$1")
      .replaceAll(/^((?:---|\+\+\+) \S+)\t.*$/gm, "$1");
  return { exit: printed.exit, stdout: mask(printed.stdout), stderr: mask(printed.stderr) };
}

function difference(line: string, real: Printed, ours: Printed): string {
  const parts = [`$ ${line}`];
  if (real.exit !== ours.exit) parts.push(`  exit: ${real.exit}, ours ${ours.exit}`);
  for (const stream of ["stdout", "stderr"] as const) {
    const [left, right] = [real[stream].split("\n"), ours[stream].split("\n")];
    const at = left.findIndex((text, index) => text !== right[index]);
    const place = at >= 0 ? at : left.length;
    if (real[stream] !== ours[stream])
      parts.push(
        `  ${stream} line ${place + 1}`,
        `    stock: ${left[place] ?? "(end)"}`,
        `    ours:  ${right[place] ?? "(end)"}`,
      );
  }
  return parts.join("\n");
}

await main();
