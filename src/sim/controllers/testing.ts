import { Cluster } from "../cluster";
import type { ClusterOptions } from "../options";
import type { KubeObject } from "../types";

/** For tests: a whole cluster with short words for what tests do to it. Containers run the pause image, which needs nothing. */
export class TestCluster {
  readonly cluster: Cluster;

  constructor(options: Partial<ClusterOptions> = {}) {
    this.cluster = Cluster.create(options);
  }

  get nowMs(): number {
    return this.cluster.nowMs;
  }

  request(method: "POST" | "PUT" | "PATCH" | "DELETE", path: string, body?: unknown): any {
    const headers = method === "PATCH" ? { "content-type": "application/strategic-merge-patch+json" } : undefined;
    const response = this.cluster.request({ method, path, body, ...(headers && { headers }) });
    if (response.status >= 400) throw new Error((response.body as any).message);
    return response.body;
  }

  /** Runs until nothing more happens, but at most this long. */
  settle(limitMs = 120_000): void {
    const until = this.nowMs + limitMs;
    for (;;) {
      const next = this.cluster.nextEventMs();
      if (next === undefined || next > until) return;
      this.cluster.advanceTo(next);
    }
  }

  pass(ms: number): void {
    this.cluster.advanceTo(this.nowMs + ms);
  }

  get(resource: string, name: string, namespace: string | undefined = "default"): KubeObject {
    const object = this.find(resource, name, namespace);
    if (!object) throw new Error(`${resource} ${name} is not there`);
    return object;
  }

  find(resource: string, name: string, namespace: string | undefined = "default"): KubeObject | undefined {
    return this.cluster.store.get(resource, namespace, name);
  }

  list(resource: string, namespace = "default"): readonly KubeObject[] {
    return this.cluster.store.list(resource, namespace);
  }

  /** `type reason message` of the events about objects of a kind, in the order in which they were recorded. */
  events(kind: string, namespace = "default"): string[] {
    return [...this.list("events", namespace)]
      .filter((event) => event.involvedObject.kind === kind)
      .sort((a, b) => (serial(a) < serial(b) ? -1 : 1))
      .map((event) => `${event.type} ${event.reason} ${event.message}`);
  }

  /** What was written since a resourceVersion to these resources, oldest first: `ADDED pods web-1`. */
  actions(
    since: number,
    resources: readonly string[],
  ): { type: string; resource: string; object: KubeObject; previous?: KubeObject }[] {
    return (this.cluster.store.changesSince(since) ?? []).filter(({ resource }) => resources.includes(resource)) as any;
  }

  get resourceVersion(): number {
    return this.cluster.store.resourceVersion;
  }
}

/** The recorder puts moment and serial number into the name, as 16 hexadecimal digits. */
const serial = (event: KubeObject): string => event.metadata.name.split(".").at(-1)!.padStart(20, "0");

export const PAUSE = "registry.k8s.io/pause:3.10";
export const NEWER_PAUSE = "registry.k8s.io/pause:3.9";

export function deployment(
  name: string,
  spec: Record<string, unknown> = {},
  pod: Record<string, unknown> = {},
): Record<string, any> {
  const labels = { app: name };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name },
    spec: {
      replicas: 3,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: "main", image: PAUSE }], ...pod } },
      ...spec,
    },
  };
}

export const DEPLOYMENTS_PATH = "/apis/apps/v1/namespaces/default/deployments";
export const PODS_PATH = "/api/v1/namespaces/default/pods";
export const SERVICES_PATH = "/api/v1/namespaces/default/services";
