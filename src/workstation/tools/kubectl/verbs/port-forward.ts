import { type Call, type Command, usageError } from "../command";
import { CliError } from "../errors";
import { duration, list } from "../flags/spec";
import { fetchInfo, type Info } from "../resource/info";
import { podFor, waitForPod } from "../resource/pods";
import { podTarget } from "./exec";

interface Forward {
  local: number;
  remote: number;
}

const PORT_LIMIT = 65_535;
const MILLISECONDS = 1000;

async function run(call: Call): Promise<number> {
  const { session, flags, args } = call;
  if (args.length < 2) throw usageError(call, "TYPE/NAME and list of ports are required for port-forward");
  const info = await podTarget(call, args[0]!);
  const pod = await podFor(session, info, flags.durationMs("pod-running-timeout"));
  const forwards = args.slice(1).map((spec) => forwardOf(spec, info, pod));
  const running = await whenRunning(call, info, pod);
  let lose = () => {};
  const lost = new Promise<void>((resolve) => {
    lose = resolve;
  });
  const started = forwards.map((forward) => listen(call, running, forward, lose));
  if (started.every((each) => !each))
    throw new CliError(
      `unable to listen on any of the requested ports: [${forwards.map(({ local, remote }) => `{${local} ${remote}}`).join(" ")}]`,
    );
  await session.flush();
  await Promise.race([untilGone(call, running), lost]);
  throw new CliError("lost connection to pod");
}

/** `8080`, `8080:80`, `:80`, `8080:http`. Ports of a Service are turned into those of its pods. */
function forwardOf(spec: string, info: Info, pod: any): Forward {
  const parts = spec.split(":");
  if (parts.length > 2) throw new CliError(`invalid port format '${spec}'`);
  const [first, second] = parts as [string, string?];
  const remoteText = second ?? first;
  const remote =
    info.resource.kind === "Service" ? servicePort(info.object, pod, remoteText) : containerPort(pod, remoteText);
  const localText = second === undefined ? (/^\d+$/.test(first) ? first : String(remote)) : first;
  const local = localText === "" ? 0 : number(localText, `local`);
  return { local, remote };
}

function number(text: string, what: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value) || value > PORT_LIMIT)
    throw new CliError(
      `error parsing ${what} port '${text}': strconv.ParseUint: parsing ${JSON.stringify(text)}: ${Number.isNaN(value) ? "invalid syntax" : "value out of range"}`,
    );
  return value;
}

function containerPort(pod: any, text: string): number {
  if (/^\d+$/.test(text)) {
    const port = number(text, "remote");
    if (port === 0) throw new CliError("remote port must be > 0");
    return port;
  }
  for (const container of pod.spec.containers)
    for (const port of container.ports ?? []) if (port.name === text) return port.containerPort;
  throw new CliError(`Pod '${pod.metadata.name}' does not have a named port '${text}'`);
}

function servicePort(service: any, pod: any, text: string): number {
  const port = (service.spec.ports ?? []).find((each: any) =>
    /^\d+$/.test(text) ? each.port === Number(text) : each.name === text,
  );
  if (!port)
    throw new CliError(
      /^\d+$/.test(text)
        ? `Service ${service.metadata.name} does not have a service port ${text}`
        : `Service '${service.metadata.name}' does not have a named port '${text}'`,
    );
  if (service.spec.clusterIP === "None" && port.targetPort === undefined) return port.port;
  return typeof port.targetPort === "string" ? containerPort(pod, port.targetPort) : (port.targetPort ?? port.port);
}

