import { bytesToHex } from "@noble/hashes/utils.js";
import { LayeredFiles } from "@/posix/files/layered";
import { resolvePath } from "@/posix/files/path";
import type { FileTree } from "@/posix/files/tree";
import { EMPTY_TREE, fileTree } from "@/posix/files/tree";
import type { Sim } from "../component";
import { findImage } from "../images/catalog";
import type { Image } from "../images/image";
import { clone } from "../kernel/freeze";
import type { Container, Pod } from "../kinds/types";
import { ConfigError, containerEnv } from "./env";
import { containerEvent, podText } from "./events";
import { expand } from "./expansion";
import { limits } from "./field-refs";
import type { PodRecord } from "./records";
import { dropLayer } from "./runtime/files";
import { type InstanceRow, type Mount, readInstance, writeInstance } from "./runtime/instances";
import { beginLog } from "./runtime/logs";
import { filesOf, readVolume, writeVolume } from "./runtime/volume-rows";

/** Debugging containers that were added to the pod while it ran. */
export const ephemeralContainers = (pod: Pod): Container[] => (pod.spec as any).ephemeralContainers ?? [];

export function findContainer(pod: Pod, name: string): Container | undefined {
  return [...pod.spec.containers, ...(pod.spec.initContainers ?? []), ...ephemeralContainers(pod)].find(
    (container) => container.name === name,
  ) as Container | undefined;
}

/** Makes a container from its spec, ready to start. Throws `ConfigError` where the spec cannot be followed. */
export function createContainer(sim: Sim, record: PodRecord, pod: Pod, container: Container, imageName: string): void {
  const image = findImage(imageName) as Image;
  const user = userOf(pod, container, image);
  const own = containerEnv(sim, pod, container, record.ip ?? "");
  const env: Record<string, string> = {
    ...image.env,
    HOSTNAME: hostnameOf(pod),
    ...own,
  };
  env.HOME ??= user.uid === 0 ? "/root" : "/";
  const substitute = (word: string) => expand(word, (name) => own[name]);
  const command = (container.command ?? []).map(substitute);
  const args = (container.args ?? []).map(substitute);
  const argv =
    command.length > 0 ? [...command, ...args] : [...image.entrypoint, ...(container.args?.length ? args : image.cmd)];
  if (argv.length === 0) throw new ConfigError("no command specified");
  const ref = { podUid: record.uid, container: container.name };
  const old = readInstance(sim, ref);
  const { memoryBytes, cpuMillicores } = limits(container);
  const row: InstanceRow = {
    ...ref,
    namespace: record.namespace,
    pod: record.name,
    node: record.node,
    id: bytesToHex(sim.kernel.randomBytes(32)),
    // One that was made but never started is made again under the same number.
    attempt: old ? (old.state === "created" ? old.attempt : old.attempt + 1) : 0,
    sandbox: record.sandboxes,
    image: imageName,
    specImage: container.image ?? "",
    state: "created",
    ...(record.static && { static: true }),
    startedMs: 0,
    ...((old?.ending ?? old?.previous) && { previous: old?.ending ?? old?.previous }),
    argv,
    env,
    workingDirectory: container.workingDir || image.workingDirectory || "/",
    user,
    hostname: hostnameOf(pod),
    podIp: record.ip ?? "",
    mounts: mountsOf(sim, record, container, own),
    readOnlyRoot: container.securityContext?.readOnlyRootFilesystem === true,
    tty: container.tty === true,
    stdin: container.stdin === true,
    terminationMessagePath: container.terminationMessagePath ?? "/dev/termination-log",
    terminationMessagePolicy: container.terminationMessagePolicy ?? "File",
    ...(memoryBytes !== undefined && { memoryLimitBytes: memoryBytes }),
    ...(cpuMillicores !== undefined && { cpuLimitMillicores: cpuMillicores }),
    program: "",
    programState: null,
    listeners: [],
    timers: [],
    memoryBytes: 0,
    cpuMillicores: 0,
  };
  dropLayer(sim, ref);
  beginLog(sim, ref);
  writeInstance(sim, row);
  containerEvent(sim, pod, container.name, "Normal", "Created", `Created container: ${container.name}`);
}

function hostnameOf(pod: Pod): string {
  if (pod.spec.hostNetwork) return pod.spec.nodeName!;
  return pod.spec.hostname ?? pod.metadata.name.slice(0, 63).replace(/[-.]+$/, "");
}

function userOf(pod: Pod, container: Container, image: Image): { uid: number; gid: number } {
  const own = container.securityContext;
  const shared = pod.spec.securityContext;
  const uid = own?.runAsUser ?? shared?.runAsUser;
  const gid = own?.runAsGroup ?? shared?.runAsGroup;
  if (own?.runAsNonRoot ?? shared?.runAsNonRoot) {
    const about = `(pod: "${podText(pod)}", container: ${container.name})`;
    if (uid === 0) throw new ConfigError(`container's runAsUser breaks non-root policy ${about}`);
    if (uid === undefined && image.user.uid === 0)
      throw new ConfigError(`container has runAsNonRoot and image will run as root ${about}`);
  }
  return { uid: uid ?? image.user.uid, gid: gid ?? (uid === undefined ? image.user.gid : 0) };
}

function mountsOf(sim: Sim, record: PodRecord, container: Container, env: Record<string, string>): Mount[] {
  const mounts: Mount[] = (container.volumeMounts ?? []).map((mount) => {
    const subPath = mount.subPathExpr ? expand(mount.subPathExpr, (name) => env[name]) : (mount.subPath ?? "");
    const volume = readVolume(sim, record.uid, mount.name);
    const path = resolvePath("/", mount.mountPath);
    const source = { volume: mount.name };
    const readOnly = mount.readOnly === true || volume?.kind === "tree";
    if (!subPath) return { path, readOnly, source, root: "/" };
    const root = resolvePath("/", subPath);
    if (volume?.kind === "tree") return { path, readOnly, source, ...frozenPart(filesOf(sim, volume), root) };
    if (volume?.kind === "empty-dir") makeSubPath(sim, record.uid, mount.name, root);
    return { path, readOnly, source, root };
  });
  const taken = new Set(mounts.map((mount) => mount.path));
  for (const generated of ["hosts", "hostname", "resolv.conf"] as const) {
    const path = `/etc/${generated}`;
    if (!taken.has(path)) mounts.push({ path, readOnly: false, source: { generated }, root: "/file" });
  }
  return mounts;
}

/** A subPath is resolved once: the file, or the directory, that it named at this moment. */
function frozenPart(tree: FileTree, path: string): { root: string; frozen: FileTree } {
  const files = new LayeredFiles(tree);
  const stat = files.stat(path);
  if (!stat) return { root: "/", frozen: EMPTY_TREE };
  if (stat.type === "directory") return { root: path, frozen: clone(tree) };
  return {
    root: "/file",
    frozen: fileTree(
      { "/file": { content: files.readFile(path), mode: stat.mode, uid: stat.uid, gid: stat.gid } },
      stat.modifiedMs,
    ),
  };
}

function makeSubPath(sim: Sim, uid: string, name: string, path: string): void {
  const volume = readVolume(sim, uid, name);
  if (volume?.kind !== "empty-dir") return;
  const files = new LayeredFiles(EMPTY_TREE, { overlay: volume.overlay, nowMs: () => sim.kernel.nowMs });
  if (files.stat(path)) return;
  files.makeDirectory(path, { recursive: true });
  writeVolume(sim, uid, name, { kind: "empty-dir", overlay: files.overlay() });
}
