import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_START_MS } from "@/sim/options";
import { runToEnd } from "@/workstation/lab/drive";
import { Lab } from "@/workstation/lab/lab";
import { isSoundAgain, type Soundness, soundnessOf } from "./soundness";
import { aim, STROKE_NAMES, type StrokeName } from "./strokes";

const LIMIT_MS = 600_000;
let before: Lab;

const run = (lab: Lab, script: string) => runToEnd(lab, lab.run(script), LIMIT_MS);

beforeAll(async () => {
  before = Lab.create({ seed: "chaos", startMs: DEFAULT_START_MS });
  const made = await run(
    before,
    `kubectl create deployment web --image=nginx:1.25 --replicas=2
     kubectl expose deployment web --port 80
     kubectl run lone --image=nginx:1.25
     kubectl rollout status deployment/web
     kubectl wait --for=condition=Ready pod/lone`,
  );
  expect(made.exitCode).toBe(0);
});

function strike(stroke: StrokeName, draw = (_count: number) => 0): { lab: Lab; sound: Soundness } {
  const lab = before.fork();
  const aimed = aim(stroke, lab.cluster, draw)!;
  const sound = soundnessOf(lab.cluster, aimed, []);
  expect(isSoundAgain(lab.cluster, sound)).toBe(true);
  for (const input of aimed.inputs) {
    const output = lab.apply(input);
    if (input.kind === "api") expect((output as { status: number }).status).toBeLessThan(300);
  }
  return { lab, sound };
}

/** What a learner does about it; where time alone heals, nothing. */
const MENDED: Record<StrokeName, string> = {
  "kill-pods": "sleep 30",
  "node-down": `kubectl wait --for=condition=Ready=Unknown node/node-1 --timeout=90s
     kubectl delete pod --all --force --grace-period=0
     kubectl run lone --image=nginx:1.25; sleep 400`,
  "kubelet-down": `for node in node-1 node-2; do ssh $node sudo systemctl start kubelet; done; sleep 60`,
  "bad-image": "kubectl rollout undo deployment/web; sleep 60",
  "dns-broken": "kubectl scale deployment/coredns -n kube-system --replicas=2; sleep 60",
  "scheduler-down": `ssh control-plane sudo mv /etc/kubernetes/kube-scheduler.yaml /etc/kubernetes/manifests/; sleep 90`,
  "nodes-cordoned": "kubectl uncordon node-1; sleep 60",
  "endpoints-lost": `kubectl patch service web -p '{"spec":{"selector":{"app":"web"}}}'; sleep 10`,
};

describe("strokes of chaos", () => {
  it.each(STROKE_NAMES)("%s is felt, and mended by the means of the lab", async (stroke) => {
    const { lab, sound } = strike(stroke);
    await lab.advanceTo(lab.nowMs + 200);
    expect(isSoundAgain(lab.cluster, sound)).toBe(false);
    const { stdout, stderr } = await run(lab, MENDED[stroke]);
    expect(isSoundAgain(lab.cluster, sound), stdout + stderr).toBe(true);
  });

  it("does not take a node for well again while the pods of it are only thought to run", async () => {
    const { lab, sound } = strike("node-down");
    await lab.advanceTo(lab.nowMs + 10_000);
    expect(isSoundAgain(lab.cluster, sound)).toBe(false);
  });

  it("spares a cluster in which there is nothing to break", () => {
    const empty = Lab.create({ seed: "empty", startMs: DEFAULT_START_MS });
    const spared = STROKE_NAMES.filter((stroke) => aim(stroke, empty.cluster, () => 0) === undefined);
    expect(spared).toEqual(["kill-pods", "node-down", "bad-image", "nodes-cordoned", "endpoints-lost"]);
  });

  it("brings a bare pod back by nothing but the learner", async () => {
    const { lab, sound } = strike("kill-pods", (count) => count - 1);
    await run(lab, "sleep 120");
    expect(isSoundAgain(lab.cluster, sound)).toBe(false);
    await run(lab, "kubectl run lone --image=nginx:1.25; sleep 30");
    expect(isSoundAgain(lab.cluster, sound)).toBe(true);
  });
});
