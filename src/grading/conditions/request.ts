import type { Condition } from "@/challenges/schema";
import { verifyChain } from "@/sim/network/pki";
import type { NetworkRequest, NetworkResponse, Place } from "@/sim/network/types";
import type { LabApi } from "@/workstation/lab/types";
import { explainObject } from "../explain/object";
import { explainHost } from "../explain/service";
import { resolveHome } from "../home";
import type { Cause } from "../report";

type RequestSpec = Extract<Condition, { request: unknown }>["request"];

/** Sends the request on a fork and says whether what came back is what was expected, and if not, why. */
export function checkRequest(spec: RequestSpec, lab: LabApi): { passed: boolean; causes: Cause[] } {
  const url = /^(https?):\/\/([^/:]+|\[[^\]]+\])(?::(\d+))?(\/.*)?$/.exec(spec.url);
  if (!url) return { passed: false, causes: [{ text: `the check's address ${spec.url} cannot be read` }] };
  const [, scheme, host, portText, path] = url;
  const secure = scheme === "https";
  const port = portText ? Number(portText) : secure ? 443 : 80;
  const target = resolveHost(host!, lab);
  if (target === undefined) return { passed: false, causes: explainHost(lab.cluster, host!, port) };
  const headers: [string, string][] = [
    ["Host", host!],
    ["User-Agent", "podium-grader"],
    ["Accept", "*/*"],
    ...Object.entries(spec.headers),
  ];
  const intoPod = spec.intoPod && { namespace: spec.intoPod.namespace ?? "default", pod: spec.intoPod.pod };
  const request: NetworkRequest = {
    from: placeOf(spec.from),
    host: target,
    port,
    payload: {
      kind: "http",
      http: { method: spec.method, path: path ?? "/", headers, body: "" },
      ...(secure && { tls: { serverName: host! } }),
    },
    ...(intoPod && { intoPod }),
  };
  const response = lab.cluster.apply({ kind: "network", request });
  const certificate = secure && response.tls ? certificateProblem(spec, host!, response, lab) : undefined;
  const outcome = certificate ? "bad-certificate" : response.outcome;
  const about = intoPod
    ? explainObject(lab.cluster, { resource: "pods", namespace: intoPod.namespace, name: intoPod.pod })
    : explainHost(lab.cluster, host!, port);
  // What the learner could have typed: the address itself, not the name that the check knows it by.
  const asked = `${spec.method} ${scheme}://${target}${portText ? `:${portText}` : ""}${path ?? "/"}`;
  if (outcome !== spec.expect.outcome) {
    if (certificate)
      return { passed: false, causes: [{ text: `${asked}: the server's certificate is refused: ${certificate}` }] };
    if (outcome === "ok") return { passed: false, causes: [{ text: `${asked} was answered, but it should not be` }] };
    return {
      passed: false,
      causes: [
        { text: `${asked} fails: ${OUTCOMES[outcome] ?? outcome}` },
        ...(response.why ? [{ text: response.why }] : []),
        ...about,
      ],
    };
  }
  if (outcome !== "ok") return { passed: true, causes: [] };
  const { status, body } = spec.expect;
  const got = response.http!;
  if (status !== undefined && got.status !== status) {
    return { passed: false, causes: [{ text: `${asked} answers ${got.status}, expected ${status}` }, ...about] };
  }
  if (body !== undefined && !new RegExp(body, "s").test(got.body)) {
    return {
      passed: false,
      causes: [{ text: `${asked} answers something else: ${got.body.trim().slice(0, 120)}` }, ...about],
    };
  }
  return { passed: true, causes: [] };
}

const OUTCOMES: Record<string, string> = {
  refused: "connection refused",
  timeout: "no answer: it times out",
  unreachable: "no route to host",
  "unknown-host": "the name is not known",
  reset: "connection reset",
  "empty-reply": "empty reply",
  "tls-not-spoken": "the server does not speak TLS on this port",
};

function placeOf(from: RequestSpec["from"]): Place {
  if (from === "workstation") return { kind: "workstation" };
  if ("node" in from) return { kind: "node", node: from.node };
  return { kind: "pod", namespace: from.namespace ?? "default", pod: from.pod };
}

/**
 * Addresses that only the cluster knows are written by name: `loadbalancer.NAME[.NAMESPACE]` is a Service's external
 * address, `node.NAME` a node's.
 */
function resolveHost(host: string, lab: LabApi): string | undefined {
  const [first, name, namespace] = host.split(".");
  if (first === "loadbalancer") {
    return lab.cluster.store.get("services", namespace ?? "default", name!)?.status?.loadBalancer?.ingress?.[0]?.ip;
  }
  if (first === "node") {
    const addresses: { type: string; address: string }[] =
      lab.cluster.store.get("nodes", undefined, name!)?.status?.addresses ?? [];
    return addresses.find((address) => address.type === "InternalIP")?.address;
  }
  return host;
}

function certificateProblem(
  spec: RequestSpec,
  host: string,
  response: NetworkResponse,
  lab: LabApi,
): string | undefined {
  if (spec.insecure) return undefined;
  const path = spec.caFile && resolveHome(spec.caFile);
  if (!path || lab.files.stat(path)?.type !== "file")
    return path ? `there is no ${spec.caFile} to verify it with` : "no CA to verify it with";
  const result = verifyChain(response.tls!.chainPem, lab.files.readFile(path), { host, atMs: lab.cluster.nowMs });
  return result.ok ? undefined : result.reason;
}
