import type { Cluster } from "@/sim/cluster";
import type { Container, Pod } from "@/sim/kinds/types";
import type { Cause } from "../report";

type ContainerStatus = NonNullable<NonNullable<Pod["status"]>["containerStatuses"]>[number];

/** Why a pod is not Running and Ready, most direct cause first; empty where it is. */
export function explainPod(cluster: Cluster, pod: Pod): Cause[] {
  const object = { resource: "pods", namespace: pod.metadata.namespace!, name: pod.metadata.name };
  const say = (text: string): Cause => ({ text, object });
  const { name } = pod.metadata;
  if (pod.metadata.deletionTimestamp) return [say(`pod ${name} is being deleted`)];
  const scheduled = pod.status?.conditions?.find((condition) => condition.type === "PodScheduled");
  if (scheduled?.status === "False")
    return [say(`pod ${name} is not scheduled: ${scheduled.message ?? scheduled.reason}`)];
  for (const status of [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])]) {
    const cause = explainContainer(cluster, pod, status);
    if (cause) return cause.map(say);
  }
  const mount = failedMount(cluster, pod);
  if (mount) return [say(`pod ${name} cannot start: ${mount}`)];
  const ready = pod.status?.conditions?.find((condition) => condition.type === "Ready");
  if (ready?.status === "True" || pod.status?.phase === "Succeeded") return [];
  return [
    say(`pod ${name} is ${pod.status?.phase ?? "Pending"} and not ready${ready?.reason ? ` (${ready.reason})` : ""}`),
  ];
}

function explainContainer(cluster: Cluster, pod: Pod, status: ContainerStatus): string[] | undefined {
  const { name } = pod.metadata;
  const waiting = status.state?.waiting;
  if (waiting?.reason === "CrashLoopBackOff") {
    const last = status.lastState?.terminated;
    const ref = { podUid: pod.metadata.uid, container: status.name };
    const log = (cluster.runtime.log(ref) ?? cluster.runtime.log(ref, true) ?? []).at(-1)?.text;
    const reason =
      last?.reason === "OOMKilled"
        ? "it was killed for using more memory than its limit"
        : log
          ? `its last words are: ${log}`
          : undefined;
    return [
      `container ${status.name} of pod ${name} keeps crashing (exit code ${last?.exitCode ?? "unknown"}, ${status.restartCount} restarts)`,
      ...(reason ? [reason] : []),
    ];
  }
  if (waiting && waiting.reason !== "ContainerCreating" && waiting.reason !== "PodInitializing") {
    return [
      `container ${status.name} of pod ${name} cannot start: ${waiting.reason}${waiting.message ? `: ${waiting.message}` : ""}`,
    ];
  }
  if (status.state?.running && !status.ready) {
    const container = pod.spec.containers.find((one) => one.name === status.name);
    if (container?.readinessProbe) return [`pod ${name} is not ready`, ...explainProbe(cluster, pod, container)];
  }
  return undefined;
}

/** "its readiness probe asks port 8080, but it listens on 80". */
function explainProbe(cluster: Cluster, pod: Pod, container: Container): string[] {
  const probe = container.readinessProbe!;
  const target = probe.httpGet ?? probe.tcpSocket;
  const failure = [...cluster.store.list("events", pod.metadata.namespace)]
    .filter(
      (event) =>
        event.involvedObject.uid === pod.metadata.uid &&
        event.reason === "Unhealthy" &&
        event.message.startsWith("Readiness"),
    )
    .sort((a, b) => (a.lastTimestamp < b.lastTimestamp ? 1 : -1))[0]?.message;
  const texts: string[] = [];
  if (target) {
    const port = portNumber(container, target.port);
    const listening = cluster.runtime.listening(pod.metadata.uid).map((listener) => listener.port);
    const what = probe.httpGet ? `${probe.httpGet.path ?? "/"} on port ${target.port}` : `port ${target.port}`;
    if (port === undefined)
      texts.push(
        `the readiness probe of ${container.name} names port ${target.port}, which the container does not have`,
      );
    else if (!listening.includes(port)) {
      texts.push(
        `the readiness probe of ${container.name} asks ${what}, but the pod listens on ${listening.join(", ") || "no port"}`,
      );
    } else texts.push(`the readiness probe of ${container.name} asks ${what} and is not satisfied`);
  } else texts.push(`the readiness probe of ${container.name} fails`);
  if (failure) texts.push(failure);
  return texts;
}

function portNumber(container: Container, port: string | number): number | undefined {
  if (typeof port === "number") return port;
  if (/^\d+$/.test(port)) return Number(port);
  return container.ports?.find((one) => one.name === port)?.containerPort;
}

/** A volume whose Secret or ConfigMap is not there. */
function failedMount(cluster: Cluster, pod: Pod): string | undefined {
  for (const volume of pod.spec.volumes ?? []) {
    const secret = volume.secret?.secretName;
    if (secret && !volume.secret?.optional && !cluster.store.get("secrets", pod.metadata.namespace, secret))
      return `Secret ${secret} does not exist`;
    const map = volume.configMap?.name;
    if (map && !volume.configMap?.optional && !cluster.store.get("configmaps", pod.metadata.namespace, map))
      return `ConfigMap ${map} does not exist`;
  }
  return undefined;
}
