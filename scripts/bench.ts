/** npm run -s bench -- [--json]: the figures that Podium is built for, beside @ngrok/webernetes where it does the same work. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Metric } from "./bench/metric";

if (!globalThis.gc) {
  // Heap figures want a collector that can be called: start again with it.
  const { status } = spawnSync(
    process.execPath,
    ["--expose-gc", "--import", "tsx", fileURLToPath(import.meta.url), ...process.argv.slice(2)],
    { stdio: "inherit" },
  );
  process.exit(status ?? 1);
}

/** A bundle of one of these scripts, for packages whose modules Node cannot load as they are. */
async function bundled(script: string): Promise<string> {
  const outfile = fileURLToPath(new URL("../node_modules/.cache/podium/webernetes.mjs", import.meta.url));
  await build({
    entryPoints: [fileURLToPath(new URL(script, import.meta.url))],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  return outfile;
}

const { apiMetrics } = await import("./bench/api");
const { podiumMetrics } = await import("./bench/podium");
const { restoreMetric } = await import("./bench/restore");
const { scaleMetrics } = await import("./bench/scale");
const { webernetesMetrics } = (await import(
  await bundled("bench/webernetes.ts")
)) as typeof import("./bench/webernetes");

const json = process.argv.includes("--json");
const say = (text: string) => {
  if (!json) console.error(text);
};
say("measuring Podium …");
const metrics: Metric[] = await podiumMetrics();
say("measuring the API …");
metrics.push(...(await apiMetrics()));
say("measuring restore from the database …");
metrics.push(await restoreMetric());
say("measuring a large cluster …");
metrics.push(...scaleMetrics());
say("measuring @ngrok/webernetes …");
const peers = await webernetesMetrics();
for (const metric of metrics) {
  const peer = peers.get(metric.name);
  if (peer !== undefined) metric.peer = peer;
}
const round = (value: number) => Number(value.toPrecision(4));
if (json) {
  console.log(
    JSON.stringify(
      {
        metrics: metrics.map((metric) => ({
          ...metric,
          value: round(metric.value),
          ...(metric.peer !== undefined && { peer: round(metric.peer) }),
        })),
      },
      null,
      2,
    ),
  );
} else {
  for (const { name, value, unit, peer, published } of metrics) {
    console.log(
      `${name.padEnd(22)} ${String(round(value)).padStart(10)} ${unit.padEnd(7)}${peer === undefined ? "" : ` webernetes ${round(peer)} ${unit}`}${published ? ` ${published}` : ""}`,
    );
  }
}
process.exit(0);
