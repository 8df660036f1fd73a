import { parseRfc3339 } from "@/sim/kernel/time";
import { humanDuration } from "@/sim/kinds/printing";
import { containersLines } from "./containers";
import { eventsLines } from "./events";
import { tolerationsLines, topologySpreadLines } from "./pod-template";
import type { Describer } from "./types";
import { volumesLines } from "./volumes";
import { annotationsLines, controllerOf, labelsLines, timeText, type Writer } from "./writer";

export const describePod: Describer = async (w, pod, world) => {
  const { metadata, spec, status = {} } = pod;
  w.line(`Name:\t${metadata.name}`);
  w.line(`Namespace:\t${metadata.namespace}`);
  if (spec.priority !== undefined) w.line(`Priority:\t${spec.priority}`);
  if (spec.priorityClassName) w.line(`Priority Class Name:\t${spec.priorityClassName}`);
  if (spec.runtimeClassName) w.line(`Runtime Class Name:\t${spec.runtimeClassName}`);
  if (spec.serviceAccountName) w.line(`Service Account:\t${spec.serviceAccountName}`);
  w.line(`Node:\t${spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ""}` : "<none>"}`);
  if (status.startTime) w.line(`Start Time:\t${timeText(status.startTime)}`);
  labelsLines(w, "Labels", metadata.labels);
  annotationsLines(w, "Annotations", metadata.annotations);
  phaseLines(w, pod, world.nowMs);
  w.line(`IP:\t${status.podIP ?? ""}`);
  if (!status.podIPs?.length) w.line("IPs:\t<none>");
  else {
    w.line("IPs:");
    for (const { ip } of status.podIPs) w.line(`  IP:\t${ip}`);
  }
  const controller = controllerOf(pod);
  if (controller) w.line(`Controlled By:\t${controller}`);
  if (status.nominatedNodeName) w.line(`NominatedNodeName:\t${status.nominatedNodeName}`);
  if (spec.initContainers?.length)
    containersLines(w, "Init Containers", spec.initContainers, false, { statuses: status.initContainerStatuses, pod });
  containersLines(w, "Containers", spec.containers ?? [], false, { statuses: status.containerStatuses, pod });
  if (spec.ephemeralContainers?.length)
    containersLines(w, "Ephemeral Containers", spec.ephemeralContainers, false, {
      statuses: status.ephemeralContainerStatuses,
      pod,
    });
  conditionLines(w, spec, status);
  volumesLines(w, spec.volumes, false);
  w.line(`QoS Class:\t${status.qosClass ?? ""}`);
  labelsLines(w, "Node-Selectors", spec.nodeSelector);
  tolerationsLines(w, "Tolerations", spec.tolerations);
  topologySpreadLines(w, spec.topologySpreadConstraints, "");
  eventsLines(w, await world.events(pod), world.nowMs);
};

function phaseLines(w: Writer, { metadata, status = {} }: any, nowMs: number): void {
  const ended = status.phase === "Failed" || status.phase === "Succeeded";
  if (metadata.deletionTimestamp && !ended) {
    const since = parseRfc3339(metadata.deletionTimestamp);
    w.line(`Status:\tTerminating (lasts ${since === undefined ? "<unknown>" : humanDuration(nowMs - since)})`);
    w.line(`Termination Grace Period:\t${metadata.deletionGracePeriodSeconds ?? 0}s`);
  } else w.line(`Status:\t${status.phase ?? ""}`);
  if (status.reason) w.line(`Reason:\t${status.reason}`);
  if (status.message) w.line(`Message:\t${status.message}`);
}

function conditionLines(w: Writer, spec: any, status: any): void {
  const conditions: any[] = status.conditions ?? [];
  if (spec.readinessGates?.length) {
    w.line("Readiness Gates:");
    w.line("  Type\tStatus");
    for (const { conditionType } of spec.readinessGates) {
      w.line(`  ${conditionType} \t${conditions.find(({ type }) => type === conditionType)?.status ?? "<none>"} `);
    }
  }
  if (conditions.length === 0) return;
  w.line("Conditions:");
  w.line("  Type\tStatus");
  for (const { type, status: value } of conditions) w.line(`  ${type} \t${value} `);
}
