import type { ApiRequest, ApiResponse } from "./request";

const ETCD = "etcd";
const BASE = ["ping", "log", ETCD];
const HOOKS = [
  "start-apiserver-admission-initializer",
  "generic-apiserver-start-informers",
  "priority-and-fairness-config-consumer",
  "priority-and-fairness-filter",
  "storage-object-count-tracker-hook",
  "start-apiextensions-informers",
  "start-apiextensions-controllers",
  "crd-informer-synced",
  "start-system-namespaces-controller",
  "start-cluster-authentication-info-controller",
  "start-kube-apiserver-identity-lease-controller",
  "start-kube-apiserver-identity-lease-garbage-collector",
  "start-legacy-token-tracking-controller",
  "start-service-ip-repair-controllers",
  "rbac/bootstrap-roles",
  "scheduling/bootstrap-system-priority-classes",
  "priority-and-fairness-config-producer",
  "bootstrap-controller",
  "aggregator-reload-proxy-client-cert",
  "start-kube-aggregator-informers",
  "apiservice-status-local-available-controller",
  "apiservice-status-remote-available-controller",
  "apiservice-registration-controller",
  "apiservice-discovery-controller",
  "kube-apiserver-autoregistration",
].map((name) => `poststarthook/${name}`);
const LAST = [
  "autoregister-completion",
  "poststarthook/apiservice-openapi-controller",
  "poststarthook/apiservice-openapiv3-controller",
];

/** What each of the health documents checks, in its order (kubernetes.io/docs/reference/using-api/health-checks/). */
const CHECKS: Readonly<Record<string, readonly string[]>> = {
  healthz: [...BASE, ...HOOKS, ...LAST],
  livez: [...BASE, ...HOOKS, ...LAST],
  readyz: [...BASE, "etcd-readiness", "informer-sync", ...HOOKS, ...LAST, "shutdown"],
};

const many = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/**
 * `/livez`, `/readyz`, `/healthz` with `?verbose` and `?exclude=`, and each check at a path of its own; undefined for
 * every other path. A server whose store does not answer says so here, and why is withheld.
 */
export function healthOf({ path, query = {} }: ApiRequest, isStorageDown: boolean): ApiResponse | undefined {
  const [, name = "", ...rest] = path.split("/");
  const checks = Object.hasOwn(CHECKS, name) ? CHECKS[name]! : undefined;
  if (!checks) return undefined;
  const fails = (check: string) => isStorageDown && check.startsWith(ETCD);
  const single = rest.join("/");
  if (single) {
    if (!checks.includes(single)) return undefined;
    if (!fails(single)) return { status: 200, body: "ok" };
    return { status: 500, body: "internal server error: etcd failed: context deadline exceeded\n" };
  }
  const excluded = new Set(many(query.exclude));
  const lines = checks.map((check) => {
    if (excluded.delete(check)) return `[+]${check} excluded: ok\n`;
    return fails(check) ? `[-]${check} failed: reason withheld\n` : `[+]${check} ok\n`;
  });
  if (excluded.size > 0) {
    const names = [...excluded].sort().map((one) => JSON.stringify(one));
    lines.push(`warn: some health checks cannot be excluded: no matches for ${names.join(", ")}\n`);
  }
  if (lines.some((line) => line.startsWith("[-]")))
    return { status: 500, body: `${lines.join("")}${name} check failed\n` };
  return { status: 200, body: query.verbose === undefined ? "ok" : `${lines.join("")}${name} check passed\n` };
}
