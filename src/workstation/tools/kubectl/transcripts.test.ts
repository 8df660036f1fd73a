import { expect, test } from "vitest";
import { goldenText, hasGolden } from "@/sim/golden/cases";
import { Bench } from "./testing/bench";

const FILES = ["web", "svc", "svcbad", "nokind", "broken", "unknownkind", "typo", "badsel", "badpod"];

interface Entry {
  cmd?: string;
  settle_s?: number;
  exit: number;
  stdout: string;
  stderr: string;
}

/**
 * Commands whose recording says something else for a reason: kinds that this cluster does not serve, the older control
 * plane of the recording (1.20), or images and addresses of its make-believe nodes.
 */
const OTHERWISE: [RegExp, string][] = [
  [/autoscale|hpa|quota|limits|team-a/, "kinds that are not served"],
  [/typo\.yaml$|badsel\.yaml/, "unknown fields and wrong types are worded by 1.33's own decoder"],
  [/badpod\.yaml/, "1.33 reports the probe of a container behind its volume mounts"],
  [/patch pod one --type=json|patch pod one -p .*nodeName|patch pod one -p .*image/, "1.33 words refused patches anew"],
  [/rollout|deploy|rs$|scale|set image/, "the recorded nodes make pods ready at once"],
  [
    /describe|endpoints|endpointslices|get svc|get all|get ns|get pod one|get pods -A|jsonpath='\{.metadata.labels|field-selector status/,
    "addresses, ages, conditions and system pods differ",
  ],
];

test.skipIf(!hasGolden)("command lines as recorded from kubectl 1.33 (skipped without the recordings)", async () => {
  const files = Object.fromEntries(
    FILES.map((name) => [`files/${name}.yaml`, goldenText(`transcripts/files/${name}.yaml`)]),
  );
  const bench = new Bench(files);
  await bench.run("create deployment web --image=nginx");
  const entries: Entry[] = goldenText("transcripts/workloads.jsonl")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const failures: unknown[] = [];
  let compared = 0;
  for (const { cmd, settle_s, exit, stdout, stderr } of entries) {
    if (!cmd) {
      bench.settle((settle_s ?? 1) * 10_000);
      continue;
    }
    const result = await bench.run(cmd.replace(/^kubectl /, "").replace("--timeout=30s", "--timeout=300s"));
    if (OTHERWISE.some(([pattern]) => pattern.test(cmd))) continue;
    compared++;
    const seen = { exit: result.code, stdout: masked(result.stdout), stderr: masked(result.stderr) };
    const wanted = { exit, stdout: masked(stdout), stderr: masked(stderr) };
    if (JSON.stringify(seen) !== JSON.stringify(wanted)) failures.push({ cmd, seen, wanted });
  }
  expect(failures).toEqual([]);
  expect(compared).toBeGreaterThan(35);
});

/** Hashes, generated names and ages are left out. */
const masked = (text: string) =>
  text
    .replace(/site-[0-9a-z]+-[0-9a-z]{5}/g, "site-POD")
    .replace(/pod-template-hash=[0-9a-z]+/g, "pod-template-hash=HASH")
    .replace(/\b\d+m?\d*s\b/g, "AGE")
    .replace(/ +/g, " ");
