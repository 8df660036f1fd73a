import type { FileTree } from "@/posix/files/tree";
import type { Sim } from "../../component";
import type { Listener } from "../../images/program";
import type { ContainerRef } from "../../runtime";
import type { Json } from "../../types";

/** How an instance ended. */
export interface Ending {
  id: string;
  startedMs: number;
  finishedMs: number;
  exitCode: number;
  reason: string;
  message?: string;
}

/** Something that a container sees at a path instead of its own layer. */
export interface Mount {
  path: string;
  readOnly: boolean;
  /** Name of the pod's volume, or a file that the kubelet writes. */
  source: { volume: string } | { generated: "hosts" | "hostname" | "resolv.conf" };
  /** Path within the volume. */
  root: string;
  /** What a subPath of a ConfigMap or Secret held when the container started: it never follows the object. */
  frozen?: FileTree;
}

/** One container as it is on its node: the newest instance and how the one before ended. Plain data. */
export interface InstanceRow {
  podUid: string;
  namespace: string;
  pod: string;
  node: string;
  container: string;
  /** 64 hex digits, as containerd's. */
  id: string;
  /** How often it was made before: the pod's restartCount. */
  attempt: number;
  /** Which of the pod's sandboxes it runs in. */
  sandbox: number;
  /** In full: `docker.io/library/nginx:1.27`. */
  image: string;
  /** As the pod wrote it when this instance was made. */
  specImage: string;
  state: "created" | "running" | "exited";
  /** Of a pod from a file of the node: others may depend on whether it runs. */
  static?: true;
  startedMs: number;
  ending?: Ending;
  previous?: Ending;
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
  workingDirectory: string;
  user: { uid: number; gid: number };
  hostname: string;
  podIp: string;
  mounts: readonly Mount[];
  readOnlyRoot: boolean;
  tty: boolean;
  stdin: boolean;
  terminationMessagePath: string;
  terminationMessagePolicy: string;
  memoryLimitBytes?: number;
  cpuLimitMillicores?: number;
  program: string;
  programState: Json;
  listeners: readonly Listener[];
  timers: readonly string[];
  memoryBytes: number;
  cpuMillicores: number;
}

export const instanceKey = (ref: ContainerRef): string => `${ref.podUid}/${ref.container}`;

const table = (sim: Sim) => sim.kernel.table<InstanceRow>("kubelet.instances");

export const readInstance = (sim: Sim, ref: ContainerRef): InstanceRow | undefined => table(sim).get(instanceKey(ref));

export function writeInstance(sim: Sim, row: InstanceRow): void {
  table(sim).set(instanceKey(row), row);
}

export function dropInstance(sim: Sim, ref: ContainerRef): void {
  table(sim).delete(instanceKey(ref));
}

/** The running instance, if it runs. */
export function runningInstance(sim: Sim, ref: ContainerRef): InstanceRow | undefined {
  const row = readInstance(sim, ref);
  return row?.state === "running" ? row : undefined;
}
