import { nodeAffinity, nodeName, nodeUnschedulable, taintToleration } from "../scheduler/filters/node";
import { nodePorts } from "../scheduler/filters/node-ports";
import { insufficient, resourcesFit } from "../scheduler/filters/resources-fit";
import type { Cycle, FilterPlugin, NodeInfo } from "../scheduler/framework";
import { nodeInfo } from "../scheduler/node-info";
import type { Resources } from "../scheduler/resources";
import { leastAllocated, leastRequestedScore } from "../scheduler/scores/resources";
import { type Ask, callsSuite, differs, NOT_RUN, type Suite } from "./suite";

const NO_CYCLE: Cycle = {
  nodes: [],
  firstNode: 0,
  namespaceLabels: () => ({}),
  defaultSelector: [],
  nominated: new Map(),
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

const filtered =
  (plugin: FilterPlugin<any>): Ask =>
  ({ in: [, , , pod, recorded], out: [status] }) => {
    const refusal = plugin.filter(pod, infoOf(recorded), plugin.prepare?.(pod, NO_CYCLE));
    const got = refusal
      ? { code: refusal.unresolvable ? "UnschedulableAndUnresolvable" : "Unschedulable", reasons: refusal.reasons }
      : { code: "Success" };
    const { code, reasons } = status;
    return differs(got, reasons ? { code, reasons: reasons.map(newWords) } : { code });
  };

const fitsRequest: Ask = ({ in: [request, recorded], out }) => {
  const { MilliCPU, Memory, EphemeralStorage, ScalarResources } = request;
  const requests: Resources = {
    cpu: MilliCPU,
    memory: Memory,
    "ephemeral-storage": EphemeralStorage,
    ...ScalarResources,
  };
  const want = (out[0] ?? []).map(({ Reason }: any) => Reason);
  return differs(insufficient(requests, infoOf(recorded)), want);
};

const fits: Ask = ({ in: [pod, recorded], out }) =>
  differs(nodeName.filter(pod, infoOf(recorded), undefined) === undefined, out[0]);

/** The scorer of the default profile; the recordings have others beside it. */
const allocationScore: Ask = ({ in: [scorer, pod, recorded], out }) => {
  if (scorer.Name !== "NodeResourcesLeastAllocated") return [NOT_RUN];
  const wanted = leastAllocated.prepare(pod, NO_CYCLE, [])!;
  return differs(leastAllocated.score(pod, infoOf(recorded), wanted), out[0]);
};

export const schedulingSuites: Suite[] = [
  callsSuite("sched-noderesources.jsonl.gz", {
    "Fit.Filter": filtered(resourcesFit),
    fitsRequest,
    "resourceAllocationScorer.score": allocationScore,
    leastRequestedScore: ({ in: [requested, capacity], out }) =>
      differs(leastRequestedScore(requested, capacity), out[0]),
  }),
  callsSuite("sched-nodeaffinity.jsonl.gz", { "NodeAffinity.Filter": filtered(nodeAffinity) }),
  callsSuite("sched-tainttoleration.jsonl.gz", { "TaintToleration.Filter": filtered(taintToleration) }),
  callsSuite("sched-nodename.jsonl.gz", { "NodeName.Filter": filtered(nodeName), Fits: fits }),
  callsSuite("sched-nodeports.jsonl.gz", { "NodePorts.Filter": filtered(nodePorts) }),
  callsSuite("sched-nodeunschedulable.jsonl.gz", { "NodeUnschedulable.Filter": filtered(nodeUnschedulable) }),
  callsSuite("sched-imagelocality.jsonl.gz", {}),
];
