import { jobName, jobOf, minutesOf } from "../controllers/cron-job/job-of";
import { isComplete, isProgressing, isTimedOut } from "../controllers/deployment/conditions";
import {
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
import { isFinished } from "../controllers/job/conditions";
import { isPodActive, isPodAvailable, isPodReady, podCondition } from "../controllers/pod-state";
import { comparePodsForDeletion } from "../controllers/replica-set/ranking";
import { parseRfc3339 } from "../kernel/time";
import { nextTime, parseSchedule } from "../kinds/cron-job/schedule";
import { callsSuite, differs } from "./suite";
import { attempt } from "./values";

/** The recorder wrote numbers as text. */
const asWritten = (value: string | null) => (value === null ? undefined : /^\d+$/.test(value) ? Number(value) : value);

export const deploymentSuite = callsSuite(
  "deploy-util.jsonl.gz",
  {
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
    DeploymentTimedOut: ({ in: [deployment, status], now, out }) =>
      differs(isTimedOut(deployment, status, parseRfc3339(now)!), out[0]),
    MaxUnavailable: ({ in: [deployment], out }) => differs(maxUnavailable(deployment), out[0]),
    IsSaturated: ({ in: [deployment, replicaSet], out }) => differs(isSaturated(deployment, replicaSet), out[0]),
  },
  { open: 1 },
);

export const controllerSuite = callsSuite(
  "ctrl-utils.jsonl.gz",
  {
    "ActivePodsWithRanks.Less": ({ in: [{ Pods, Rank }, i, j], out }) =>
      differs(comparePodsForDeletion(Pods[i], Pods[j], Rank[i], Rank[j]) < 0, out[0]),
    IsPodActive: ({ in: [pod], out }) => differs(isPodActive(pod), out[0]),
  },
  { open: 7 },
);

/** What a Job of the recording has in common with one of 1.33: that names the version and notes the start as well. */
const plainJob = ({ metadata: { name, labels, annotations, ownerReferences }, spec }: any) => {
  const { "batch.kubernetes.io/cronjob-scheduled-timestamp": _, ...rest } = annotations ?? {};
  const owner = ownerReferences?.map(({ kind, name, uid, controller, blockOwnerDeletion }: any) =>
    [kind, name, uid, controller, blockOwnerDeletion].join(),
  );
  return { name, labels, annotations: rest, owner, spec };
};

/** The recording holds two controllers' functions; asked is what 1.33 still has of them. */
export const cronJobSuite = callsSuite(
  "cronjob-utils.jsonl.gz",
  {
    IsJobFinished: ({ in: [job], out }) => differs(isFinished(job), out[0]),
    getTimeHashInMinutes: ({ in: [at], out }) => differs(minutesOf(parseRfc3339(at)!), out[0]),
    getJobName: ({ in: [cronJob, at], out }) => differs(jobName(cronJob, parseRfc3339(at)!), out[0]),
    getJobFromTemplate2: ({ in: [cronJob, at], out }) =>
      differs(plainJob(jobOf(cronJob, parseRfc3339(at)!)), plainJob(out[0])),
    // All schedules of these cases say the same.
    nextScheduledTimeDuration: ({ in: [, at], out }) =>
      differs((nextTime(parseSchedule("0 * * * ?"), parseRfc3339(at)!)! + 100 - parseRfc3339(at)!) * 1e6, out[0]),
  },
  { open: 550 },
);

export const podSuite = callsSuite(
  "kube-pod-util.jsonl.gz",
  {
    GetPodCondition: ({ in: [status, type], out }) => differs(podCondition({ status } as any, type) ?? null, out[1]),
    IsPodReady: ({ in: [pod], out }) => differs(isPodReady(pod), out[0]),
    IsPodAvailable: ({ in: [pod, minReadySeconds, now], out }) =>
      differs(isPodAvailable(pod, minReadySeconds, parseRfc3339(now)!), out[0]),
  },
  { open: 48 },
);
