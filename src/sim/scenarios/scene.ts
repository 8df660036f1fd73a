import { Cluster, type ClusterInput } from "../cluster";
import type { Fault } from "../faults";
import type { Place } from "../network/types";
import type { KubeObject } from "../types";

const GROUPS: Record<string, string> = {
  Deployment: "/apis/apps/v1/namespaces/default/deployments",
  ReplicaSet: "/apis/apps/v1/namespaces/default/replicasets",
  Pod: "/api/v1/namespaces/default/pods",
  Service: "/api/v1/namespaces/default/services",
  ConfigMap: "/api/v1/namespaces/default/configmaps",
  Secret: "/api/v1/namespaces/default/secrets",
};

/** A cluster on which a scenario is played, and a record of what happens: `+1.5 what`, seconds from the start of the scene. */
export class Scene {
  readonly cluster: Cluster;
  private startMs: number;
  private seenVersion: number;
  private lines: string[] = [];

  constructor(readonly cast: string[] = []) {
    this.cluster = Cluster.create({ seed: "scene" });
    this.startMs = this.cluster.nowMs;
    this.seenVersion = this.cluster.store.resourceVersion;
  }

  /** A new scene begins: what came before is not told, and time counts from here. */
  cut(): void {
    this.cluster.advanceTo(Math.ceil(this.cluster.nowMs / 1000) * 1000);
    this.startMs = this.cluster.nowMs;
    this.seenVersion = this.cluster.store.resourceVersion;
  }

  create(kind: keyof typeof GROUPS & string, name: string, rest: Record<string, unknown>, metadata = {}): void {
    const apiVersion = kind === "Deployment" || kind === "ReplicaSet" ? "apps/v1" : "v1";
    this.call("POST", GROUPS[kind]!, { apiVersion, kind, metadata: { name, ...metadata }, ...rest });
  }

  deployment(
    name: string,
    replicas: number,
    container: Record<string, unknown>,
    spec: Record<string, unknown> = {},
  ): void {
    this.create("Deployment", name, {
      spec: {
        replicas,
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: "c", ...container }] } },
        ...spec,
      },
    });
  }

  pod(name: string, container: Record<string, unknown>, spec: Record<string, unknown> = {}, metadata = {}): void {
    this.create("Pod", name, { spec: { containers: [{ name: "c", ...container }], ...spec } }, metadata);
  }

  patch(kind: keyof typeof GROUPS & string, name: string, body: unknown): void {
    this.call("PATCH", `${GROUPS[kind]}/${name}`, body);
  }

  delete(kind: keyof typeof GROUPS & string, name: string, options: Record<string, unknown> = {}): void {
    this.call("DELETE", `${GROUPS[kind]}/${name}`, options);
  }

  fault(fault: Fault): void {
    this.apply({ kind: "fault", fault });
  }

  /** What `curl` would see: the status, or how the connection failed. */
  ask(from: Place, host: string, port = 80, path = "/"): number | string {
    const http = { method: "GET", path, headers: [["Host", host]] as [string, string][], body: "" };
    const output = this.apply({ kind: "network", request: { from, host, port, payload: { kind: "http", http } } });
    return output.http?.status ?? output.outcome;
  }

  get(resource: string, name: string): any {
    return this.cluster.store.get(resource, "default", name);
  }

  list(resource: string): any[] {
    return [...this.cluster.store.list(resource, "default")];
  }

  /** Lets time pass without a word. */
  wait(seconds: number): void {
    this.cluster.advanceTo(this.cluster.nowMs + seconds * 1000);
    this.seenVersion = this.cluster.store.resourceVersion;
  }

  /** Lets time pass and tells what happened since the last telling: events and changes of pods, ReplicaSets, Deployments. */
  play(seconds: number): string[] {
    const endMs = this.cluster.nowMs + seconds * 1000;
    this.lines = [];
    this.look();
    for (
      let next = this.cluster.nextEventMs();
      next !== undefined && next <= endMs;
      next = this.cluster.nextEventMs()
    ) {
      this.cluster.advanceTo(next);
      this.look();
    }
    this.cluster.advanceTo(endMs);
    return this.lines;
  }

  private apply<I extends ClusterInput>(input: I) {
    return this.cluster.apply(input);
  }

  private call(method: "POST" | "PATCH" | "DELETE", path: string, body: unknown): void {
    const headers: Record<string, string> =
      method === "PATCH" ? { "content-type": "application/strategic-merge-patch+json" } : {};
    const response = this.cluster.request({ method, path, body, headers });
    if (response.status >= 400) throw new Error(JSON.stringify(response.body));
  }

  private look(): void {
    const at = `+${Math.round((this.cluster.nowMs - this.startMs) / 100) / 10}`;
    for (const { type, resource, object, previous } of this.cluster.store.changesSince(this.seenVersion) ?? []) {
      if (object.metadata.namespace !== "default" && resource !== "nodes") continue;
      const told = resource === "events" ? eventLine(object, previous) : brief(resource, object, type);
      if (
        told === undefined ||
        told === (previous && resource !== "events" ? brief(resource, previous, "MODIFIED") : undefined)
      )
        continue;
      if (type === "DELETED" && resource === "events") continue;
      if (this.cast.length > 0 && !this.cast.some((word) => told.includes(word))) continue;
      this.lines.push(`${at} ${mask(told)}`);
    }
    this.seenVersion = this.cluster.store.resourceVersion;
  }
}

