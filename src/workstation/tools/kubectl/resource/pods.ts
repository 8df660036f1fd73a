import { resourcePath } from "../api/discovery";
import { CliError } from "../errors";
import type { Session } from "../session";
import { nextChange } from "./gone";
import type { Info } from "./info";
import { selectorQuery } from "./labels";

const DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

/** All containers of a pod by name: ordinary ones, then init and ephemeral ones. */
export const containersOf = (pod: any): { name: string; kind: "" | "init" | "ephem" }[] => [
  ...(pod.spec?.containers ?? []).map(({ name }: any) => ({ name, kind: "" as const })),
  ...(pod.spec?.ephemeralContainers ?? []).map(({ name }: any) => ({ name, kind: "ephem" as const })),
  ...(pod.spec?.initContainers ?? []).map(({ name }: any) => ({ name, kind: "init" as const })),
];

/** The container that `-c` names, or the one that a pod has by default (said on stderr where there is a choice). */
export function chooseContainer(session: Session, pod: any, asked: string, quiet = false): string {
  const containers = containersOf(pod);
  if (asked) {
    if (!containers.some(({ name }) => name === asked))
      throw new CliError(`container ${asked} not found in pod ${pod.metadata.name}`);
    return asked;
  }
  const annotated = pod.metadata?.annotations?.[DEFAULT_CONTAINER];
  if (annotated && containers.some(({ name }) => name === annotated)) return annotated;
  const [first] = containers;
  if (!first) throw new CliError(`Pod ${pod.metadata.name} has no containers`);
  if (containers.length > 1 && !quiet) {
    session.err(
      `Defaulted container ${JSON.stringify(first.name)} out of: ${containers.map(({ name, kind }) => (kind ? `${name} (${kind})` : name)).join(", ")}\n`,
    );
  }
  return first.name;
}

/** The pods of a workload, most useful first: running and ready before pending, older before newer. */
export async function podsOfWorkload(session: Session, info: Info): Promise<any[]> {
  const pods = await session.discovery.require("pods");
  const selector = workloadSelector(info);
  if (!selector) throw new CliError(`cannot get the logs from *v1.${info.resource.kind}: selector not set`);
  const list = await session.client.get(resourcePath(pods, info.namespace), { labelSelector: selector });
  return [...(list.items ?? [])].sort(
    (a, b) => rank(a) - rank(b) || (a.metadata.creationTimestamp < b.metadata.creationTimestamp ? -1 : 1),
  );
}

function workloadSelector({ object, resource }: Info): string {
  if (resource.kind === "Service" || resource.kind === "ReplicationController") {
    const entries = Object.entries(object.spec?.selector ?? {});
    return entries.map(([key, value]) => `${key}=${value}`).join(",");
  }
  return selectorQuery(object.spec?.selector);
}

const PHASES: Record<string, number> = { Pending: 2, Unknown: 1, Running: 0, Succeeded: 3, Failed: 3 };

function rank(pod: any): number {
  const ready = (pod.status?.conditions ?? []).some((each: any) => each.type === "Ready" && each.status === "True");
  return (PHASES[pod.status?.phase] ?? 2) * 2 + (ready ? 0 : 1) + (pod.spec?.nodeName ? 0 : 10);
}

/** The pod that `POD`, `pod/POD` or `TYPE/NAME` means; waits up to `patienceMs` for a workload to have one. */
export async function podFor(session: Session, info: Info, patienceMs: number): Promise<any> {
  if (info.resource.kind === "Pod" && info.resource.group === "") return info.object;
  const deadlineMs = session.nowMs + patienceMs;
  for (;;) {
    const [first] = await podsOfWorkload(session, info);
    if (first) return first;
    if (session.nowMs >= deadlineMs) throw new CliError("timed out waiting for the condition");
    await session.tool.sleep(Math.min(1000, deadlineMs - session.nowMs));
  }
}

/** Follows a pod until `done` says so; gives the pod as it was then, or undefined where it is gone or time is up. */
export async function waitForPod(
  session: Session,
  info: Info,
  done: (pod: any) => boolean,
  deadlineMs: number,
): Promise<any> {
  let pod = await session.client.get(resourcePath(info.resource, info.namespace, info.name));
  while (!done(pod)) {
    const event = await nextChange(session, info, pod.metadata.resourceVersion, deadlineMs);
    if (!event || event.type === "DELETED") return undefined;
    pod = event.object;
  }
  return pod;
}
