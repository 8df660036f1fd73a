import { Cluster } from "../cluster";
import type { KubeObject } from "../types";
import type { NetworkResponse, Place } from "./types";

/** A cluster on which tests of the network play: objects by plain manifests, and what clients see. For tests only. */
export class Town {
  constructor(readonly cluster = Cluster.create({ seed: "town" })) {}

  fork(): Town {
    return new Town(this.cluster.fork());
  }

  create(...objects: any[]): this {
    for (const object of objects) this.call("POST", pathOf(this.cluster, object), object);
    return this;
  }

  patch(resource: string, namespace: string, name: string, body: unknown): this {
    return this.call("PATCH", `${resource.replace("NS", `namespaces/${namespace}`)}/${name}`, body);
  }

  delete(resource: string, namespace: string, name: string): this {
    return this.call("DELETE", `${resource.replace("NS", `namespaces/${namespace}`)}/${name}`, {});
  }

  settle(seconds = 40): this {
    this.cluster.advanceTo(this.cluster.nowMs + seconds * 1000);
    return this;
  }

  get(resource: string, name: string, namespace = "default"): any {
    return this.cluster.store.get(resource, namespace, name);
  }

  pods(namespace: string, label: string): KubeObject[] {
    const [key = "", value] = label.split("=");
    return this.cluster.store.list("pods", namespace).filter(({ metadata }) => metadata.labels?.[key] === value);
  }

  ask(from: Place, host: string, port = 80, path = "/"): NetworkResponse {
    const http = { method: "GET", path, headers: [["Host", host]] as [string, string][], body: "" };
    const output = this.cluster.apply({
      kind: "network",
      request: { from, host, port, payload: { kind: "http", http } },
    });
    return output as NetworkResponse;
  }

  /** The status of the answer, or how the connection failed. */
  see(from: Place, host: string, port = 80, path = "/"): number | string {
    const { http, outcome } = this.ask(from, host, port, path);
    return http?.status ?? outcome;
  }

  private call(method: string, path: string, body: unknown): this {
    const headers: Record<string, string> =
      method === "PATCH" ? { "content-type": "application/strategic-merge-patch+json" } : {};
    const response = this.cluster.request({ method: method as "POST", path, body, headers });
    if (response.status >= 400) throw new Error(JSON.stringify(response.body));
    return this;
  }
}

function pathOf(cluster: Cluster, { apiVersion, kind, metadata }: any): string {
  const definition = cluster.inside.kinds.findKind(apiVersion, kind)!;
  const base = apiVersion === "v1" ? "/api/v1" : `/apis/${apiVersion}`;
  return definition.namespaced
    ? `${base}/namespaces/${metadata.namespace ?? "default"}/${definition.plural}`
    : `${base}/${definition.plural}`;
}

export const inPod = (pod: string, namespace = "default"): Place => ({ kind: "pod", namespace, pod });
export const onNode = (node: string): Place => ({ kind: "node", node });
export const OUTSIDE: Place = { kind: "workstation" };

const AGNHOST = "registry.k8s.io/e2e-test-images/agnhost:2.53";

/** A pod that answers over HTTP on port 8080. */
export const server = (name: string, labels: Record<string, string>, node: string, namespace = "default") => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace, labels },
  spec: {
    nodeName: node,
    containers: [{ name: "main", image: AGNHOST, args: ["netexec"], ports: [{ containerPort: 8080, name: "web" }] }],
  },
});

export const service = (name: string, spec: object, namespace = "default") => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace },
  spec,
});

export const policy = (name: string, spec: object, namespace = "default") => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name, namespace },
  spec,
});
