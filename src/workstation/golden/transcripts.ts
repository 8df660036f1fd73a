import { goldenText } from "@/sim/golden/cases";
import type { CaseResult, Suite } from "@/sim/golden/suite";
import { Bench } from "../tools/kubectl/testing/bench";

interface Entry {
  cmd?: string;
  settle_s?: number;
  exit: number;
  stdout: string;
  stderr: string;
}

/** Manifests that the recorded command lines name. */
const FILES =
  "web svc svcbad nokind broken unknownkind typo badsel badpod big ds ing job limits np pvc quota rc sts".split(" ");

/** What passed between two recorded command lines, in which controllers did their part. */
const PAUSE_MS = 200;

/** What no two clusters have alike: hashes, generated names, addresses, times and ages. */
const masked = (text: string) =>
  text
    .replace(/\bsite-[0-9a-z]+-[0-9a-z]{5}\b/g, "site-POD")
    .replace(/\bq-[0-9a-z]+-[0-9a-z]{5}\b/g, "q-POD")
    .replace(/\b(site|q)-[0-9a-f]{8,10}\b/g, "$1-HASH")
    .replace(/\b(site|q)-(?=\w*\d)[0-9a-z]{5,10}\b/g, "$1-HASH")
    .replace(/pod-template-hash=[0-9a-z]+/g, "pod-template-hash=HASH")
    .replace(/\b\d{4}-\d\d-\d\dT[\d:]+Z/g, "TIME")
    .replace(/\b\w{3}, \d\d \w{3} \d{4} [\d:]+ \+0000/g, "TIME")
    .replace(/\b(resourceVersion|uid): \S+/g, "$1: OWN")
    .replace(/\b(10|192)\.\d+\.\d+\.\d+\b/g, "IP")
    .replace(/\b\d+m?\d*s\b/g, "AGE")
    .replace(/ +/g, " ");

const line = ({ exit, stdout, stderr }: Pick<Entry, "exit" | "stdout" | "stderr">) =>
  JSON.stringify({ exit, stdout: masked(stdout), stderr: masked(stderr) });

async function run(): Promise<CaseResult[]> {
  const bench = new Bench(
    Object.fromEntries(FILES.map((name) => [`files/${name}.yaml`, goldenText(`transcripts/files/${name}.yaml`)])),
  );
  await bench.run("create deployment web --image=nginx");
  const entries: Entry[] = goldenText("transcripts/workloads.jsonl")
    .trim()
    .split("\n")
    .map((text) => JSON.parse(text));
  const results: CaseResult[] = [];
  for (const [index, { cmd, settle_s, ...recorded }] of entries.entries()) {
    if (!cmd) {
      bench.settle((settle_s ?? 1) * 10_000);
      continue;
    }
    // The recorded nodes made pods ready at once; a real image takes its time.
    const { code, ...printed } = await bench.run(
      cmd.replace(/^kubectl /, "").replace("--timeout=30s", "--timeout=300s"),
    );
    bench.settle(PAUSE_MS);
    const [seen, wanted] = [line({ exit: code, ...printed }), line(recorded)];
    results.push({ id: String(index + 1), what: cmd, complaints: seen === wanted ? [] : [`${seen}, not ${wanted}`] });
  }
  return results;
}

/** One case a command line; each is run on what those before it left. */
export const transcriptsSuite: Suite = {
  file: "transcripts/workloads.jsonl",
  exceptions: new URL("./exceptions/", import.meta.url),
  run,
};
