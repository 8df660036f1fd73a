import type { IContainer } from "kubernetes-models/v1/Container";
import type { IPodTemplateSpec } from "kubernetes-models/v1/PodTemplateSpec";
import type { IProbe } from "kubernetes-models/v1/Probe";
import type { IVolume } from "kubernetes-models/v1/Volume";
import { roundUpToMilli } from "../quantity";
import type { Pod, PodSpec } from "../types";

/** Parts of drafts are written in place; the published types mark nothing as writable or not, but many as optional. */
type Draft<T> = { -readonly [K in keyof T]: T[K] };

const MODE_0644 = 420;
const TOKEN_SECONDS = 3600;

/** What the server fills into a pod beyond what a pod template gets: requests from limits, service links, host ports. */
export function defaultPod(draft: Pod): void {
  draft.spec ??= {} as PodSpec;
  const spec = draft.spec as Draft<PodSpec>;
  for (const container of [...(spec.containers ?? []), ...(spec.initContainers ?? [])]) {
    const limits = container.resources?.limits;
    if (!limits) continue;
    const resources = container.resources as { requests?: Record<string, string | number> };
    resources.requests ??= {};
    for (const [name, quantity] of Object.entries(limits)) resources.requests[name] ??= quantity as string;
  }
  spec.enableServiceLinks ??= true;
  defaultPodSpec(spec as PodSpec);
  if (spec.hostNetwork) {
    for (const container of [...(spec.containers ?? []), ...(spec.initContainers ?? [])]) {
      for (const port of container.ports ?? [])
        if (!port.hostPort) (port as Draft<typeof port>).hostPort = port.containerPort;
    }
  }
}

/** The template of a Deployment and its like. Its creationTimestamp shows as null, because 1.33 encodes the empty time so. */
export function defaultPodTemplate(template: IPodTemplateSpec | undefined): void {
  if (!template) return;
  const draft = template as { metadata?: Record<string, unknown>; spec?: PodSpec };
  draft.metadata ??= {};
  draft.metadata.creationTimestamp ??= null;
  if (!draft.spec) draft.spec = {} as PodSpec;
  defaultPodSpec(draft.spec);
}

export function defaultPodSpec(podSpec: PodSpec): void {
  const spec = podSpec as Draft<PodSpec>;
  spec.dnsPolicy ||= "ClusterFirst";
  spec.restartPolicy ||= "Always";
  spec.schedulerName ||= "default-scheduler";
  spec.securityContext ??= {};
  spec.terminationGracePeriodSeconds ??= 30;
  if (spec.serviceAccountName || spec.serviceAccount) {
    spec.serviceAccountName ||= spec.serviceAccount!;
    spec.serviceAccount = spec.serviceAccountName;
  }
  for (const container of spec.initContainers ?? []) defaultContainer(container);
  for (const container of spec.containers ?? []) defaultContainer(container);
  for (const container of spec.ephemeralContainers ?? []) defaultContainer(container as IContainer);
  for (const volume of spec.volumes ?? []) defaultVolume(volume);
  if (spec.overhead) roundQuantities(spec.overhead as Record<string, string>);
}

/** `latest`, said or unsaid, is pulled always; any other tag or a digest only where it is not there yet. */
export function defaultPullPolicy(image: string): "Always" | "IfNotPresent" {
  if (image.includes("@")) return "IfNotPresent";
  const last = image.slice(image.lastIndexOf("/") + 1);
  const colon = last.indexOf(":");
  const tag = colon < 0 ? "latest" : last.slice(colon + 1);
  return tag === "latest" ? "Always" : "IfNotPresent";
}

function defaultContainer(input: IContainer): void {
  if (typeof input !== "object" || input === null) return;
  const container = input as Draft<IContainer>;
  container.resources ??= {};
  container.terminationMessagePath ||= "/dev/termination-log";
  container.terminationMessagePolicy ||= "File";
  container.imagePullPolicy ||= defaultPullPolicy(container.image ?? "");
  for (const port of container.ports ?? []) (port as Draft<typeof port>).protocol ||= "TCP";
  for (const list of [container.resources.limits, container.resources.requests]) {
    if (list) roundQuantities(list as Record<string, string>);
  }
  for (const variable of container.env ?? []) {
    const from = variable.valueFrom as
      | { fieldRef?: { apiVersion?: string }; resourceFieldRef?: { divisor?: string | number } }
      | undefined;
    if (from?.fieldRef) from.fieldRef.apiVersion ||= "v1";
    if (from?.resourceFieldRef) from.resourceFieldRef.divisor ??= "0";
  }
  for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe]) {
    if (probe) defaultProbe(probe);
  }
  for (const handler of [container.lifecycle?.postStart, container.lifecycle?.preStop]) defaultHttpGet(handler);
}

function defaultProbe(input: IProbe): void {
  const probe = input as Draft<IProbe>;
  probe.timeoutSeconds ||= 1;
  probe.periodSeconds ||= 10;
  probe.successThreshold ||= 1;
  probe.failureThreshold ||= 3;
  defaultHttpGet(probe);
  if (probe.grpc) (probe.grpc as Draft<NonNullable<IProbe["grpc"]>>).service ??= "";
}

function defaultHttpGet(handler: { httpGet?: { path?: string; scheme?: string } } | undefined): void {
  if (!handler?.httpGet) return;
  handler.httpGet.path ||= "/";
  handler.httpGet.scheme ||= "HTTP";
}

function defaultVolume(input: IVolume): void {
  const volume = input as any;
  const sources = Object.keys(volume).filter((key) => key !== "name" && volume[key] != null);
  if (sources.length === 0) volume.emptyDir = {};
  for (const source of [volume.secret, volume.configMap, volume.downwardAPI, volume.projected]) {
    if (source) source.defaultMode ??= MODE_0644;
  }
  if (volume.hostPath) volume.hostPath.type ??= "";
  if (volume.image) volume.image.pullPolicy ||= defaultPullPolicy(volume.image.reference ?? "");
  const items = [
    volume.downwardAPI?.items,
    ...(volume.projected?.sources ?? []).map((source: any) => source.downwardAPI?.items),
  ];
  for (const item of items.flat()) {
    if (item?.fieldRef) item.fieldRef.apiVersion ||= "v1";
    if (item?.resourceFieldRef) item.resourceFieldRef.divisor ??= "0";
  }
  for (const source of volume.projected?.sources ?? []) {
    if (source.serviceAccountToken) source.serviceAccountToken.expirationSeconds ??= TOKEN_SECONDS;
  }
  if (volume.ephemeral?.volumeClaimTemplate?.spec)
    volume.ephemeral.volumeClaimTemplate.spec.volumeMode ||= "Filesystem";
}

/** Quantities finer than a thousandth are rounded up, and all are kept in their canonical form. */
function roundQuantities(list: Record<string, string | number>): void {
  for (const name of Object.keys(list)) list[name] = roundUpToMilli(list[name]!);
}
