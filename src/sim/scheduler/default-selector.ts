import { type LabelSelector, labelSelectorOf, matchesMap } from "../apiserver/selectors/labels";
import type { Sim } from "../component";
import { controllerOf } from "../controllers/controller-ref";
import type { Pod } from "../kinds/types";

const CONTROLLERS: Record<string, string> = {
  ReplicaSet: "replicasets.apps",
  ReplicationController: "replicationcontrollers",
  StatefulSet: "statefulsets.apps",
};

/** What selects the pod and its like: the selectors of its Services and of its controller, all together. */
export function defaultSelector(sim: Sim, pod: Pod): LabelSelector {
  const namespace = pod.metadata.namespace!;
  const selector: LabelSelector = [];
  for (const service of sim.store.list("services", namespace)) {
    if (matchesMap(service.spec.selector, pod.metadata.labels))
      selector.push(...labelSelectorOf({ matchLabels: service.spec.selector })!);
  }
  const owner = controllerOf(pod as any);
  const resource = owner && CONTROLLERS[owner.kind];
  const controller = resource && sim.kinds.findResource(resource) && sim.store.get(resource, namespace, owner.name);
  if (controller) {
    const own = controller.spec.selector ?? {};
    selector.push(...(labelSelectorOf(own.matchLabels || own.matchExpressions ? own : { matchLabels: own }) ?? []));
  }
  return selector;
}
