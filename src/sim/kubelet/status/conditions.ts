import type { Pod } from "../../kinds/types";
import { isSidecar } from "./container-status";

type Json = Record<string, any>;
type Condition = { type: string; status: "True" | "False"; reason?: string; message?: string };

/** The order in which the kubelet lists its own conditions; the scheduler's comes last, others keep their place. */
const OWN = ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady"];

/** All conditions of the status: the kubelet's own anew, the others as they are. */
export function podConditions(
  pod: Pod,
  phase: string,
  init: Json[],
  main: Json[],
  sandbox: boolean,
  now: string,
): Json[] {
  const old = (pod.status?.conditions ?? []) as Json[];
  const initialized = initializedCondition(pod, phase, init);
  const containersReady = containersReadyCondition(pod, phase, init, main);
  const own: Condition[] = [
    { type: "PodReadyToStartContainers", status: sandbox ? "True" : "False" },
    initialized,
    readyCondition(pod, containersReady, old),
    containersReady,
  ];
  const conditions: Json[] = own.map((condition) => dated(condition, old, now));
  const scheduled = old.find((condition) => condition.type === "PodScheduled");
  conditions.push(scheduled ?? dated({ type: "PodScheduled", status: "True" }, old, now));
  for (const condition of old)
    if (!OWN.includes(condition.type) && condition.type !== "PodScheduled") conditions.push(condition);
  return conditions;
}

/** A condition's time is when its status last became another. */
function dated(condition: Condition, old: Json[], now: string): Json {
  const before = old.find((candidate) => candidate.type === condition.type);
  const lastTransitionTime = before && before.status === condition.status ? before.lastTransitionTime : now;
  return { lastProbeTime: null, lastTransitionTime, ...condition };
}

function initializedCondition(pod: Pod, phase: string, init: Json[]): Condition {
  const type = "Initialized";
  if (phase === "Succeeded") return { type, status: "True", reason: "PodCompleted" };
  const specs = pod.spec.initContainers ?? [];
  const incomplete = init
    .filter((status, index) => (isSidecar(specs[index]!) ? !status.started : !status.ready))
    .map((status) => status.name);
  // Once the others run, a sidecar that starts again does not take it back.
  const before = (pod.status?.conditions ?? []).find((condition) => condition.type === type);
  if (
    incomplete.length === 0 ||
    (before?.status === "True" && incomplete.every((name) => isSidecar(specs.find((spec) => spec.name === name)!)))
  )
    return { type, status: "True" };
  return {
    type,
    status: "False",
    reason: "ContainersNotInitialized",
    message: `containers with incomplete status: [${incomplete.join(" ")}]`,
  };
}

function containersReadyCondition(pod: Pod, phase: string, init: Json[], main: Json[]): Condition {
  const type = "ContainersReady";
  if (phase === "Succeeded") return { type, status: "False", reason: "PodCompleted" };
  if (phase === "Failed") return { type, status: "False", reason: "PodFailed" };
  const sidecars = init.filter((_, index) => isSidecar((pod.spec.initContainers ?? [])[index]!));
  const unready = [...sidecars, ...main].filter((status) => !status.ready).map((status) => status.name);
  if (unready.length === 0) return { type, status: "True" };
  return {
    type,
    status: "False",
    reason: "ContainersNotReady",
    message: `containers with unready status: [${unready.join(" ")}]`,
  };
}

function readyCondition(pod: Pod, containersReady: Condition, old: Json[]): Condition {
  if (containersReady.status !== "True") return { ...containersReady, type: "Ready" };
  const texts: string[] = [];
  for (const { conditionType } of pod.spec.readinessGates ?? []) {
    const gate = old.find((condition) => condition.type === conditionType);
    if (!gate) texts.push(`corresponding condition of pod readiness gate "${conditionType}" does not exist.`);
    else if (gate.status !== "True")
      texts.push(`the status of pod readiness gate "${conditionType}" is not "True", but ${gate.status}`);
  }
  if (texts.length === 0) return { type: "Ready", status: "True" };
  return {
    type: "Ready",
    status: "False",
    reason: "ReadinessGatesNotReady",
    message: texts.length === 1 ? texts[0]! : `[${texts.join(", ")}]`,
  };
}
