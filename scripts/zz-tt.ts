import { Lab } from "@/workstation/lab/lab";

const lab = Lab.create({
  seed: "a",
  startMs: 1_767_603_600_000,
  files: {
    "hello.txt": "hi\nthere\n",
    "pod.yaml":
      "apiVersion: v1\nkind: Pod\nmetadata: {name: bb}\nspec: {containers: [{name: c, image: busybox, command: [sh, -c, 'while true; do echo tick; sleep 2; done']}]}\n",
    "n.yaml":
      "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: c, image: 'nginx:1.25'}]}\n",
  },
});
const term = lab.openTerminal("t1", { columns: 80, rows: 24 });
let out = "";
term.onOutput((d) => {
  out += d;
});
const steps: [string, number][] = JSON.parse(process.argv[2]!);
await lab.advanceTo(lab.nowMs + 10);
for (const [keys, ms] of steps) {
  const t = performance.now();
  term.input(keys);
  await lab.advanceTo(lab.nowMs + ms);
  console.log(JSON.stringify(keys), (performance.now() - t).toFixed(0) + "ms", JSON.stringify(out));
  out = "";
}
process.exit(0);
