import type { Sim } from "../../component";
import type { Container, Pod } from "../../kinds/types";
import { podEvent } from "../events";
import { type Answer, connect, httpExchange, portOf, type Question } from "../http-exchange";
import type { PodRecord } from "../records";
import { execError } from "../runtime/executables";
import { runCommand } from "../runtime/execution";

export type Probe = NonNullable<Container["livenessProbe"]>;

export interface Attempt {
  outcome: "success" | "failure" | "errored";
  /** What the event says behind `probe failed: `. */
  output: string;
  tookMs: number;
  /** Asking again later may end otherwise although nobody touched the pod. */
  moved: boolean;
}

/** As the kubelet keeps of a probe's output. */
const OUTPUT_LIMIT = 10_240;
const REDIRECTS_LIMIT = 10;

/** Asks once. The effects on the container are there at once; `tookMs` says when the kubelet knows. */
export function attemptProbe(sim: Sim, record: PodRecord, pod: Pod, container: Container, probe: Probe): Attempt {
  const patienceMs = Number(probe.timeoutSeconds ?? 1) * 1000;
  if (probe.exec) return execProbe(sim, record, container, probe.exec.command ?? [], patienceMs);
  if (probe.httpGet) return httpProbe(sim, record, pod, container, probe.httpGet, patienceMs);
  const target = probe.tcpSocket ?? probe.grpc;
  if (target)
    return tcpProbe(sim, record, portOf(container, target.port as number | string), probe.tcpSocket?.host, patienceMs);
  return { outcome: "success", output: "", tookMs: 0, moved: false };
}

function httpProbe(
  sim: Sim,
  record: PodRecord,
  pod: Pod,
  container: Container,
  get: NonNullable<Probe["httpGet"]>,
  patienceMs: number,
): Attempt {
  const question: Question = {
    host: get.host,
    port: portOf(container, get.port as number | string),
    path: get.path ?? "/",
    tls: get.scheme === "HTTPS",
    headers: (get.httpHeaders ?? []).map(({ name, value }) => [name, value]),
    userAgent: `kube-probe/${sim.options.version.split(".").slice(0, 2).join(".")}`,
    patienceMs,
  };
  const trace = { moving: false };
  let answer = httpExchange(sim, record, question, trace);
  let moved = answer.moved;
  let tookMs = answer.tookMs;
  for (let step = 0; isRedirect(answer) && step < REDIRECTS_LIMIT; step++) {
    const next = redirectTarget(answer, question);
    if (next === undefined) {
      podEvent(
        sim,
        pod,
        "Warning",
        "ProbeWarning",
        `Probe terminated redirects, Response body: ${answer.http!.body.slice(0, 200)}`,
      );
      return { outcome: "success", output: "", tookMs, moved: true };
    }
    answer = httpExchange(sim, record, { ...question, path: next }, trace);
    moved ||= answer.moved;
    tookMs += answer.tookMs;
  }
  if (answer.error !== undefined) return { outcome: "failure", output: answer.error, tookMs, moved };
  const status = answer.http!.status;
  if (status >= 200 && status < 400) return { outcome: "success", output: "", tookMs, moved };
  return { outcome: "failure", output: `HTTP probe failed with statuscode: ${status}`, tookMs, moved };
}

const isRedirect = (answer: Answer): boolean =>
  [301, 302, 303, 307, 308].includes(answer.http?.status ?? 0) && location(answer) !== undefined;

const location = (answer: Answer): string | undefined =>
  answer.http?.headers.find(([name]) => name.toLowerCase() === "location")?.[1];

/** Redirects to another host are not followed; those within are. */
function redirectTarget(answer: Answer, question: Question): string | undefined {
  const target = location(answer)!;
  if (!/^https?:\/\//.test(target)) return target.startsWith("/") ? target : `/${target}`;
  const match = /^https?:\/\/([^/:]+)(?::(\d+))?(\/.*)?$/.exec(target);
  const own = question.headers.find(([name]) => name.toLowerCase() === "host")?.[1];
  return match && (match[1] === own || match[1] === question.host) ? (match[3] ?? "/") : undefined;
}

function tcpProbe(sim: Sim, record: PodRecord, port: number, host: string | undefined, patienceMs: number): Attempt {
  const { response, moved } = connect(sim, record, host, port, { moving: false });
  const at = `${host || record.ip}:${port}`;
  if (response.outcome === "ok") return { outcome: "success", output: "", tookMs: response.latencyMs, moved };
  if (response.outcome === "timeout")
    return { outcome: "failure", output: `dial tcp ${at}: i/o timeout`, tookMs: patienceMs, moved };
  return {
    outcome: "failure",
    output: `dial tcp ${at}: connect: connection refused`,
    tookMs: response.latencyMs,
    moved,
  };
}

function execProbe(sim: Sim, record: PodRecord, container: Container, argv: string[], patienceMs: number): Attempt {
  const trace = { moving: false };
  const before = filesOf(sim, record.uid, container.name);
  const result = runCommand(sim, { podUid: record.uid, container: container.name }, argv, trace);
  if ("error" in result) {
    const output = `rpc error: code = Unknown desc = failed to exec in container: failed to start exec: OCI runtime exec failed: exec failed: unable to start container process: ${execError(result.error)}`;
    return { outcome: "errored", output, tookMs: 50, moved: true };
  }
  const after = filesOf(sim, record.uid, container.name);
  const moved = trace.moving || result.changed || before.some((value, index) => value !== after[index]);
  if (result.tookMs >= patienceMs) {
    const output = `command timed out: ${JSON.stringify(argv.join(" "))} timed out after ${patienceMs / 1000}s`;
    return { outcome: "failure", output, tookMs: patienceMs, moved };
  }
  const output = (result.stdout + result.stderr).slice(0, OUTPUT_LIMIT);
  return { outcome: result.exitCode === 0 ? "success" : "failure", output, tookMs: result.tookMs, moved };
}

/** What a command could have written to: tables hold frozen values, so another identity is another content. */
function filesOf(sim: Sim, uid: string, container: string): unknown[] {
  const volumes = sim.kernel.table<unknown>("kubelet.volumes");
  const own = [...volumes.keys()].filter((key) => key.startsWith(`${uid}/`)).map((key) => volumes.get(key));
  return [sim.kernel.table<unknown>("kubelet.layers").get(`${uid}/${container}`), ...own];
}
