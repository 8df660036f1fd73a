import { CliError } from "../../errors";

export interface RolloutStatus {
  message: string;
  done: boolean;
}

function deploymentStatus({ metadata, spec, status = {} }: any): RolloutStatus {
  const name = JSON.stringify(metadata.name);
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0))
    return { message: "Waiting for deployment spec update to be observed...\n", done: false };
  const progressing = (status.conditions ?? []).find(({ type }: any) => type === "Progressing");
  if (progressing?.reason === "ProgressDeadlineExceeded")
    throw new CliError(`deployment ${name} exceeded its progress deadline`);
  const [wanted, updated, all, available] = [
    spec.replicas ?? 1,
    status.updatedReplicas ?? 0,
    status.replicas ?? 0,
    status.availableReplicas ?? 0,
  ];
  const waiting = (what: string) => ({
    message: `Waiting for deployment ${name} rollout to finish: ${what}...\n`,
    done: false,
  });
  if (updated < wanted) return waiting(`${updated} out of ${wanted} new replicas have been updated`);
  if (all > updated) return waiting(`${all - updated} old replicas are pending termination`);
  if (available < updated) return waiting(`${available} of ${updated} updated replicas are available`);
  return { message: `deployment ${name} successfully rolled out\n`, done: true };
}

function needsRollingUpdate(spec: any): void {
  if (spec.updateStrategy?.type !== "RollingUpdate")
    throw new CliError("rollout status is only available for RollingUpdate strategy type");
}

function daemonSetStatus({ metadata, spec, status = {} }: any): RolloutStatus {
  needsRollingUpdate(spec);
  const name = JSON.stringify(metadata.name);
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0))
    return { message: "Waiting for daemon set spec update to be observed...\n", done: false };
  const [wanted, updated, available] = [
    status.desiredNumberScheduled ?? 0,
    status.updatedNumberScheduled ?? 0,
    status.numberAvailable ?? 0,
  ];
  const waiting = (what: string) => ({
    message: `Waiting for daemon set ${name} rollout to finish: ${what}...\n`,
    done: false,
  });
  if (updated < wanted) return waiting(`${updated} out of ${wanted} new pods have been updated`);
  if (available < wanted) return waiting(`${available} of ${wanted} updated pods are available`);
  return { message: `daemon set ${name} successfully rolled out\n`, done: true };
}

function statefulSetStatus({ metadata, spec, status = {} }: any): RolloutStatus {
  needsRollingUpdate(spec);
  if (!status.observedGeneration || (metadata.generation ?? 0) > status.observedGeneration)
    return { message: "Waiting for statefulset spec update to be observed...\n", done: false };
  const [ready, updated, current] = [
    status.readyReplicas ?? 0,
    status.updatedReplicas ?? 0,
    status.currentReplicas ?? 0,
  ];
  if (ready < spec.replicas)
    return { message: `Waiting for ${spec.replicas - ready} pods to be ready...\n`, done: false };
  const rolling = spec.updateStrategy.rollingUpdate;
  if (rolling) {
    const wanted = spec.replicas - (rolling.partition ?? spec.replicas);
    if (updated < wanted)
      return {
        message: `Waiting for partitioned roll out to finish: ${updated} out of ${wanted} new pods have been updated...\n`,
        done: false,
      };
    return { message: `partitioned roll out complete: ${updated} new pods have been updated...\n`, done: true };
  }
  if (status.updateRevision !== status.currentRevision)
    return {
      message: `waiting for statefulset rolling update to complete ${updated} pods at revision ${status.updateRevision}...\n`,
      done: false,
    };
  return {
    message: `statefulset rolling update complete ${current} pods at revision ${status.currentRevision}...\n`,
    done: true,
  };
}

/** Kind -> what `rollout status` says of an object, and whether it is done. */
export const STATUS_VIEWERS: Record<string, (object: any) => RolloutStatus> = {
  DaemonSet: daemonSetStatus,
  Deployment: deploymentStatus,
  StatefulSet: statefulSetStatus,
};
