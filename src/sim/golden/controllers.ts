import { isComplete, isProgressing, isTimedOut } from "../controllers/deployment/conditions";
import {
  active,
  equalIgnoringHash,
  findNewReplicaSet,
  findOldReplicaSets,
  isSaturated,
  maxUnavailable,
  newReplicaCount,
  specReplicas,
  statusReplicas,
  sum,
} from "../controllers/deployment/replica-sets";
import { resolveFenceposts } from "../controllers/int-or-percent";
import { isPodActive } from "../controllers/pod-state";
import { podFromTemplate } from "../controllers/replica-set/pod-from-template";
import { comparePodsForDeletion } from "../controllers/replica-set/ranking";
import { parseRfc3339 } from "../kernel/time";
import { withoutNulls } from "./manifest";
import { callsSuite, differs } from "./suite";
import { attempt } from "./values";

/** The recorder wrote numbers as text. */
const asWritten = (value: string | null) => (value === null ? undefined : /^\d+$/.test(value) ? Number(value) : value);

/** These cases ran with a clock of their own, which stood still; noted with them is that of the wall. */
const TIMED_OUT_AT = parseRfc3339("2016-01-01T00:01:20Z")!;

export const deploymentSuite = callsSuite("deploy-util.jsonl.gz", {
  FindNewReplicaSet: ({ in: [deployment, all], out }) => differs(findNewReplicaSet(deployment, all) ?? null, out[0]),
  EqualIgnoreHash: ({ in: [a, b], out }) => differs(equalIgnoringHash(a, b), out[0]),
  // Upstream gives those that have pods as well; only all of them matter here.
  FindOldReplicaSets: ({ in: [deployment, all], out }) => differs(findOldReplicaSets(deployment, all), out[1] ?? []),
  GetReplicaCountForReplicaSets: ({ in: [all], out }) => differs(sum(all, specReplicas), out[0]),
  GetActualReplicaCountForReplicaSets: ({ in: [all], out }) => differs(sum(all, statusReplicas), out[0]),
  ResolveFenceposts: ({ in: [maxSurge, maxUnavailable, desired], out: [surge, unavailable, failure] }) =>
    differs(
      attempt(() => resolveFenceposts(asWritten(maxSurge), asWritten(maxUnavailable), desired)),
      failure ?? { surge, unavailable },
    ),
  NewRSNewReplicas: ({ in: [deployment, all, current], out }) =>
    differs(newReplicaCount(deployment, all, current), out[0]),
  DeploymentComplete: ({ in: [deployment, status], out }) => differs(isComplete(deployment, status), out[0]),
  DeploymentProgressing: ({ in: [deployment, status], out }) => differs(isProgressing(deployment, status), out[0]),
  DeploymentTimedOut: ({ in: [deployment, status], out }) =>
    differs(isTimedOut(deployment, status, TIMED_OUT_AT), out[0]),
  MaxUnavailable: ({ in: [deployment], out }) => differs(maxUnavailable(deployment), out[0]),
  IsSaturated: ({ in: [deployment, replicaSet], out }) => differs(isSaturated(deployment, replicaSet), out[0]),
});

/** Go's types have a status always; the namespace comes from the request there, from the object here. */
const madeOf = ({ metadata: { namespace: _, ...metadata }, spec }: any) => ({ metadata, spec });

export const controllerSuite = callsSuite("ctrl-utils.jsonl.gz", {
  "ActivePodsWithRanks.Less": ({ in: [{ Pods, Rank }, i, j], out }) =>
    differs(comparePodsForDeletion(Pods[i], Pods[j], Rank[i], Rank[j]) < 0, out[0]),
  FilterActivePods: ({ in: [pods], out }) => differs(pods.filter(isPodActive), out[0]),
  FilterActiveReplicaSets: ({ in: [all], out }) => differs(active(all.map((one: any) => one ?? undefined)), out[0]),
  GetPodFromTemplate: ({ in: [template, parent, owner], out }) =>
    differs(withoutNulls(madeOf(podFromTemplate(template, parent, owner))), withoutNulls(madeOf(out[0]))),
  IsPodActive: ({ in: [pod], out }) => differs(isPodActive(pod), out[0]),
});
