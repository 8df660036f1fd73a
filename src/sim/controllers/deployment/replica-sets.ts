import { deepEqual } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import { resolveFenceposts, scaledValue } from "../int-or-percent";
import { POD_TEMPLATE_HASH } from "../pod-template-hash";
import { maxReplicasOf, revisionOf } from "./annotations";

/** The arithmetic of a Deployment and its ReplicaSets, after upstream's deployment util. All pure. */

export const sum = (
  replicaSets: readonly (KubeObject | undefined)[],
  count: (replicaSet: KubeObject) => number,
): number => replicaSets.reduce((total, replicaSet) => total + (replicaSet ? count(replicaSet) : 0), 0);

export const specReplicas = (replicaSet: KubeObject): number => replicaSet.spec.replicas ?? 0;
export const statusReplicas = (replicaSet: KubeObject): number => replicaSet.status?.replicas ?? 0;
export const readyReplicas = (replicaSet: KubeObject): number => replicaSet.status?.readyReplicas ?? 0;
export const availableReplicas = (replicaSet: KubeObject): number => replicaSet.status?.availableReplicas ?? 0;

export const active = (replicaSets: readonly (KubeObject | undefined)[]): KubeObject[] =>
  replicaSets.filter(
    (replicaSet): replicaSet is KubeObject => replicaSet !== undefined && specReplicas(replicaSet) > 0,
  );

const createdAt = (object: KubeObject): string => (object.metadata.creationTimestamp as string | undefined) ?? "";
const byName = (a: KubeObject, b: KubeObject) =>
  a.metadata.name < b.metadata.name ? -1 : a.metadata.name > b.metadata.name ? 1 : 0;

/** Oldest first; those made at the same second by name. */
export const byCreation = (a: KubeObject, b: KubeObject): number =>
  createdAt(a) === createdAt(b) ? byName(a, b) : createdAt(a) < createdAt(b) ? -1 : 1;
/** Largest first, the older first among equals. */
export const bySizeOlder = (a: KubeObject, b: KubeObject): number =>
  specReplicas(b) - specReplicas(a) || byCreation(a, b);
/** Largest first, the newer first among equals. */
export const bySizeNewer = (a: KubeObject, b: KubeObject): number =>
  specReplicas(b) - specReplicas(a) || byCreation(b, a);
export const byRevision = (a: KubeObject, b: KubeObject): number => revisionOf(a) - revisionOf(b) || byCreation(a, b);

/** Two templates are the same when nothing but the hash label tells them apart. */
export function equalIgnoringHash(a: any, b: any): boolean {
  return deepEqual(a?.spec, b?.spec) && deepEqual(withoutHash(a?.metadata), withoutHash(b?.metadata));
}

function withoutHash(metadata: any): any {
  const { labels, ...rest } = metadata ?? {};
  const { [POD_TEMPLATE_HASH]: _hash, ...others } = labels ?? {};
  return { ...rest, creationTimestamp: undefined, ...(Object.keys(others).length > 0 && { labels: others }) };
}

/** The ReplicaSet that has the Deployment's template now; the oldest where several have. */
export const findNewReplicaSet = (deployment: KubeObject, replicaSets: readonly KubeObject[]): KubeObject | undefined =>
  [...replicaSets]
    .sort(byCreation)
    .find((replicaSet) => equalIgnoringHash(replicaSet.spec.template, deployment.spec.template));

/** All others, oldest first. */
export function findOldReplicaSets(deployment: KubeObject, replicaSets: readonly KubeObject[]): KubeObject[] {
  const current = findNewReplicaSet(deployment, replicaSets);
  return [...replicaSets].sort(byCreation).filter((replicaSet) => replicaSet !== current);
}

/** The one ReplicaSet that a change of scale concerns: the only active one or, with none active, the latest. */
export function findActiveOrLatest(
  current: KubeObject | undefined,
  old: readonly KubeObject[],
): KubeObject | undefined {
  const newestFirst = [...old].sort(byCreation).reverse();
  const live = active([...newestFirst, current]);
  if (live.length === 0) return current ?? newestFirst[0];
  return live.length === 1 ? live[0] : undefined;
}

export const isRollingUpdate = (deployment: KubeObject): boolean => deployment.spec.strategy?.type === "RollingUpdate";

export function maxSurge(deployment: KubeObject): number {
  if (!isRollingUpdate(deployment)) return 0;
  const { maxSurge: surge, maxUnavailable } = deployment.spec.strategy.rollingUpdate ?? {};
  return resolveFenceposts(surge, maxUnavailable, deployment.spec.replicas).surge;
}

export function maxUnavailable(deployment: KubeObject): number {
  const { replicas } = deployment.spec;
  if (!isRollingUpdate(deployment) || replicas === 0) return 0;
  const { maxSurge: surge, maxUnavailable: unavailable } = deployment.spec.strategy.rollingUpdate ?? {};
  return Math.min(resolveFenceposts(surge, unavailable, replicas).unavailable, replicas);
}

/** How many replicas the new ReplicaSet may have now, given what all of them ask for. */
export function newReplicaCount(
  deployment: KubeObject,
  all: readonly (KubeObject | undefined)[],
  current: KubeObject,
): number {
  const { replicas } = deployment.spec;
  if (!isRollingUpdate(deployment)) return replicas;
  const surge = scaledValue(deployment.spec.strategy.rollingUpdate?.maxSurge ?? 0, replicas, true);
  const room = replicas + surge - sum(all, specReplicas);
  if (room <= 0) return specReplicas(current);
  return specReplicas(current) + Math.min(room, replicas - specReplicas(current));
}

/** Whether the new ReplicaSet has all that the Deployment wants, so that old ones can go. */
export function isSaturated(deployment: KubeObject, replicaSet: KubeObject | undefined): boolean {
  if (!replicaSet) return false;
  const desired = replicaSet.metadata.annotations?.["deployment.kubernetes.io/desired-replicas"];
  const { replicas } = deployment.spec;
  return (
    Number(desired) === replicas && specReplicas(replicaSet) === replicas && availableReplicas(replicaSet) === replicas
  );
}

/** A ReplicaSet's share of replicas to add (or, negative, to take) when a Deployment is scaled in the middle of a rollout. */
export function proportion(replicaSet: KubeObject, deployment: KubeObject, toAdd: number, added: number): number {
  if (specReplicas(replicaSet) === 0 || toAdd === 0 || toAdd === added) return 0;
  const fraction = fractionOf(replicaSet, deployment);
  const allowed = toAdd - added;
  return toAdd > 0 ? Math.min(fraction, allowed) : Math.max(fraction, allowed);
}

function fractionOf(replicaSet: KubeObject, deployment: KubeObject): number {
  const size = specReplicas(replicaSet);
  if (deployment.spec.replicas === 0) return -size;
  const before = maxReplicasOf(replicaSet) || deployment.status?.replicas || 0;
  if (before === 0) return 0;
  return Math.round((size * (deployment.spec.replicas + maxSurge(deployment))) / before) - size;
}
