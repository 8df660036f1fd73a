import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { type ServedCluster, serveCluster } from "@/server/kubeapi/serve";
import { LabStalled, runToEnd } from "@/workstation/lab/drive";
import type { Area, Printed } from "./area";
import { withoutProse } from "./help";

/** A line that takes longer than this is stopped, in wall time by a stock kubectl and in lab time by ours. */
const LINE_LIMIT_MS = 90_000;

/** Lines that only read may be run again where they differ: an age may have changed while the stock kubectl ran. */
const READS =
  /^(\w+=\S+ )?kubectl (-\S+ )*(get|describe|explain|api-\w+|events|top|rollout (status|history)|logs|version|auth|cluster-info|diff|options)\b[^;&|>]*$/;

/** Repetitions start this early in a second. */
const EARLY_MS = 150;
/** A line that changes something does not start later than this in a second, so that both see the same one. */
const LATE_MS = 600;
/** A busy machine may need more than one repetition until both kubectl see the same second. */
const REPETITIONS = 2;

export interface Compared {
  line: string;
  real: Printed;
  ours: Printed;
  same: boolean;
  tookMs: number;
}

/** Runs an area's lines with both kubectl, and tells of each line as soon as it is known. */
export async function runArea(area: Area, stock: string, onLine: (compared: Compared) => void): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "parity-"));
  const files = { ...area.files };
  const served = await serveCluster({ port: 0, speed: 1, seed: `parity-${area.name}`, files });
  try {
    await symlink(stock, path.join(folder, "kubectl"));
    await writeFile(path.join(folder, "config"), served.kubeconfig);
    for (const [name, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), content);
    }
    for (const line of area.setup ?? []) {
      const { exit, stderr } = await runStock(folder, line);
      if (exit !== 0) throw new Error(`${area.name}: the line that prepares the cluster fails: ${line}\n${stderr}`);
    }
    for (const line of area.lines) onLine(await compare(area, served, folder, line));
  } finally {
    await served.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(area: Area, served: ServedCluster, folder: string, line: string): Promise<Compared> {
  const begun = performance.now();
  for (let run = 0; ; run++) {
    if (run > 0 || (!READS.test(line) && Date.now() % 1000 > LATE_MS)) await startOfSecond();
    const counts = area.compared ?? ((printed: Printed) => printed);
    const [real, ours] = (await both(served, folder, line)).map(counts) as [Printed, Printed];
    const same = isDeepStrictEqual(real, ours);
    if (same || run >= REPETITIONS || !READS.test(line) || area.compared)
      return { line, real, ours, same, tookMs: performance.now() - begun };
  }
}

async function startOfSecond(): Promise<void> {
  const intoSecond = Date.now() % 1000;
  if (intoSecond > EARLY_MS) await sleep(1000 - intoSecond);
}

/** Our own kubectl runs on a fork, so that the line's effect on the served cluster is the stock one's alone. */
async function both(served: ServedCluster, folder: string, line: string): Promise<[Printed, Printed]> {
  const { lab, clock, url } = served;
  await clock.catchUp();
  const fork = lab.fork();
  const real = await runStock(folder, line);
  return [masked(real, url, folder), masked(await runOurs(fork, line), url, folder)];
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

/** The two reach the server by different addresses, have homes of their own, and name files and processes at random. */
function masked(printed: Printed, url: string, folder: string): Printed {
  const mask = (text: string) =>
    text
      .replaceAll(url, "SERVER")
      .replaceAll(url.replace("http://", ""), "HOST")
      .replaceAll("https://192.168.49.2:8443", "SERVER")
      .replaceAll("192.168.49.2:8443", "HOST")
      .replaceAll(folder, "HOME")
      .replaceAll("/home/learner", "HOME")
      .replaceAll(/"[0-9a-f]{64}"/g, "ID")
      .replaceAll(/:0xc[0-9a-f]{9}\b/g, ":ADDRESS")
      .replaceAll(/&\{0xc[0-9a-f]+ /g, "&{ADDRESS ")
      .replaceAll(/\bon [\d.]+:53:/g, "on DNS:")
      .replaceAll(/kubectl-edit-\d+/g, "kubectl-edit")
      .replaceAll(/\/tmp\/(LIVE|MERGED)-\d+/g, "/tmp/$1")
      .replaceAll(/^((?:---|\+\+\+) \S+)\t.*$/gm, "$1")
      .replaceAll(/^([IWEF])\d{4} \d\d:\d\d:\d\d\.\d{6} +\d+ /gm, "$1 TIME ");
  const shown = (text: string) => withoutProse(mask(text));
  return { exit: printed.exit, stdout: shown(printed.stdout), stderr: shown(printed.stderr) };
}
