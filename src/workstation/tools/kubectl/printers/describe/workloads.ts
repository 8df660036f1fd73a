import { formatSelector, selectorQuery } from "../../resource/labels";
import { compactJson } from "../json";
import { eventsLines } from "./events";
import { podTemplateLines } from "./pod-template";
import type { Describer, World } from "./types";
import { annotationsLines, controllerOf, labelsLines, mapText, timeText, type Writer } from "./writer";

const HASH = "pod-template-hash";

export const describeDeployment: Describer = async (w, deployment, world) => {
  const { metadata, spec, status = {} } = deployment;
  w.line(`Name:\t${metadata.name}`);
  w.line(`Namespace:\t${metadata.namespace}`);
  w.line(`CreationTimestamp:\t${timeText(metadata.creationTimestamp)}`);
  labelsLines(w, "Labels", metadata.labels);
  annotationsLines(w, "Annotations", metadata.annotations);
  w.line(`Selector:\t${formatSelector(spec.selector)}`);
  const count = (value: number | undefined) => value ?? 0;
  w.line(
    `Replicas:\t${count(spec.replicas)} desired | ${count(status.updatedReplicas)} updated | ${count(status.replicas)} total | ${count(status.availableReplicas)} available | ${count(status.unavailableReplicas)} unavailable`,
  );
  w.line(`StrategyType:\t${spec.strategy?.type ?? ""}`);
  w.line(`MinReadySeconds:\t${spec.minReadySeconds ?? 0}`);
  const rolling = spec.strategy?.rollingUpdate;
  if (rolling)
    w.line(`RollingUpdateStrategy:\t${rolling.maxUnavailable} max unavailable, ${rolling.maxSurge} max surge`);
  podTemplateLines(w, spec.template);
  conditionsLines(w, status.conditions);
  const sets = await ownedReplicaSets(world, deployment);
  const newest = newReplicaSet(deployment, sets);
  w.line(`OldReplicaSets:\t${replicaSetsText(sets.filter((each) => each !== newest))}`);
  w.line(`NewReplicaSet:\t${replicaSetsText(newest ? [newest] : [])}`);
  eventsLines(w, await world.events(deployment), world.nowMs);
};

/** ReplicaSets that a Deployment controls, oldest first. */
export async function ownedReplicaSets(world: Pick<World, "list">, deployment: any): Promise<any[]> {
  const sets = await world.list("replicasets.apps", deployment.metadata.namespace, {
    labels: selectorQuery(deployment.spec.selector),
  });
  return sets
    .filter((each) =>
      (each.metadata.ownerReferences ?? []).some(
        (owner: any) => owner.controller && owner.uid === deployment.metadata.uid,
      ),
    )
    .sort((a, b) =>
      a.metadata.creationTimestamp < b.metadata.creationTimestamp
        ? -1
        : a.metadata.creationTimestamp > b.metadata.creationTimestamp
          ? 1
          : 0,
    );
}

/** The ReplicaSet whose template is the Deployment's, but for the hash. */
export function newReplicaSet(deployment: any, sets: any[]): any {
  const wanted = compactJson(withoutHash(deployment.spec.template));
  return sets.find((each) => compactJson(withoutHash(each.spec.template)) === wanted);
}

function withoutHash(template: any): any {
  const { [HASH]: _, ...labels } = template?.metadata?.labels ?? {};
  return { ...template, metadata: { ...template?.metadata, labels } };
}

const replicaSetsText = (sets: any[]): string =>
  sets.length > 0
    ? sets
        .map(
          (each) =>
            `${each.metadata.name} (${each.status?.replicas ?? 0}/${each.spec?.replicas ?? 0} replicas created)`,
        )
        .join(", ")
    : "<none>";

function conditionsLines(w: Writer, conditions: any[] | undefined): void {
  if (!conditions?.length) return;
  w.line("Conditions:");
  w.line("  Type\tStatus\tReason");
  w.line("  ----\t------\t------");
  for (const { type, status, reason = "" } of conditions) w.line(`  ${type} \t${status}\t${reason}`);
}

/** ReplicaSet and ReplicationController differ in their selectors only. */
const replicasDescriber =
  (selectorText: (spec: any) => string, query: (spec: any) => string): Describer =>
  async (w, object, world) => {
    const { metadata, spec, status = {} } = object;
    w.line(`Name:\t${metadata.name}`);
    w.line(`Namespace:\t${metadata.namespace}`);
    w.line(`Selector:\t${selectorText(spec)}`);
    labelsLines(w, "Labels", metadata.labels);
    annotationsLines(w, "Annotations", metadata.annotations);
    const controller = controllerOf(object);
    if (controller) w.line(`Controlled By:\t${controller}`);
    w.line(`Replicas:\t${status.replicas ?? 0} current / ${spec.replicas ?? 0} desired`);
    w.line(`Pods Status:\t${await podsStatus(world, object, query(spec))}`);
    podTemplateLines(w, spec.template);
    conditionsLines(w, status.conditions);
    eventsLines(w, await world.events(object), world.nowMs);
  };

/** Pods that an owner controls, by their phases. */
export async function podsStatus(world: World, owner: any, labels: string): Promise<string> {
  const pods = await world.list("pods", owner.metadata.namespace, { labels });
  const own = pods.filter((pod) =>
    (pod.metadata.ownerReferences ?? []).some((each: any) => each.controller && each.uid === owner.metadata.uid),
  );
  const count = (phase: string) => own.filter((pod) => pod.status?.phase === phase).length;
  return `${count("Running")} Running / ${count("Pending")} Waiting / ${count("Succeeded")} Succeeded / ${count("Failed")} Failed`;
}

export const describeReplicaSet = replicasDescriber(
  (spec) => formatSelector(spec.selector),
  (spec) => selectorQuery(spec.selector),
);

export const describeReplicationController = replicasDescriber(
  (spec) => mapText(spec.selector),
  (spec) => (spec.selector ? mapText(spec.selector) : ""),
);
