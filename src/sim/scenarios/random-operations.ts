import type { Cluster, ClusterInput } from "../cluster";
import type { Fault } from "../faults";
import { nextUint32, seedRandom } from "../kernel/random";
import type { KubeObject } from "../types";

/** An input of a random run, or time that passes. Plain data: a run is replayed from the list of them. */
export type Operation = { advanceMs: number } | ClusterInput;

const NAMESPACES = ["default", "team"];
const NAMES = ["a", "b", "c"];
const IMAGES = ["nginx:1.25", "nginx:1.26", "nginx:nope", "busybox", "redis:7"];
const NODES = ["node-1", "node-2"];
const COMPONENTS = ["kube-scheduler", "kube-controller-manager", "coredns"];
const ADVANCES_MS = [0, 50, 700, 3_000, 20_000, 90_000, 400_000];

/** Draws operations from a seed alone, so that the same seed asks for the same whatever the cluster does. */
export class RandomOperations {
  private readonly state: ReturnType<typeof seedRandom>;

  constructor(seed: string) {
    this.state = seedRandom(seed);
  }

  next(cluster: Cluster): Operation {
    const kind = this.below(20);
    if (kind < 8) return { advanceMs: this.pick(ADVANCES_MS) };
    const namespace = this.below(4) === 0 ? "team" : "default";
    const name = this.pick(NAMES);
    const deployments = `/apis/apps/v1/namespaces/${namespace}/deployments`;
    switch (kind) {
      case 8:
      case 9:
        return call("POST", deployments, this.deployment(name));
      case 10:
        return merge(`${deployments}/${name}`, { spec: { replicas: this.below(9) } });
      case 11:
        return merge(`${deployments}/${name}`, { spec: { template: { spec: { containers: [this.container()] } } } });
      case 12:
        return merge(`${deployments}/${name}`, { spec: { paused: this.below(3) === 0 } });
      case 13:
        return call("DELETE", `${deployments}/${name}`, {
          propagationPolicy: this.pick(["Background", "Foreground", "Orphan"]),
        });
      case 14:
        return call("POST", `/api/v1/namespaces/${namespace}/services`, this.service(name));
      case 15:
        return this.toPod(cluster);
      case 16:
        return this.below(4) === 0
          ? call("DELETE", "/api/v1/namespaces/team")
          : call("POST", "/api/v1/namespaces", {
              apiVersion: "v1",
              kind: "Namespace",
              metadata: { name: NAMESPACES[1] },
            });
      case 17:
        return call("POST", `/api/v1/namespaces/${namespace}/pods`, {
          apiVersion: "v1",
          kind: "Pod",
          metadata: { name: `lone-${name}`, labels: { app: name } },
          spec: { containers: [this.container()], restartPolicy: this.pick(["Always", "OnFailure", "Never"]) },
        });
      default:
        return { kind: "fault", fault: this.fault(cluster) };
    }
  }

  private fault(cluster: Cluster): Fault {
    const node = this.pick(NODES);
    const pod = this.anyPod(cluster);
    switch (this.below(6)) {
      case 0:
        return { fault: this.below(3) === 0 ? "node-down" : "node-up", node };
      case 1:
        return { fault: this.below(3) === 0 ? "kubelet-down" : "kubelet-up", node };
      case 2:
      case 3:
        return { fault: this.below(3) === 0 ? "component-down" : "component-up", component: this.pick(COMPONENTS) };
      default:
        return {
          fault: "kill-container",
          namespace: pod?.metadata.namespace ?? "default",
          pod: pod?.metadata.name ?? "none",
          exitCode: this.pick([0, 1, 137]),
        };
    }
  }

  private toPod(cluster: Cluster): Operation {
    const pod = this.anyPod(cluster);
    const path = `/api/v1/namespaces/${pod?.metadata.namespace ?? "default"}/pods/${pod?.metadata.name ?? "none"}`;
    switch (this.below(3)) {
      case 0:
        return call("DELETE", path, this.below(3) === 0 ? { gracePeriodSeconds: 0 } : {});
      case 1:
        return merge(path, { metadata: { labels: { app: this.pick([...NAMES, "stranger"]) } } });
      default:
        return call("DELETE", path);
    }
  }

  private anyPod(cluster: Cluster): KubeObject | undefined {
    const pods = [...cluster.store.list("pods", "default"), ...cluster.store.list("pods", "team")];
    return pods.length > 0 ? this.pick(pods) : undefined;
  }

  private deployment(name: string) {
    const strategy =
      this.below(4) === 0
        ? { type: "Recreate" }
        : {
            type: "RollingUpdate",
            rollingUpdate: { maxSurge: this.pick([1, 2, "25%", "100%"]), maxUnavailable: this.pick([0, 1, "50%"]) },
          };
    return {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name },
      spec: {
        replicas: this.below(7),
        minReadySeconds: this.pick([0, 0, 5]),
        strategy,
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels: { app: name } }, spec: { containers: [this.container()] } },
      },
    };
  }

  private container() {
    const image = this.pick(IMAGES);
    return {
      name: "main",
      image,
      ...(image === "busybox" && { command: this.pick([["sleep", "40"], ["false"], ["sleep", "100000"]]) }),
      ...(image.startsWith("nginx") &&
        this.below(2) === 0 && { readinessProbe: { httpGet: { path: "/", port: this.pick([80, 80, 81]) } } }),
      resources: { requests: { cpu: this.pick(["10m", "600m", "1500m"]), memory: "64Mi" } },
    };
  }

  private service(name: string) {
    return {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name },
      spec: { selector: { app: name }, ports: [{ port: 80 }], type: this.pick(["ClusterIP", "NodePort"]) },
    };
  }

  private below(limit: number): number {
    return nextUint32(this.state) % limit;
  }

  private pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!;
  }
}

export function perform(cluster: Cluster, operation: Operation): void {
  if ("advanceMs" in operation) cluster.advanceTo(cluster.nowMs + operation.advanceMs);
  else cluster.apply(operation);
}

const call = (method: "POST" | "DELETE", path: string, body: unknown = {}): Operation => ({
  kind: "api",
  request: { method, path, body },
});

const merge = (path: string, body: unknown): Operation => ({
  kind: "api",
  request: { method: "PATCH", path, headers: { "content-type": "application/strategic-merge-patch+json" }, body },
});
