import type { Cluster } from "@/sim/cluster";
import { isDown, kubeletSilentSince } from "@/sim/faults";
import type { Pod, Service } from "@/sim/kinds/types";
import type { Aim } from "./strokes";
import {
  appPods,
  choosingServices,
  hasEndpoints,
  isBare,
  isComplete,
  isReady,
  WORKLOADS,
  type Workload,
  workloadsIn,
} from "./targets";

/** An object by its place: resource, namespace, name. */
type Place = [resource: string, namespace: string, name: string];

/** What was well before a stroke, and is to be well again. Plain data: it is kept with the lab. */
export interface Soundness {
  workloads: Place[];
  pods: Place[];
  services: Place[];
  /** Checks of the challenge that passed. */
  checks: string[];
  kubelets: string[];
  components: string[];
}

const DNS: Place = ["deployments.apps", "kube-system", "coredns"];

const places = (resource: string, objects: { metadata: { namespace?: string; name: string } }[]): Place[] =>
  objects.map(({ metadata }) => [resource, metadata.namespace ?? "", metadata.name]);

/** Looks at a cluster just before it is struck. */
export function soundnessOf({ store }: Cluster, { kubelets = [], components = [] }: Aim, checks: string[]): Soundness {
  const dns = store.get(...DNS) as Workload | undefined;
  return {
    workloads: [
      ...WORKLOADS.flatMap((one) => places(one, workloadsIn(store, one).filter(isComplete))),
      ...(dns && isComplete(dns) ? [DNS] : []),
    ],
    pods: places(
      "pods",
      appPods(store).filter((pod) => isBare(pod) && isReady(pod)),
    ),
    services: places(
      "services",
      choosingServices(store).filter((service) => hasEndpoints(store, service)),
    ),
    checks,
    kubelets,
    components,
  };
}

/** Whether all that was well is well again, but for the checks, which the grader sees. */
export function isSoundAgain(cluster: Cluster, sound: Soundness): boolean {
  const { store, inside } = cluster;
  if (sound.components.some((component) => isDown(inside, "component", component))) return false;
  // A node that was taken out of the cluster needs no kubelet.
  if (
    sound.kubelets.some((node) => store.get("nodes", undefined, node) && kubeletSilentSince(inside, node) !== undefined)
  )
    return false;
  // What ran on a node without power is lost before anybody has noticed.
  const ghosts = (store.list("pods") as readonly unknown[] as readonly Pod[]).filter(
    (pod) => isReady(pod) && isDown(inside, "node", pod.spec.nodeName ?? "") && !isOfNode(pod),
  );
  if (ghosts.length > 0) return false;
  const found = <T>(place: Place) => store.get(...place) as unknown as T | undefined;
  const all = <T>(list: Place[], isWell: (object: T) => boolean) =>
    list.every((place) => {
      const object = found<T>(place);
      return object !== undefined && isWell(object);
    });
  return (
    all<Workload>(sound.workloads, isComplete) &&
    all<Pod>(sound.pods, isReady) &&
    all<Service>(sound.services, (service) => hasEndpoints(store, service))
  );
}

/** Daemons and static pods belong to their node and go down with it. */
const isOfNode = (pod: Pod) =>
  pod.metadata.ownerReferences?.some(({ kind }) => kind === "DaemonSet" || kind === "Node") === true;
