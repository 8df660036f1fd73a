import type { Cluster } from "../cluster";
import { nextUint32, seedRandom } from "../kernel/random";
import { type Operation, RandomOperations } from "./random-operations";

const IMAGES = ["nginx:1.25", "nginx:1.26", "nginx:nope", "redis:7"];
const NAMES = ["d", "e"];
const NODES = ["node-1", "node-2"];

/** What `RandomOperations` asks for, and further kinds: sets, budgets, quotas, claims, jobs, evictions, cordons. */
export class RandomWorkloads {
  private readonly others: RandomOperations;
  private readonly state: ReturnType<typeof seedRandom>;

  constructor(seed: string) {
    this.others = new RandomOperations(seed);
    this.state = seedRandom(`${seed}/workloads`);
  }

  next(cluster: Cluster): Operation {
    const kind = this.below(24);
    const name = this.pick(NAMES);
    const sets = this.pick(["statefulsets", "daemonsets"]);
    const apps = `/apis/apps/v1/namespaces/default/${sets}`;
    switch (kind) {
      case 0:
      case 1:
        return post(apps, this.set(sets, name));
      case 2:
        return patch(`/apis/apps/v1/namespaces/default/statefulsets/${name}`, { spec: { replicas: this.below(5) } });
      case 3:
        return patch(`${apps}/${name}`, { spec: { template: { spec: { containers: [this.container()] } } } });
      case 4:
        return this.remove(`${apps}/${name}`);
      case 5:
        return post("/apis/policy/v1/namespaces/default/poddisruptionbudgets", {
          apiVersion: "policy/v1",
          kind: "PodDisruptionBudget",
          metadata: { name },
          spec: { minAvailable: this.below(3), selector: { matchLabels: { app: name } } },
        });
      case 6:
      case 7:
        return this.eviction(cluster);
      case 8:
        return post("/api/v1/namespaces/team/resourcequotas", {
          apiVersion: "v1",
          kind: "ResourceQuota",
          metadata: { name: "quota" },
          spec: { hard: { pods: String(2 + this.below(4)), "requests.cpu": "3" } },
        });
      case 9:
        return patch(`/api/v1/nodes/${this.pick(NODES)}`, { spec: { unschedulable: this.below(3) === 0 || null } });
      case 10:
        return post("/apis/batch/v1/namespaces/default/jobs", this.job(name));
      case 11:
        return this.remove(`/apis/batch/v1/namespaces/default/jobs/${name}`);
      default:
        return this.others.next(cluster);
    }
  }

  private eviction(cluster: Cluster): Operation {
    const pods = cluster.store.list("pods", "default");
    const { name } = (pods.length > 0 ? this.pick(pods) : { metadata: { name: "none" } }).metadata;
    return post(`/api/v1/namespaces/default/pods/${name}/eviction`, {
      apiVersion: "policy/v1",
      kind: "Eviction",
      metadata: { name, namespace: "default" },
    });
  }

  private set(resource: string, name: string) {
    const stateful = resource === "statefulsets";
    return {
      apiVersion: "apps/v1",
      kind: stateful ? "StatefulSet" : "DaemonSet",
      metadata: { name },
      spec: {
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels: { app: name } }, spec: { containers: [this.container()] } },
        ...(stateful && {
          serviceName: name,
          replicas: this.below(4),
          podManagementPolicy: this.pick(["OrderedReady", "Parallel"]),
          ...(this.below(2) === 0 && { volumeClaimTemplates: [claim] }),
        }),
      },
    };
  }

  private job(name: string) {
    const command = this.pick([["true"], ["false"], ["sleep", "30"]]);
    const container = { name: "main", image: "busybox", command };
    return {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: { name },
      spec: {
        completions: 1 + this.below(3),
        backoffLimit: this.below(3),
        template: { spec: { restartPolicy: this.pick(["Never", "OnFailure"]), containers: [container] } },
      },
    };
  }

  private container() {
    const image = this.pick(IMAGES);
    return {
      name: "main",
      image,
      ...(image.startsWith("nginx") &&
        this.below(2) === 0 && { readinessProbe: { httpGet: { path: "/", port: this.pick([80, 80, 81]) } } }),
      resources: { requests: { cpu: this.pick(["10m", "200m", "900m"]), memory: "64Mi" } },
    };
  }

  private remove(path: string): Operation {
    const propagationPolicy = this.pick(["Background", "Foreground", "Orphan"]);
    return { kind: "api", request: { method: "DELETE", path, body: { propagationPolicy } } };
  }

  private below(limit: number): number {
    return nextUint32(this.state) % limit;
  }

  private pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!;
  }
}

const claim = {
  metadata: { name: "data" },
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
};

const post = (path: string, body: unknown): Operation => ({ kind: "api", request: { method: "POST", path, body } });

const patch = (path: string, body: unknown): Operation => ({
  kind: "api",
  request: { method: "PATCH", path, headers: { "content-type": "application/strategic-merge-patch+json" }, body },
});
