import type { Sim } from "../../../component";
import type { Pod } from "../../../kinds/types";
import { derivedFrom } from "../../../network/derived";
import { type ControllerOptions, controllerOptions } from "./options";

/** The controller's pods in a cluster, told by their image. */

const IMAGE = /(^|\/)ingress-nginx\/controller[:@]/;

const runsController = ({ image }: { image?: string }) => IMAGE.test(image ?? "");

export const isController = ({ spec }: Pod): boolean => spec.containers.some(runsController);

export const isReady = ({ status }: Pod): boolean =>
  status?.conditions?.some((condition) => condition.type === "Ready" && condition.status === "True") ?? false;

const controllersAmong = derivedFrom((pods: readonly Pod[]) => pods.filter(isController));

/** Those that are ready. */
export const controllersOf = ({ store }: Pick<Sim, "store">): readonly Pod[] =>
  controllersAmong(store.list("pods") as readonly Pod[]).filter(isReady);

export const controllerContainer = ({ spec }: Pod) => spec.containers.find(runsController)!;

export function optionsOf(pod: Pod): ControllerOptions {
  const { command = [], args = [] } = controllerContainer(pod);
  return controllerOptions(
    [...command, ...args].map((word) => word.replaceAll("$(POD_NAMESPACE)", pod.metadata.namespace!)),
  );
}
