import { Cluster } from "../../cluster";
import { clone } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import { keepImage } from "../image-pull";

/** A cluster whose pods are put on node-1 without a scheduler, and a record of what happens to one of them. */
export class Bench {
  readonly cluster = Cluster.create({ seed: "kubelet" });
  startMs = 0;
  private lines: string[] = [];
  private seenVersion = 0;

  constructor() {
    if (!this.cluster.store.get("serviceaccounts", "default", "default")) {
      this.create("serviceaccounts", {
        apiVersion: "v1",
        kind: "ServiceAccount",
        metadata: { name: "default", namespace: "default" },
      });
    }
    // Pulls take a little more or less by chance: tests of other rules find their images there.
    for (const image of ["test:1", "test:2", "other:1"])
      keepImage(this.cluster.inside, "node-1", `docker.io/library/${image}`);
    this.startMs = this.cluster.nowMs;
  }

  create(resource: string, object: any): KubeObject {
    const body = { ...object, metadata: { namespace: "default", ...object.metadata } };
    return this.call("POST", resource, "", body);
  }

  /** Changes an object as a learner would, with PUT. */
  edit(resource: string, name: string, change: (draft: any) => void): void {
    const draft = clone(this.cluster.store.get(resource, "default", name)!);
    change(draft);
    this.call("PUT", resource, `/${name}`, draft);
  }

  private call(method: "POST" | "PUT" | "DELETE", resource: string, rest: string, body: unknown): KubeObject {
    const response = this.cluster.request({ method, path: `/api/v1/namespaces/default/${resource}${rest}`, body });
    if (response.status >= 400) throw new Error(JSON.stringify(response.body));
    return response.body as KubeObject;
  }

  /** A pod named `p` with one container `c`, unless the spec says otherwise. */
  pod(
    container: Record<string, unknown>,
    spec: Record<string, unknown> = {},
    metadata: Record<string, unknown> = {},
  ): KubeObject {
    this.startMs = this.cluster.nowMs;
    this.seenVersion = this.cluster.store.resourceVersion;
    return this.create("pods", {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "p", ...metadata },
      spec: {
        nodeName: "node-1",
        automountServiceAccountToken: false,
        containers: [{ name: "c", image: "test:1", ...container }],
        ...spec,
      },
    });
  }

  get(name = "p"): any {
    return this.cluster.store.get("pods", "default", name);
  }

  ref(container = "c", pod = "p"): { podUid: string; container: string } {
    return { podUid: this.get(pod).metadata.uid, container };
  }

  delete(name = "p", gracePeriodSeconds?: number): void {
    this.call("DELETE", "pods", `/${name}`, gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds });
  }

  /** An HTTP request into the pod. */
  ask(path: string, port = 80): number | string {
    const http = { method: "GET", path, headers: [], body: "" } as const;
    const result = this.cluster.inside.runtime.deliver(
      this.get().metadata.uid,
      { port, remote: { address: "10.0.0.1", port: 1 }, http: { ...http, headers: [] } },
      false,
    );
    return result.outcome === "ok" ? (result.response.http?.status ?? "nothing") : result.outcome;
  }

  /** Lets time pass and gives what happened since the last call: `+1.5 what`, seconds counted from the pod's creation. */
  timeline(seconds: number, pod = "p"): string[] {
    const endMs = this.cluster.nowMs + seconds * 1000;
    this.lines = [];
    this.look(pod);
    for (;;) {
      const next = this.cluster.nextEventMs();
      if (next === undefined || next > endMs) break;
      this.cluster.advanceTo(next);
      this.look(pod);
    }
    this.cluster.advanceTo(endMs);
    return this.lines;
  }

  /** Only events, or only statuses, of a timeline. */
  events(seconds: number): string[] {
    return this.timeline(seconds).filter((line) => /^\+\S+ [A-Z]\w+: /.test(line));
  }

  statuses(seconds: number): string[] {
    return this.timeline(seconds).filter((line) => !/^\+\S+ [A-Z]\w+: /.test(line));
  }

  private look(pod: string): void {
    const changes = this.cluster.store.changesSince(this.seenVersion) ?? [];
    this.seenVersion = this.cluster.store.resourceVersion;
    const at = `+${Math.round((this.cluster.nowMs - this.startMs) / 100) / 10}`;
    for (const { type, resource, object, previous } of changes) {
      if (resource === "events" && object.involvedObject.name === pod)
        this.lines.push(`${at} ${object.reason}: ${this.mask(object.message)}`);
      if (resource !== "pods" || object.metadata.name !== pod || object.metadata.namespace !== "default") continue;
      if (type === "DELETED") this.lines.push(`${at} gone`);
      else if (type === "MODIFIED" && brief(object) !== brief(previous!)) this.lines.push(`${at} ${brief(object)}`);
    }
  }

  private mask(text: string): string {
    return text
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "UID")
      .replace(/10\.244\.\d+\.\d+/g, "IP")
      .replace(/in \S+s \(\S+s including/, "in Ns (Ns including");
  }
}

/** `Running 1/1 c=running`: phase, ready containers, what each container does. */
export function brief(pod: any): string {
  const all = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const texts = all.map((status: any) => {
    const { waiting, terminated } = status.state;
    const state = waiting ? waiting.reason : terminated ? `${terminated.reason}(${terminated.exitCode})` : "running";
    const last = status.lastState.terminated ? `<${status.lastState.terminated.reason}` : "";
    return `${status.name}=${state}${last}${status.restartCount ? `*${status.restartCount}` : ""}`;
  });
  const ready = (pod.status?.containerStatuses ?? []).filter((status: any) => status.ready).length;
  const leaving = pod.metadata.deletionTimestamp ? " terminating" : "";
  return `${pod.status?.phase} ${ready}/${pod.spec.containers.length} ${texts.join(" ")}${leaving}`.trim();
}
