import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { parse } from "yaml";
import { joinPath } from "@/posix/files/path";
import type { Sim } from "../component";
import { clone } from "../kernel/freeze";
import { pod as podKind } from "../kinds/pod";
import type { Pod } from "../kinds/types";
import { machineFiles } from "../machines/files";
import { writeJournal } from "../machines/journal";
import { klog } from "../machines/klog";
import { yamlProblem } from "../machines/kubelet-unit";
import { kubeletSettings, readUnit } from "../machines/units";
import { removeOrphanedMirrors } from "./mirror-pods";
import { createRecord, editRecord, type PodRecord, readRecord, recordsOn } from "./records";
import { requestSync } from "./sync-queue";
import { ADMISSION_MS } from "./timing";

/** Where kubeadm's kubelets look for manifests. */
const STATIC_POD_PATH = "/etc/kubernetes/manifests";
/** Files that are read in one directory. */
const MANIFESTS_LIMIT = 64;

/** Brings what runs of a node's manifests into line with the files as they are now. */
export function syncStaticPods(sim: Sim, node: string): void {
  const wanted = new Map(readManifests(sim, node).map((pod) => [pod.metadata.uid, pod]));
  const running = recordsOn(sim, node).filter((record) => record.static);
  for (const record of running) if (!record.gone && !wanted.has(record.uid)) remove(sim, record);
  removeOrphanedMirrors(sim, node);
  const taken = new Set(recordsOn(sim, node).flatMap((record) => (record.static ? [nameOf(record.static)] : [])));
  for (const pod of wanted.values()) {
    // One that has just been changed waits until the one before it has ended.
    if (readRecord(sim, pod.metadata.uid) || taken.has(nameOf(pod))) continue;
    createRecord(sim, pod, true);
    requestSync(sim, pod.metadata.uid, ADMISSION_MS);
  }
}

const nameOf = ({ metadata }: Pod): string => `${metadata.namespace}/${metadata.name}`;

function remove(sim: Sim, record: PodRecord): void {
  editRecord(sim, record.uid, (draft) => {
    draft.gone = record.static!;
  });
  requestSync(sim, record.uid, 0);
}

function readManifests(sim: Sim, node: string): Pod[] {
  const directory = kubeletSettings(sim, node)?.staticPodPath ?? STATIC_POD_PATH;
  const files = machineFiles(sim, node);
  if (files.stat(directory)?.type !== "directory") return [];
  const names = files.readDirectory(directory).filter((name) => !name.startsWith("."));
  return names.slice(0, MANIFESTS_LIMIT).flatMap((name) => {
    const path = joinPath(directory, name);
    if (files.stat(path)?.type !== "file") return [];
    const pod = staticPod(sim, node, path, files.readFile(path));
    if (!("problem" in pod)) return [pod];
    complain(sim, node, path, pod.problem);
    return [];
  });
}

function complain(sim: Sim, node: string, path: string, problem: string): void {
  const { pid } = readUnit(sim, node, "kubelet");
  const text = klog(
    sim.kernel.nowMs,
    "E",
    pid,
    "file_linux.go:61",
    `"Unable to process watch event" err="can't process config file \\"${path}\\": ${problem.replaceAll('"', '\\"')}"`,
  );
  writeJournal(sim, node, { unit: "kubelet", program: "kubelet", pid, text });
}

/** Manifests by their text: kubelets read the same few again at each start and each change. */
const manifests = new Map<string, unknown>();
const KEPT_MANIFESTS_LIMIT = 64;

function parsed(text: string): unknown {
  if (!manifests.has(text)) {
    const object = parse(text);
    if (manifests.size >= KEPT_MANIFESTS_LIMIT) manifests.delete(manifests.keys().next().value!);
    manifests.set(text, object);
  }
  return manifests.get(text);
}

/** The pod that a manifest means on this node, as the kubelet completes it; or why it is none. */
function staticPod(sim: Sim, node: string, path: string, text: string): Pod | { problem: string } {
  const invalid = (why: string) => ({ problem: `${path}: couldn't parse as pod(${why}), please check config file` });
  let object: any;
  try {
    object = clone(parsed(text));
  } catch (error) {
    return invalid(yamlProblem(error).replace("error converting YAML to JSON: ", ""));
  }
  if (object?.kind === undefined) return invalid("Object 'Kind' is missing in '{}'");
  if (object.apiVersion !== "v1" || object.kind !== "Pod")
    return invalid(
      `no kind "${object.kind}" is registered for version "${object.apiVersion ?? ""}" in scheme "pkg/api/legacyscheme/scheme.go:30"`,
    );
  if (!Array.isArray(object.spec?.containers)) return invalid("invalid pod: spec.containers: Required value");
  const uid = bytesToHex(sha256(utf8ToBytes(`${node}\0${path}\0${text}`))).slice(0, 32);
  const { metadata, spec } = object;
  const draft: any = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      ...metadata,
      name: `${metadata?.name ?? ""}-${node.toLowerCase()}`,
      namespace: metadata?.namespace || "default",
      uid,
      annotations: {
        ...metadata?.annotations,
        "kubernetes.io/config.hash": uid,
        "kubernetes.io/config.seen": sim.kernel.now(),
        "kubernetes.io/config.source": "file",
      },
    },
    spec: {
      ...spec,
      nodeName: node,
      tolerations: [...(spec.tolerations ?? []), { effect: "NoExecute", operator: "Exists" }],
    },
    status: { phase: "Pending" },
  };
  podKind.setDefaults?.(draft);
  const errors = podKind.validate?.(draft) ?? [];
  if (errors.length > 0) return { problem: `invalid pod: [${errors.map(errorText).join(", ")}]` };
  return draft;
}

const errorText = ({ field, message }: { field: string; message?: string }): string =>
  `${field}: ${message ?? "Invalid value"}`;
