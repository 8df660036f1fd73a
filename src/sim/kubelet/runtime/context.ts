import type { Sim } from "../../component";
import type { ProgramContext } from "../../images/program";
import { readRecord } from "../records";
import { openFiles } from "./files";
import { type InstanceRow, readInstance } from "./instances";

/** What a program looked at that moves by itself, so that the same question may have another answer later. */
export interface Trace {
  moving: boolean;
}

/** What a container's program may see and do. Everything costly is made when it is asked for. */
export function programContext(
  sim: Sim,
  row: InstanceRow,
  trace: Trace = { moving: false },
  user = row.user,
): ProgramContext {
  const from = { kind: "pod" as const, namespace: row.namespace, pod: row.pod };
  let files: ProgramContext["files"] | undefined;
  return {
    get nowMs() {
      trace.moving = true;
      return sim.kernel.nowMs;
    },
    argv: row.argv,
    env: row.env,
    workingDirectory: row.workingDirectory,
    get files() {
      files ??= openFiles(sim, row, user);
      return files;
    },
    hostname: row.hostname,
    podIp: row.podIp,
    podNamespace: row.namespace,
    podName: row.pod,
    containerName: row.container,
    ...(row.memoryLimitBytes !== undefined && { memoryLimitBytes: row.memoryLimitBytes }),
    stdin: row.stdin,
    portTaken: (port) => portTaken(sim, row, port),
    random() {
      trace.moving = true;
      return sim.kernel.randomFloat();
    },
    get objects() {
      trace.moving = true;
      return sim.store;
    },
    request(request) {
      trace.moving = true;
      return sim.network.request({ ...request, from });
    },
    resolve(name) {
      trace.moving = true;
      const answer = sim.network.lookup(from, name);
      return { addresses: answer.records.filter((record) => record.type === "A").map((record) => record.data) };
    },
  };
}

/** Containers of a pod share its ports: does another one listen there already? */
function portTaken(sim: Sim, row: InstanceRow, port: number): boolean {
  const names = Object.keys(readRecord(sim, row.podUid)?.containers ?? {});
  return names.some((container) => {
    if (container === row.container) return false;
    const other = readInstance(sim, { podUid: row.podUid, container });
    return other?.state === "running" && other.listeners.some((listener) => listener.port === port);
  });
}
