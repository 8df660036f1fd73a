import { describe, expect, test } from "vitest";
import { goldenCases, hasGolden } from "../golden/cases";
import { nodeAffinity, nodeName, nodeUnschedulable, taintToleration } from "./filters/node";
import { nodePorts } from "./filters/node-ports";
import { insufficient, resourcesFit } from "./filters/resources-fit";
import type { Cycle, FilterPlugin, NodeInfo } from "./framework";
import { nodeInfo } from "./node-info";
import type { Resources } from "./resources";
import { leastRequestedScore } from "./scores/resources";

const NO_CYCLE: Cycle = { nodes: [], firstNode: 0, namespaceLabels: () => ({}), defaultSelector: [] };

const plugins: Record<string, FilterPlugin> = {
  "Fit.Filter": resourcesFit,
  "TaintToleration.Filter": taintToleration,
  "NodeAffinity.Filter": nodeAffinity,
  "NodeName.Filter": nodeName,
  "NodeUnschedulable.Filter": nodeUnschedulable,
  "NodePorts.Filter": nodePorts,
};

/** The recordings are of 1.20; these are the words of 1.33. */
const NEW_WORDS: [RegExp, string][] = [
  [/^node\(s\) had taint (\{.*\}), that the pod didn't tolerate$/, "node(s) had untolerated taint $1"],
  [/^node\(s\) didn't match Pod's node affinity$/, "node(s) didn't match Pod's node affinity/selector"],
  [/^node\(s\) didn't match the requested hostname$/, "node(s) didn't match the requested node name"],
];
const newWords = (reason: string) => NEW_WORDS.reduce((text, [from, to]) => text.replace(from, to), reason);

function infoOf(recorded: any): NodeInfo {
  const node = recorded.node ?? { metadata: { name: "none" }, spec: {}, status: {} };
  return nodeInfo(
    node,
    (recorded.pods ?? []).map((pod: any) => ({ ...pod, spec: { ...pod.spec, containers: pod.spec.containers ?? [] } })),
  );
}

const ask = (fn: string, pod: any, recorded: any) => {
  const plugin = plugins[fn]!;
  const refusal = plugin.filter(pod, infoOf(recorded), plugin.prepare?.(pod, NO_CYCLE));
  if (!refusal) return { code: "Success" };
  return { code: refusal.unresolvable ? "UnschedulableAndUnresolvable" : "Unschedulable", reasons: refusal.reasons };
};

const files = ["noderesources", "tainttoleration", "nodeaffinity", "nodename", "nodeunschedulable", "nodeports"];

describe.skipIf(!hasGolden)("as recorded from Kubernetes (skipped without the recordings)", () => {
  test.each(files)("filters: %s", (file) => {
    for (const { fn, in: input, out, test: name } of goldenCases(`sched-${file}.jsonl.gz`)) {
      const [status] = out;
      // Left out: errors of the test harness itself, and a profile's own added affinity, which a lab does not have.
      if (!plugins[fn] || status.code === "Error" || status.reasons?.[0]?.includes("scheduler-enforced")) continue;
      // And one with the counting of local storage switched off, which 1.33 can no longer do.
      if (
        name === "TestStorageRequests" &&
        status.code === "Success" &&
        JSON.stringify(input[3]).includes('"ephemeral-storage":"25"')
      )
        continue;
      // These ran with a resource ignored, which the recording does not show.
      const ignored =
        JSON.stringify(input[3]).includes("example.com/bbb") &&
        !status.reasons?.includes("Insufficient example.com/bbb");
      if (ignored) continue;
      const expected = status.reasons
        ? { code: status.code, reasons: status.reasons.map(newWords) }
        : { code: status.code };
      expect({ fn, input, out: ask(fn, input[3], input[4]) }).toEqual({ fn, input, out: expected });
    }
  });

  test("what a node lacks", () => {
    let asked = 0;
    for (const { fn, in: input, out } of goldenCases("sched-noderesources.jsonl.gz")) {
      if (fn !== "fitsRequest" || Object.keys(input[2]).length + Object.keys(input[3]).length > 0) continue;
      const { MilliCPU, Memory, EphemeralStorage, ScalarResources } = input[0];
      const requests: Resources = {
        cpu: MilliCPU,
        memory: Memory,
        "ephemeral-storage": EphemeralStorage,
        ...ScalarResources,
      };
      expect(insufficient(requests, infoOf(input[1]))).toEqual((out[0] ?? []).map(({ Reason }: any) => Reason));
      asked++;
    }
    expect(asked).toBeGreaterThan(20);
  });

  test("least requested", () => {
    for (const { fn, in: input, out } of goldenCases("sched-noderesources.jsonl.gz")) {
      if (fn === "leastRequestedScore") expect(leastRequestedScore(input[0], input[1])).toBe(out[0]);
    }
  });
});
