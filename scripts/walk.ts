/** npm run -s walk -- [--seeds N] [--operations N] [--from N]: random operations and faults; what breaks an invariant is told. */
import { parseArgs } from "node:util";
import { walk } from "@/sim/scenarios/walk";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "200" },
    operations: { type: "string", default: "1000" },
    from: { type: "string", default: "0" },
  },
});
const [seeds, operations, from] = [Number(values.seeds), Number(values.operations), Number(values.from)];
const begun = performance.now();
let findings = 0;
for (let index = from; index < from + seeds; index++) {
  for (const line of walk(`workloads-${index}`, operations)) {
    console.log(line);
    findings++;
  }
}
const seconds = Math.round((performance.now() - begun) / 1000);
console.log(
  `${seeds} walks of ${operations} operations in ${seconds} s: ${findings === 0 ? "nothing" : findings} found.`,
);
process.exit(findings === 0 ? 0 : 1);
