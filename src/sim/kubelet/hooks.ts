import type { Sim } from "../component";
import type { Container, Pod } from "../kinds/types";
import { goList, podText } from "./events";
import { httpExchange, portOf } from "./http-exchange";
import type { PodRecord } from "./records";
import { execError } from "./runtime/executables";
import { runCommand } from "./runtime/execution";

type Handler = NonNullable<NonNullable<Container["lifecycle"]>["preStop"]>;

export interface HookResult {
  tookMs: number;
  /** The kubelet's log line of a hook that failed. */
  failure?: string;
}

/** An httpGet hook is given up after this. */
const HOOK_PATIENCE_MS = 30_000;

/** Runs a lifecycle hook: what it does happens now, how long it takes is in the result. */
export function runHook(sim: Sim, record: PodRecord, pod: Pod, container: Container, handler: Handler): HookResult {
  if (handler.sleep) return { tookMs: Number(handler.sleep.seconds) * 1000 };
  if (handler.exec) return execHook(sim, record, pod, container, handler.exec.command ?? []);
  if (handler.httpGet) return httpHook(sim, record, pod, container, handler.httpGet);
  return { tookMs: 0 };
}

function execHook(sim: Sim, record: PodRecord, pod: Pod, container: Container, argv: string[]): HookResult {
  const result = runCommand(sim, { podUid: record.uid, container: container.name }, argv);
  const about = `Exec lifecycle hook (${goList(argv)}) for Container "${container.name}" in Pod "${podText(pod)}" failed - error: `;
  if ("error" in result) {
    const error = `rpc error: code = Unknown desc = failed to exec in container: failed to start exec: OCI runtime exec failed: exec failed: unable to start container process: ${execError(result.error)}`;
    return { tookMs: 50, failure: `${about}${error}, message: ""` };
  }
  if (result.exitCode === 0) return { tookMs: result.tookMs };
  const output = result.stdout + result.stderr;
  const error = `command '${argv.join(" ")}' exited with ${result.exitCode}: ${result.stderr}`;
  return { tookMs: result.tookMs, failure: `${about}${error}, message: ${JSON.stringify(output)}` };
}

function httpHook(
  sim: Sim,
  record: PodRecord,
  pod: Pod,
  container: Container,
  get: NonNullable<Handler["httpGet"]>,
): HookResult {
  const answer = httpExchange(sim, record, {
    host: get.host,
    port: portOf(container, get.port as number | string),
    path: get.path ?? "/",
    tls: get.scheme === "HTTPS",
    headers: (get.httpHeaders ?? []).map(({ name, value }) => [name, value]),
    userAgent: "kube-lifecycle/1.33",
    patienceMs: HOOK_PATIENCE_MS,
  });
  if (answer.error === undefined) return { tookMs: answer.tookMs };
  const about = `HTTP lifecycle hook (${get.path ?? "/"}) for Container "${container.name}" in Pod "${podText(pod)}" failed - error: `;
  return { tookMs: answer.tookMs, failure: `${about}${answer.error}, message: ""` };
}
