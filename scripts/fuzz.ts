/** npm run -s fuzz -- [--requests N] [--seed TEXT]: random requests, valid, broken, huge and hostile; each must get a proper answer. */
import { parseArgs } from "node:util";
import { fuzz } from "@/server/kubeapi/fuzz/run";

const { values } = parseArgs({
  options: { requests: { type: "string", default: "10000" }, seed: { type: "string", default: "fuzz" } },
});
const begun = performance.now();
const { requests, byStatus, findings } = await fuzz({ requests: Number(values.requests), seed: values.seed });
for (const { seed, at, what, request } of findings) console.log(`${seed} #${at}: ${what}\n  ${request}\n`);
console.log(`${requests} requests in ${Math.round((performance.now() - begun) / 1000)} s: ${JSON.stringify(byStatus)}`);
console.log(findings.length === 0 ? "Nothing was found." : `${findings.length} findings.`);
process.exit(findings.length === 0 ? 0 : 1);