function eventLine(event: KubeObject, previous?: KubeObject): string | undefined {
  if (previous && previous.count === event.count) return undefined;
  const { kind, name } = event.involvedObject;
  return `event ${kind}/${name} ${event.reason}: ${event.message}`;
}

function brief(resource: string, object: KubeObject, type: string): string | undefined {
  const { name } = object.metadata;
  const { spec, status } = object;
  if (type === "DELETED" && ["pods", "replicasets.apps", "deployments.apps"].includes(resource))
    return `${object.kind}/${name} gone`;
  switch (resource) {
    case "pods":
      return `Pod/${name} ${podBrief(object)}`;
    case "replicasets.apps":
      return `ReplicaSet/${name} wants ${spec.replicas} has ${status?.replicas ?? 0} ready ${status?.readyReplicas ?? 0}`;
    case "deployments.apps": {
      const conditions = (status?.conditions ?? [])
        .map((c: any) => `${c.type}=${c.status}(${c.reason})`)
        .sort()
        .join(" ");
      return `Deployment/${name} ready ${status?.readyReplicas ?? 0}/${spec.replicas} updated ${status?.updatedReplicas ?? 0} ${conditions}`;
    }
    case "nodes": {
      const ready = status?.conditions?.find((c: any) => c.type === "Ready");
      const taints = (spec.taints ?? []).map((taint: any) => `${taint.key}:${taint.effect}`).join(" ");
      return `Node/${name} Ready=${ready?.status}(${ready?.reason}) ${taints}`.trim();
    }
    case "endpoints":
      return `Endpoints/${name} ${(object.subsets ?? []).map((subset: any) => `${subset.addresses?.length ?? 0} ready ${subset.notReadyAddresses?.length ?? 0} not`).join() || "none"}`;
  }
  return undefined;
}

function podBrief(pod: KubeObject): string {
  const all = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const states = all.map((status: any) => {
    const { waiting, terminated } = status.state;
    const state = waiting ? waiting.reason : terminated ? `${terminated.reason}(${terminated.exitCode})` : "running";
    return `${status.name}=${state}${status.restartCount ? `*${status.restartCount}` : ""}`;
  });
  const ready = (pod.status?.containerStatuses ?? []).filter((status: any) => status.ready).length;
  const node = pod.spec.nodeName ? ` on ${pod.spec.nodeName}` : "";
  const reason = pod.status?.reason ? ` ${pod.status.reason}` : "";
  const leaving = pod.metadata.deletionTimestamp ? " terminating" : "";
  return `${pod.status?.phase}${reason} ${ready}/${pod.spec.containers.length} ${states.join(" ")}${node}${leaving}`.trim();
}

/** Addresses, uids and the time that a pull takes are nobody's promise. */
function mask(text: string): string {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "UID")
    .replace(/10\.244\.\d+\.\d+/g, "IP")
    .replace(/in \S+ \(\S+ including waiting\)/, "in N (N including waiting)");
}
