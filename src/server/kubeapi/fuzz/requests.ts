import type { KindRegistry } from "@/sim/apiserver/registry";
import { nextUint32, type RandomState, seedRandom } from "@/sim/kernel/random";

/** A request as it goes over the wire. */
export interface WireRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: Buffer;
}

const labels = { app: "a" };
const template = {
  metadata: { labels },
  spec: { containers: [{ name: "c", image: "nginx", ports: [{ containerPort: 80 }] }] },
};
const selector = { matchLabels: labels };

/** One sound object of each kind that is sent; broken ones are made from them. */
const SOUND: Record<string, object> = {
  pods: template,
  services: { spec: { selector: labels, ports: [{ port: 80 }] } },
  configmaps: { data: { k: "v" } },
  secrets: { stringData: { k: "v" } },
  namespaces: {},
  serviceaccounts: {},
  persistentvolumeclaims: { spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } } },
  resourcequotas: { spec: { hard: { pods: "50" } } },
  limitranges: { spec: { limits: [{ type: "Container", default: { cpu: "100m" } }] } },
  deployments: { spec: { replicas: 2, selector, template } },
  replicasets: { spec: { replicas: 1, selector, template } },
  statefulsets: { spec: { serviceName: "a", selector, template } },
  daemonsets: { spec: { selector, template } },
  jobs: { spec: { template: { spec: { ...template.spec, restartPolicy: "Never" } } } },
  cronjobs: {
    spec: {
      schedule: "*/5 * * * *",
      jobTemplate: { spec: { template: { spec: { ...template.spec, restartPolicy: "Never" } } } },
    },
  },
  ingresses: { spec: { defaultBackend: { service: { name: "a", port: { number: 80 } } } } },
  networkpolicies: { spec: { podSelector: {} } },
  horizontalpodautoscalers: {
    spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "a" } },
  },
  poddisruptionbudgets: { spec: { minAvailable: 1, selector } },
  roles: { rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }] },
};

const NAMES = ["a", "b", "c", "kubernetes", "default", "nothing"];
const ODD_NAMES = [
  "A",
  "-a",
  "a/b",
  "..",
  "%00",
  "%2e%2e",
  "%zz",
  "%C3%BC",
  "a".repeat(300),
  "__proto__",
  "constructor",
  "%20",
  "{}",
];
const NAMESPACES = ["default", "default", "default", "kube-system", "gone"];
const SUBRESOURCES = [
  "status",
  "scale",
  "log",
  "exec",
  "attach",
  "eviction",
  "binding",
  "proxy",
  "ephemeralcontainers",
  "token",
  "finalize",
  "portforward",
  "nothing",
  "resize",
];
const METHODS = ["GET", "GET", "POST", "POST", "PUT", "PATCH", "PATCH", "DELETE", "HEAD", "OPTIONS"];
const PATCH_TYPES = [
  "application/json-patch+json",
  "application/merge-patch+json",
  "application/strategic-merge-patch+json",
  "application/apply-patch+yaml",
];
const TYPES = [
  "application/json",
  "application/yaml",
  "application/vnd.kubernetes.protobuf",
  "text/csv",
  "",
  "application/json;charset=utf-8",
  ";;;",
];
const ACCEPTS = [
  "application/json",
  "*/*",
  "application/yaml",
  "image/png",
  "application/json;as=Table;v=v1;g=meta.k8s.io",
  "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io",
  "application/json;as=Nothing;v=v9;g=x",
  "application/vnd.kubernetes.protobuf",
  ",,,",
];
const QUERIES = [
  "limit=1",
  "limit=-1",
  "limit=x",
  "continue=junk",
  "limit=2&continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEifQ",
  "resourceVersion=0",
  "resourceVersion=x",
  "resourceVersion=999999999",
  "resourceVersionMatch=Exact",
  "resourceVersionMatch=Exact&resourceVersion=1",
  "labelSelector=a%3D%3D%3Db",
  "labelSelector=app%20in%20(a",
  "labelSelector=app%3Da",
  "fieldSelector=metadata.name%3Da",
  "fieldSelector=spec.nothing%3Da",
  "fieldSelector=%2C%2C",
  "dryRun=All",
  "dryRun=Some",
  "fieldManager=",
  "fieldManager=f",
  "fieldManager=f&force=true",
  "force=maybe",
  "fieldValidation=Strict",
  "fieldValidation=Odd",
  "gracePeriodSeconds=0",
  "gracePeriodSeconds=-5",
  "propagationPolicy=Foreground",
  "propagationPolicy=Odd",
  "pretty=true",
  "watch=true&timeoutSeconds=1",
  "watch=true&resourceVersion=x",
  "watch=maybe",
  "includeObject=Object",
  "timeoutSeconds=x",
  "container=c",
  "tailLines=-1",
  "tailLines=x",
  "sinceSeconds=0",
  "follow=true",
  "command=ls",
  "%00=%ff",
  "a=1&a=2&a=3",
  "sendInitialEvents=true&watch=true",
  "allowWatchBookmarks=x",
  `labelSelector=${"a".repeat(2000)}`,
] as const;

const DEEP = 3_000;
const LONG = 100_000;
const RARELY = 400;

/** Values that no schema foresees where they land. */
const HOSTILE: (() => unknown)[] = [
  () => null,
  () => "",
  () => -1,
  () => 1e308,
  () => 2 ** 63,
  () => 0.5,
  () => true,
  () => [],
  () => ({}),
  () => [null],
  () => [[]],
  () => "\u0000",
  () => "\ud800",
  () => "a".repeat(300),
  () => "..",
  () => "__proto__",
  () => ({ toString: 1, valueOf: null }),
  () => "1e999",
  () => "{{.x}}",
  () => ["a", "a"],
  () => [{}, {}],
  () => [{ name: "c" }, { name: "c" }],
  () => "999999999999999999999Gi",
  () => "*/0 * * * *",
  () => "2020-99-99T00:00:00Z",
  () => JSON.parse('{"__proto__": {"x": 1}}'),
];