async function whenRunning(call: Call, info: Info, pod: any): Promise<any> {
  const { session, flags } = call;
  if (pod.status?.phase === "Running") return pod;
  const resource = await session.discovery.require("pods");
  const target = await fetchInfo(session, {
    resource,
    namespace: pod.metadata.namespace,
    name: pod.metadata.name,
    source: "",
  });
  const ended = (each: any) => ["Running", "Succeeded", "Failed"].includes(each.status?.phase);
  const patient = info.resource.kind !== "Pod" || pod.status?.phase === "Pending";
  const now = patient
    ? await waitForPod(session, target, ended, session.nowMs + flags.durationMs("pod-running-timeout"))
    : pod;
  if (now?.status?.phase === "Running") return now;
  throw new CliError(
    `unable to forward port because pod is not running. Current status=${now?.status?.phase ?? pod.status?.phase ?? "Pending"}`,
  );
}

/** Opens one local port; each request through it goes straight into the pod's network. One that is refused ends them all. */
function listen(call: Call, pod: any, { local, remote }: Forward, lose: () => void): boolean {
  const { session, flags } = call;
  const { tool } = session;
  const { namespace, name } = pod.metadata;
  const listener = tool.listen(local, async (request) => {
    const goesOn = request.payload.kind === "http" && request.payload.tls?.established;
    if (!goesOn) session.out(`Handling connection for ${bound}\n`);
    const answer = await tool.network({
      ...request,
      host: "127.0.0.1",
      port: remote,
      intoPod: { namespace, pod: name },
    });
    if (answer.outcome === "refused") {
      session.klog(
        "E",
        "portforward.go:424",
        `"Unhandled Error" err="an error occurred forwarding ${bound} -> ${remote}: error forwarding port ${remote} to pod ${pod.metadata.uid}, uid : failed to execute portforward in network namespace: failed to connect to localhost:${remote} inside namespace, IPv4: dial tcp4 127.0.0.1:${remote}: connect: connection refused IPv6 dial tcp6 [::1]:${remote}: connect: connection refused "`,
      );
      lose();
      return { ...answer, outcome: "empty-reply" };
    }
    return answer;
  });
  const bound = listener?.port ?? local;
  const addresses = flags
    .list("address")
    .flatMap((address) =>
      address === "localhost" ? ["127.0.0.1", "[::1]"] : [address.includes(":") ? `[${address}]` : address],
    );
  if (!listener) {
    session.err(
      `Unable to listen on port ${local}: Listeners failed to create with the following errors: [${flags
        .list("address")
        .flatMap((address) => (address === "localhost" ? ["127.0.0.1", "::1"] : [address]))
        .map(
          (address) =>
            `unable to create listener: Error listen tcp${address.includes(":") ? "6" : "4"} ${address.includes(":") ? `[${address}]` : address}:${local}: bind: address already in use`,
        )
        .join(" ")}]\n`,
    );
    return false;
  }
  for (const address of addresses) session.out(`Forwarding from ${address}:${bound} -> ${remote}\n`);
  tool.onEnd(() => listener.close());
  return true;
}

/** Holds the connection until the pod is gone or has ended. */
async function untilGone(call: Call, pod: any): Promise<void> {
  const { session } = call;
  const resource = await session.discovery.require("pods");
  const info: Info = { resource, namespace: pod.metadata.namespace, name: pod.metadata.name, object: pod, source: "" };
  await waitForPod(
    session,
    info,
    (each) => each.metadata.uid !== pod.metadata.uid || ["Succeeded", "Failed"].includes(each.status?.phase),
    Number.POSITIVE_INFINITY,
  );
  await session.tool.sleep(MILLISECONDS);
}

export const portForward: Command = {
  name: "port-forward",
  use: "port-forward TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]",
  short: "Forward one or more local ports to a pod",
  long: "Open ports of this machine whose connections end in a pod. The pod of a workload or Service is chosen once; when it ends, so does the forwarding.",
  examples: `# The same ports here and there
kubectl port-forward pod/mypod 5000 6000

# Port 8888 here to port 5000 of the pod
kubectl port-forward pod/mypod 8888:5000

# A port of a Service
kubectl port-forward service/myservice 8443:https

# Any free port
kubectl port-forward pod/mypod :5000`,
  flags: [list("address", { default: "localhost" }), duration("pod-running-timeout", { default: "1m0s" })],
  run,
  complete: "pods-and-workloads",
};
