import { expect, test } from "vitest";
import { runToEnd } from "../lab/drive";
import { Lab } from "../lab/lab";
import recorded from "./bash-recorded.json";

/** What GNU bash 5.2 printed for each script, standard output and error as one, started in an empty /tmp. */
test.each(recorded)("as bash: $script", async ({ script, output, exitCode }) => {
  const lab = Lab.create({ seed: "bash", startMs: 1_767_603_600_000 });
  let text = "";
  const run = lab.run(`cd /tmp;${script}`, { onOutput: (_, data) => (text += data) });
  const result = await runToEnd(lab, run, 60_000);
  expect({ output: text, exitCode: result.exitCode }).toEqual({ output, exitCode });
});