/** An endless row of requests, valid, broken, huge and hostile; the same for the same seed. */
export class RequestMaker {
  private readonly random: RandomState;

  constructor(seed: string) {
    this.random = seedRandom(seed);
  }

  upTo(limit: number): number {
    return nextUint32(this.random) % limit;
  }

  next(kinds: KindRegistry): WireRequest {
    const kind = this.pick(this.chance(2) ? kinds.all : kinds.all.filter(({ plural }) => plural in SOUND));
    const method = this.pick(METHODS);
    const headers: Record<string, string> = { accept: this.chance(3) ? this.pick(ACCEPTS) : "application/json" };
    const name = this.chance(8) ? this.pick(ODD_NAMES) : this.pick(NAMES);
    const root = kind.group === "" ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`;
    const parts = [root];
    if (kind.namespaced !== this.chance(25)) parts.push("namespaces", this.pick(NAMESPACES));
    parts.push(kind.plural);
    const named = method === "POST" ? this.chance(6) : !this.chance(3);
    if (named) parts.push(name);
    if (named && this.chance(5)) parts.push(this.pick(SUBRESOURCES));
    let path = this.chance(40) ? `/${this.pick(ODD_NAMES)}${parts.join("/")}//` : parts.join("/");
    if (this.chance(3)) path += `?${this.pick(QUERIES)}`;
    if (this.chance(8)) path += `${path.includes("?") ? "&" : "?"}${this.pick(QUERIES)}`;
    if (this.chance(30))
      headers["impersonate-user"] = this.pick(["bob", "system:admin", "", "system:serviceaccount:default:default"]);
    const request: WireRequest = { method, path, headers };
    if (["POST", "PUT", "PATCH"].includes(method) || (method === "DELETE" && this.chance(3)))
      this.fill(request, kind, name);
    return request;
  }

  private fill(request: WireRequest, kind: KindRegistry["all"][number], name: string): void {
    const { method, headers } = request;
    headers["content-type"] =
      method === "PATCH" ? this.pick(PATCH_TYPES) : this.chance(8) ? this.pick(TYPES) : "application/json";
    const base = SOUND[kind.plural] ?? { spec: {} };
    const apiVersion = kind.group === "" ? kind.version : `${kind.group}/${kind.version}`;
    let body: unknown = structuredClone({ apiVersion, kind: kind.kind, ...base, metadata: { name, labels } });
    if (method === "DELETE") body = { kind: "DeleteOptions", apiVersion: "v1", propagationPolicy: "Orphan" };
    for (let blow = this.chance(2) ? 1 + this.upTo(3) : 0; blow > 0; blow--) this.break(body);
    if (headers["content-type"] === PATCH_TYPES[0]) body = this.jsonPatch();
    request.body = this.written(body);
  }

  private jsonPatch(): unknown {
    return Array.from({ length: this.upTo(4) }, () => ({
      op: this.pick(["add", "remove", "replace", "move", "copy", "test", "odd"]),
      path: this.pick([
        "/metadata/labels/x",
        "/spec",
        "",
        "/",
        "/metadata/name",
        "/spec/containers/-",
        "/spec/containers/9",
        "/a~2b",
        "/__proto__/x",
        "nothing",
      ]),
      from: this.pick(["/spec", "/metadata", "/nothing", ""]),
      value: this.pick(HOSTILE)(),
    }));
  }

  /** Puts something hostile at a random place of the object. */
  private break(body: unknown): void {
    let at = body as Record<string, unknown>;
    for (;;) {
      const keys = Object.keys(at);
      if (keys.length === 0) return;
      const key = this.pick(keys);
      const below = at[key];
      if (typeof below === "object" && below !== null && !this.chance(4)) {
        at = below as Record<string, unknown>;
        continue;
      }
      if (this.chance(5)) delete at[key];
      else if (this.chance(6)) at[`${key}x`] = this.pick(HOSTILE)();
      else at[key] = this.pick(HOSTILE)();
      return;
    }
  }

  private written(body: unknown): Buffer {
    const text = JSON.stringify(body);
    if (this.chance(RARELY)) return Buffer.from(`${"[".repeat(DEEP)}${"]".repeat(DEEP)}`);
    if (this.chance(RARELY)) return Buffer.from(`{"a":${'{"a":'.repeat(DEEP)}1${"}".repeat(DEEP)}}`);
    if (this.chance(RARELY)) return Buffer.from(text.replace("{", `{"junk":"${"x".repeat(LONG)}",`));
    if (this.chance(40)) return Buffer.from(text.slice(0, this.upTo(text.length)));
    if (this.chance(60)) return Buffer.from(Array.from({ length: this.upTo(200) }, () => this.upTo(256)));
    if (this.chance(80))
      return Buffer.from(`k8s\0${String.fromCharCode(...Array.from({ length: 20 }, () => this.upTo(128)))}`);
    if (this.chance(80)) return Buffer.from("a: &a [x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b,*b]\n");
    if (this.chance(80)) return Buffer.from(this.pick(["null", "1", '"x"', "[]", "{}", "", "\ufeff{}", "{}{}"]));
    return Buffer.from(text);
  }

  private pick<T>(from: readonly T[]): T {
    return from[this.upTo(from.length)]!;
  }

  private chance(oneIn: number): boolean {
    return this.upTo(oneIn) === 0;
  }
}
