import { labelSelectorOf, matchesLabels } from "@/sim/apiserver/selectors/labels";
import type { Cluster } from "@/sim/cluster";
import type { Deployment, Pod, Service } from "@/sim/kinds/types";
import type { Cause } from "../report";
import { explainPod } from "./pod";
import { explainService } from "./service";

/** What is wrong with an object, from what is seen to why. */
export function explainObject(
  cluster: Cluster,
  about: { resource: string; namespace?: string | undefined; name: string },
): Cause[] {
  const kind = cluster.inside.kinds.findResource(about.resource);
  const namespace = kind?.namespaced === false ? undefined : (about.namespace ?? "default");
  const object = cluster.store.get(about.resource, namespace, about.name);
  const title = kind?.kind ?? about.resource;
  if (!object) return [{ text: `there is no ${title} ${about.name}${namespace ? ` in namespace ${namespace}` : ""}` }];
  switch (about.resource) {
    case "pods":
      return explainPod(cluster, object as Pod);
    case "services":
      return explainService(cluster, object as Service);
    case "deployments.apps":
    case "replicasets.apps":
      return explainWorkload(cluster, object as Deployment, title);
    default:
      return [];
  }
}

function explainWorkload(cluster: Cluster, workload: Deployment, title: string): Cause[] {
  const { name, namespace } = workload.metadata;
  const object = {
    resource: title === "Deployment" ? "deployments.apps" : "replicasets.apps",
    namespace: namespace!,
    name,
  };
  const wanted = workload.spec.replicas ?? 1;
  const ready = workload.status?.readyReplicas ?? 0;
  if (ready >= wanted) return [];
  const selector = labelSelectorOf(workload.spec.selector as Parameters<typeof labelSelectorOf>[0]) ?? [];
  const pods = (cluster.store.list("pods", namespace) as readonly Pod[]).filter((pod) =>
    matchesLabels(selector, pod.metadata.labels as Record<string, string>),
  );
  const broken = pods.map((pod) => explainPod(cluster, pod)).find((causes) => causes.length > 0) ?? [];
  return [{ text: `${title} ${name} has ${ready} of ${wanted} replicas ready`, object }, ...broken];
}
