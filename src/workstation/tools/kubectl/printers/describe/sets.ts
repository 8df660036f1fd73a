import { canonicalQuantity } from "@/sim/kinds/quantity";
import { formatSelector, selectorQuery } from "../../resource/labels";
import { eventsLines } from "./events";
import { podTemplateLines } from "./pod-template";
import type { Describer } from "./types";
import { podsStatus } from "./workloads";
import { annotationsLines, labelsLines, mapText, timeText, type Writer } from "./writer";

const CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

export const describeStatefulSet: Describer = async (w, set, world) => {
  const { metadata, spec, status = {} } = set;
  w.line(`Name:\t${metadata.name}`);
  w.line(`Namespace:\t${metadata.namespace}`);
  w.line(`CreationTimestamp:\t${timeText(metadata.creationTimestamp)}`);
  w.line(`Selector:\t${formatSelector(spec.selector)}`);
  labelsLines(w, "Labels", metadata.labels);
  annotationsLines(w, "Annotations", metadata.annotations);
  w.line(`Replicas:\t${spec.replicas} desired | ${status.replicas ?? 0} total`);
  w.line(`Update Strategy:\t${spec.updateStrategy?.type ?? ""}`);
  const { partition, maxUnavailable } = spec.updateStrategy?.rollingUpdate ?? {};
  if (partition !== undefined) {
    w.line(`  Partition:\t${partition}`);
    if (maxUnavailable !== undefined) w.line(`  MaxUnavailable:\t${maxUnavailable}`);
  }
  w.line(`Pods Status:\t${await podsStatus(world, set, selectorQuery(spec.selector))}`);
  podTemplateLines(w, spec.template);
  claimTemplatesLines(w, spec.volumeClaimTemplates ?? []);
  eventsLines(w, await world.events(set), world.nowMs);
};

function claimTemplatesLines(w: Writer, templates: any[]): void {
  w.line(templates.length === 0 ? "Volume Claims:\t<none>" : "Volume Claims:");
  for (const { metadata, spec = {} } of templates) {
    const capacity = spec.resources?.requests?.storage;
    w.line(`  Name:\t${metadata?.name ?? ""}`);
    w.line(`  StorageClass:\t${metadata?.annotations?.[CLASS_ANNOTATION] ?? spec.storageClassName ?? ""}`);
    pairsLines(w, "Labels", metadata?.labels);
    pairsLines(w, "Annotations", metadata?.annotations);
    w.line(`  Capacity:\t${capacity === undefined ? "<default>" : canonicalQuantity(capacity)}`);
    w.line(`  Access Modes:\t[${(spec.accessModes ?? []).join(" ")}]`);
  }
}

/** Annotations of claims are written as labels are. */
const pairsLines = (w: Writer, title: string, pairs: Record<string, string> | undefined): void =>
  labelsLines(w, `  ${title}`, pairs);

export const describeDaemonSet: Describer = async (w, set, world) => {
  const { metadata, spec, status = {} } = set;
  w.line(`Name:\t${metadata.name}`);
  w.line(`Namespace:\t${metadata.namespace}`);
  w.line(`Selector:\t${formatSelector(spec.selector)}`);
  w.line(`Node-Selector:\t${mapText(spec.template?.spec?.nodeSelector)}`);
  labelsLines(w, "Labels", metadata.labels);
  annotationsLines(w, "Annotations", metadata.annotations);
  w.line(`Desired Number of Nodes Scheduled: ${status.desiredNumberScheduled ?? 0}`);
  w.line(`Current Number of Nodes Scheduled: ${status.currentNumberScheduled ?? 0}`);
  w.line(`Number of Nodes Scheduled with Up-to-date Pods: ${status.updatedNumberScheduled ?? 0}`);
  w.line(`Number of Nodes Scheduled with Available Pods: ${status.numberAvailable ?? 0}`);
  w.line(`Number of Nodes Misscheduled: ${status.numberMisscheduled ?? 0}`);
  w.line(`Pods Status:\t${await podsStatus(world, set, selectorQuery(spec.selector))}`);
  podTemplateLines(w, spec.template);
  eventsLines(w, await world.events(set), world.nowMs);
};
