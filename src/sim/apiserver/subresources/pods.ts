import type { Sim } from "../../component";
import { clone, deepEqual } from "../../kernel/freeze";
import { parseRfc3339, rfc3339 } from "../../kernel/time";
import { updatePodCondition } from "../../kinds/pod/conditions";
import { containerStatus } from "../../kinds/pod/container-statuses";
import { defaultPodSpec } from "../../kinds/pod/defaults";
import {
  type PodLogOptions,
  validateEphemeralUpdate,
  validatePod,
  validatePodLogOptions,
} from "../../kinds/pod/validation";
import type { KubeObject } from "../../types";
import type { Call } from "../call";
import type { KindDefinition, Subresource } from "../kind";
import { queryFlag, queryValue } from "../listing";
import type { ApiRequest } from "../request";
import { badRequest, conflict, failure, invalid } from "../status";
import { groupResource, type Verbs } from "../verbs";
import { evict } from "./eviction";
import { podProxy } from "./proxy";

const success = (code: number) => ({ kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", code });

/** POST …/pods/NAME/binding: the scheduler's word. */
function bind(verbs: Verbs, kind: KindDefinition, pod: KubeObject, body: unknown): unknown {
  const node = (body as { target?: { name?: string } } | undefined)?.target?.name;
  const name = pod.metadata.name;
  if (!node) throw failure(422, "Invalid", `Binding "${name}" is invalid: target.name: Required value`);
  if (pod.metadata.deletionTimestamp)
    throw conflict(groupResource(kind), name, `pod ${name} is being deleted, cannot be assigned to a host`);
  if (pod.spec.nodeName)
    throw conflict(
      { group: "", resource: "pods/binding" },
      name,
      `pod ${name} is already assigned to node "${pod.spec.nodeName}"`,
    );
  const draft = clone(pod);
  draft.spec.nodeName = node;
  draft.status ??= {};
  updatePodCondition(draft.status, { type: "PodScheduled", status: "True" }, verbs.kernel.now());
  verbs.store.put("pods", clone(draft));
  return success(201);
}

const podOf = ({ verbs, kind, path }: Call) => verbs.get(kind, path.namespace, path.name!);

const CONNECT = ["create", "get"];

/** What stands behind a pod's name, besides its status. */
export const podSubresources: Subresource[] = [
  { name: "attach", kind: "PodAttachOptions", verbs: CONNECT },
  {
    name: "binding",
    kind: "Binding",
    verbs: ["create"],
    handle: (call) => ({ status: 201, body: bind(call.verbs, call.kind, podOf(call), call.request.body) }),
  },
  {
    name: "ephemeralcontainers",
    verbs: ["get", "patch", "update"],
    strategy: {
      prepareForUpdate(draft, old) {
        const added = draft.spec.ephemeralContainers;
        Object.assign(draft, clone(old));
        if (added) draft.spec.ephemeralContainers = added;
        else delete draft.spec.ephemeralContainers;
        defaultPodSpec(draft.spec);
        if (!deepEqual(draft.spec, old.spec)) draft.metadata.generation = Number(old.metadata.generation ?? 0) + 1;
      },
      validateUpdate: (object, old) => validateEphemeralUpdate(object, old, validatePod),
    },
  },
  {
    name: "eviction",
    group: "policy",
    version: "v1",
    kind: "Eviction",
    verbs: ["create"],
    handle: (call) => ({ status: 201, body: evict(call, podOf(call)) }),
  },
  { name: "exec", kind: "PodExecOptions", verbs: CONNECT },
  {
    name: "log",
    verbs: ["get"],
    handle: (call) => ({
      status: 200,
      headers: { "content-type": "text/plain" },
      body: podLog(call.sim, podOf(call), call.request),
    }),
  },
  { name: "portforward", kind: "PodPortForwardOptions", verbs: CONNECT },
  podProxy,
];

/** Which container a log, exec or attach is about; complains as the real server does where that is not clear. */
export function containerOf(pod: KubeObject, wanted: string | undefined): string {
  const all = [
    ...(pod.spec.initContainers ?? []),
    ...(pod.spec.containers ?? []),
    ...(pod.spec.ephemeralContainers ?? []),
  ].map((one: { name: string }) => one.name);
  const { name } = pod.metadata;
  if (wanted) {
    if (all.includes(wanted)) return wanted;
    throw badRequest(`container ${wanted} is not valid for pod ${name}`);
  }
  const main: string[] = pod.spec.containers.map((one: { name: string }) => one.name);
  if (main.length === 1) return main[0]!;
  const chosen = pod.metadata.annotations?.["kubectl.kubernetes.io/default-container"];
  if (chosen && main.includes(chosen)) return chosen;
  const init: string[] = (pod.spec.initContainers ?? []).map((one: { name: string }) => one.name);
  throw badRequest(
    `a container name must be specified for pod ${name}, choose one of: [${main.join(" ")}]${init.length > 0 ? ` or one of the init containers: [${init.join(" ")}]` : ""}`,
  );
}

/** The log of a pod's container as text, cut as the query asks. */
export function podLog(sim: Sim, pod: KubeObject, request: ApiRequest): string {
  const errors = validatePodLogOptions(logOptions(request));
  if (errors.length > 0) throw invalid({ group: "", kind: "PodLogOptions" }, pod.metadata.name, errors);
  const container = containerOf(pod, queryValue(request, "container"));
  const previous = queryFlag(request, "previous");
  const lines = sim.runtime.log({ podUid: pod.metadata.uid, container }, previous);
  const { name } = pod.metadata;
  if (!lines) {
    if (previous) throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
    if (!pod.spec.nodeName) throw badRequest(`pod ${name} does not have a host assigned`);
    const statuses = [
      ...(pod.status?.containerStatuses ?? []),
      ...(pod.status?.initContainerStatuses ?? []),
      ...(pod.status?.ephemeralContainerStatuses ?? []),
    ];
    const waiting = containerStatus(statuses, container)?.state?.waiting?.reason;
    throw badRequest(`container "${container}" in pod "${name}" is waiting to start: ${waitingText(waiting)}`);
  }
  return formatLog(lines, request, sim.kernel.nowMs);
}

function waitingText(reason: string | undefined): string {
  if (reason === "ErrImagePull" || reason === "ImagePullBackOff") return "trying and failing to pull image";
  return reason ?? "ContainerCreating";
}

function logOptions(request: ApiRequest): PodLogOptions {
  const options: PodLogOptions = {};
  for (const name of ["sinceSeconds", "tailLines", "limitBytes"] as const) {
    const value = queryValue(request, name);
    if (value) options[name] = Number(value);
  }
  for (const name of ["sinceTime", "stream"] as const) {
    const value = queryValue(request, name);
    if (value) options[name] = value;
  }
  return options;
}

/** Applies sinceSeconds, sinceTime, tailLines, timestamps and limitBytes. */
export function formatLog(
  lines: readonly { atMs: number; text: string }[],
  request: ApiRequest,
  nowMs: number,
): string {
  const sinceSeconds = queryValue(request, "sinceSeconds");
  const sinceTime = queryValue(request, "sinceTime");
  const tail = queryValue(request, "tailLines");
  const from = sinceSeconds ? nowMs - Number(sinceSeconds) * 1000 : sinceTime ? parseRfc3339(sinceTime) : undefined;
  let chosen = from === undefined ? lines : lines.filter((line) => line.atMs >= from);
  if (tail !== undefined) chosen = Number(tail) > 0 ? chosen.slice(-Number(tail)) : [];
  const stamped = queryFlag(request, "timestamps");
  const text = chosen.map((line) => `${stamped ? `${nanoTime(line.atMs)} ` : ""}${line.text}\n`).join("");
  const limit = queryValue(request, "limitBytes");
  return limit ? text.slice(0, Number(limit)) : text;
}

const nanoTime = (atMs: number) =>
  `${rfc3339(atMs).slice(0, -1)}.${String(Math.floor(atMs % 1000)).padStart(3, "0")}000000Z`;
