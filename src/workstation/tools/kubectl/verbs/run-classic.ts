import { CliError } from "../errors";

/** What `kubectl run` made before 1.18 where nothing else was said. */
export const DEFAULT_CLASSIC_GENERATOR = "deployment/apps.v1";

/** A workload around a pod, as the old `--generator` made it. */
export function classicWorkload(generator: string, pod: any, replicas: number): any {
  const { name, labels } = pod.metadata;
  const template = { metadata: { creationTimestamp: null, labels }, spec: withoutDefaults(pod.spec) };
  const metadata = { name, creationTimestamp: null, labels };
  switch (generator) {
    case "deployment/apps.v1":
    case "deployment/apps.v1beta1":
    case "deployment/v1beta1":
      return {
        kind: "Deployment",
        apiVersion: "apps/v1",
        metadata,
        spec: { replicas, selector: { matchLabels: labels }, template, strategy: {} },
        status: {},
      };
    case "run/v1":
      return {
        kind: "ReplicationController",
        apiVersion: "v1",
        metadata,
        spec: { replicas, selector: labels, template },
        status: {},
      };
    case "job/v1":
      return {
        kind: "Job",
        apiVersion: "batch/v1",
        metadata,
        spec: { template: { ...template, spec: { ...template.spec, restartPolicy: "OnFailure" } } },
        status: {},
      };
    default:
      throw new CliError(`generator ${JSON.stringify(generator)} not found`);
  }
}

function withoutDefaults({ restartPolicy: _, dnsPolicy: __, ...spec }: any): any {
  return spec;
}
