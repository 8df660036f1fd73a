import { parseLabelSelector } from "@/sim/apiserver/selectors/labels";
import { resourcePath } from "../api/discovery";
import { type Call, type Command, usageError } from "../command";
import { ApiError, CliError, isNotFound, PlainExit, throwCollected } from "../errors";
import { all, dryRun, manager, PRINT_FLAGS, selector, validate } from "../flags/groups";
import { bool, duration, int, text } from "../flags/spec";
import { build, forEachInfo } from "../resource/builder";
import { waitUntilGone } from "../resource/gone";
import { type Info, pathOf } from "../resource/info";
import { dryRunOf, report } from "../resource/submit";

const MERGE = { "content-type": "application/strategic-merge-patch+json" };
const RETRY_MS = 5000;

async function nodesOf(call: Call): Promise<Info[]> {
  const { flags, args } = call;
  if (args.length === 0 && !flags.text("selector")) throw usageError(call, `USAGE: ${call.command.use} [flags]`);
  if (args.length > 0 && flags.text("selector"))
    throw usageError(call, "error: cannot specify both a node name and a --selector option");
  const words = args.length > 0 ? args.map((arg) => (arg.includes("/") ? arg : `node/${arg}`)) : ["nodes"];
  const built = await build(call, { args: words, allowAll: true });
  throwCollected(built.errors);
  const other = built.infos.find(({ resource }) => resource.kind !== "Node");
  if (other)
    throw new CliError(
      `expected resource of type node, got "${other.resource.group}/${other.resource.version}, Resource=${other.resource.plural}"`,
    );
  return built.infos;
}

/** Marks nodes as (un)schedulable; those that are so already are only said so. */
async function mark(call: Call, infos: Info[], unschedulable: boolean): Promise<void> {
  const word = unschedulable ? "cordoned" : "uncordoned";
  const dry = dryRunOf(call);
  const suffix = dry === "client" ? " (dry run)" : dry === "server" ? " (server dry run)" : "";
  for (const info of infos) {
    if (Boolean(info.object.spec?.unschedulable) === unschedulable) {
      call.session.out(`node/${info.name} already ${word}${suffix}\n`);
      continue;
    }
    if (dry !== "client") {
      await call.session.client.request("PATCH", pathOf(info), {
        headers: MERGE,
        query: dry === "server" ? { dryRun: "All" } : {},
        body: { spec: { unschedulable: unschedulable ? true : null } },
      });
    }
    call.session.out(`node/${info.name} ${word}${suffix}\n`);
  }
}

const cordonRun = (unschedulable: boolean) => async (call: Call) => {
  await mark(call, await nodesOf(call), unschedulable);
  return 0;
};

async function drainRun(call: Call): Promise<number> {
  try {
    parseLabelSelector(call.flags.text("pod-selector"));
  } catch {
    throw new CliError("--pod-selector=<pod_selector> must be a valid label selector");
  }
  const infos = await nodesOf(call);
  await mark(call, infos, true);
  for (const info of infos) await drainNode(call, info);
  return 0;
}

const ownerOf = (pod: any) => (pod.metadata.ownerReferences ?? []).find((each: any) => each.controller);

/** Sorts a node's pods into those to evict, those to leave, and reasons to refuse. */
function plan(call: Call, pods: any[]): { evict: any[]; warnings: string[]; refusals: string[] } {
  const { flags } = call;
  const evict: any[] = [];
  const groups = new Map<string, string[]>();
  const note = (reason: string, pod: any) =>
    groups.set(reason, [...(groups.get(reason) ?? []), `${pod.metadata.namespace}/${pod.metadata.name}`]);
  for (const pod of pods) {
    const ended = pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed";
    if (pod.metadata.annotations?.["kubernetes.io/config.mirror"]) continue;
    const owner = ownerOf(pod);
    if (owner?.kind === "DaemonSet" && !ended) {
      note(
        flags.bool("ignore-daemonsets")
          ? "warn:ignoring DaemonSet-managed Pods"
          : "cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore)",
        pod,
      );
      continue;
    }
    if (!ended && (pod.spec.volumes ?? []).some((volume: any) => volume.emptyDir)) {
      if (!flags.bool("delete-emptydir-data")) {
        note("cannot delete Pods with local storage (use --delete-emptydir-data to override)", pod);
        continue;
      }
    }
    if (!ended && !owner) {
      if (!flags.bool("force")) {
        note("cannot delete Pods that declare no controller (use --force to override)", pod);
        continue;
      }
      note("warn:deleting Pods that declare no controller", pod);
    }
    evict.push(pod);
  }
  const texts = (warn: boolean) =>
    [...groups]
      .filter(([reason]) => reason.startsWith("warn:") === warn)
      .map(([reason, names]) => `${reason.replace(/^warn:/, "")}: ${names.join(", ")}`);
  return { evict, warnings: texts(true), refusals: texts(false) };
}

async function drainNode(call: Call, node: Info): Promise<void> {
  const { session, flags } = call;
  const resource = await session.discovery.require("pods");
  const list = await session.client.get(resourcePath(resource, undefined), {
    fieldSelector: `spec.nodeName=${node.name}`,
    ...(flags.text("pod-selector") && { labelSelector: flags.text("pod-selector") }),
  });
  const { evict, warnings, refusals } = plan(call, list.items ?? []);
  if (refusals.length > 0) {
    session.err(
      `error: unable to drain node ${JSON.stringify(node.name)} due to error: ${refusals.length > 1 ? `[${refusals.join(", ")}]` : refusals[0]}, continuing command...\n`,
    );
    session.err(`There are pending nodes to be drained:\n ${node.name}\n`);
    throw new PlainExit(refusals.length > 1 ? refusals.join("\n") : refusals[0]!);
  }
  if (warnings.length > 0) session.err(`Warning: ${warnings.join("; ")}\n`);
  const dry = dryRunOf(call);
  const timeout = flags.durationMs("timeout");
  const deadlineMs = timeout > 0 ? session.nowMs + timeout : Number.POSITIVE_INFINITY;
  const suffix = dry === "none" ? "" : dry === "client" ? " (dry run)" : " (server dry run)";
  for (const pod of evict) session.out(`evicting pod ${pod.metadata.namespace}/${pod.metadata.name}${suffix}\n`);
  if (dry === "none")
    for (const pod of evict)
      await evictPod(
        call,
        { resource, namespace: pod.metadata.namespace, name: pod.metadata.name, object: pod, source: "" },
        deadlineMs,
      );
  session.out(`node/${node.name} drained${suffix}\n`);
}

async function evictPod(call: Call, pod: Info, deadlineMs: number): Promise<void> {
  const { session, flags } = call;
  const grace = flags.int("grace-period");
  const deleteOptions = grace >= 0 ? { gracePeriodSeconds: grace } : {};
  for (;;) {
    try {
      if (flags.bool("disable-eviction"))
        await session.client.request("DELETE", pathOf(pod), {
          body: { kind: "DeleteOptions", apiVersion: "v1", ...deleteOptions },
        });
      else
        await session.client.request("POST", pathOf(pod, "eviction"), {
          body: {
            apiVersion: "policy/v1",
            kind: "Eviction",
            metadata: { name: pod.name, namespace: pod.namespace },
            deleteOptions,
          },
        });
      break;
    } catch (error) {
      if (isNotFound(error)) return;
      if (!(error instanceof ApiError) || error.status.code !== 429)
        throw new CliError(
          `error when evicting pods/${JSON.stringify(pod.name)} -n ${JSON.stringify(pod.namespace)}: ${(error as Error).message}`,
        );
      session.err(
        `error when evicting pods/${JSON.stringify(pod.name)} -n ${JSON.stringify(pod.namespace)} (will retry after 5s): ${error.message}\n`,
      );
      if (session.nowMs + RETRY_MS > deadlineMs)
        throw new CliError(
          `error when evicting pods/${JSON.stringify(pod.name)} -n ${JSON.stringify(pod.namespace)}: global timeout reached: ${flags.text("timeout")}`,
        );
      await session.tool.sleep(RETRY_MS);
    }
  }
  await waitUntilGone(
    session,
    pod,
    pod.object.metadata.uid,
    Number.isFinite(deadlineMs) ? Math.max(1, deadlineMs - session.nowMs) : 0,
  );
}

interface Taint {
  key: string;
  value?: string;
  effect: string;
}

const NAME_RULE =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

function parseTaints(call: Call, words: string[]): { add: Taint[]; remove: { key: string; effect?: string }[] } {
  const add: Taint[] = [];
  const remove: { key: string; effect?: string }[] = [];
  for (const word of words) {
    if (word.endsWith("-")) {
      const [key, effect] = word.slice(0, -1).split(":") as [string, string?];
      remove.push({ key: key.split("=")[0]!, ...(effect && { effect }) });
      continue;
    }
    const match = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(word);
    if (!match) throw usageError(call, `invalid taint spec: ${word}, ${NAME_RULE}`);
    const [, key, value, effect] = match as unknown as [string, string, string | undefined, string];
    if (!EFFECTS.includes(effect)) throw usageError(call, `invalid taint effect: ${effect}, unsupported taint effect`);
    add.push({ key, ...(value && { value }), effect });
  }
  return { add, remove };
}

async function taintRun(call: Call): Promise<number> {
  const { session, flags, args } = call;
  const first = args.findIndex((word) => word.includes("=") || word.includes(":") || word.endsWith("-"));
  const words = first < 0 ? [] : args.slice(first);
  const targets = first < 0 ? args : args.slice(0, first);
  if (targets.length === 0) throw new CliError("one or more resources must be specified as <resource> <name>");
  if (words.length === 0) throw new CliError("at least one taint update is required");
  const { add, remove } = parseTaints(call, words);
  const both = remove.filter(({ key, effect }) =>
    add.some((taint) => taint.key === key && (!effect || taint.effect === effect)),
  );
  if (both.length > 0)
    throw new CliError(
      `can not both modify and remove the following taint(s) in the same command: ${both.map(({ key, effect }) => (effect ? `${key}=${effect}` : key)).join(", ")}`,
    );
  const dry = dryRunOf(call);
  await forEachInfo(await build(call, { args: targets }), async (info) => {
    if (info.resource.kind !== "Node")
      throw new CliError(`invalid resource type ${info.resource.plural}, only node types are supported`);
    const old: Taint[] = info.object.spec?.taints ?? [];
    const same = (a: Taint, b: Taint) => a.key === b.key && a.effect === b.effect;
    const taken = add.filter((taint) => old.some((each) => same(each, taint)));
    if (taken.length > 0 && !flags.bool("overwrite"))
      throw new CliError(
        `node ${info.name} already has ${taken.map((each) => each.key).join(",")} taint(s) with same effect(s) and --overwrite is false`,
      );
    const missing = remove.filter(
      ({ key, effect }) => !old.some((each) => each.key === key && (!effect || each.effect === effect)),
    );
    if (missing.length > 0)
      throw new CliError(
        missing
          .map(({ key, effect }) => `taint ${JSON.stringify(effect ? `${key}:${effect}` : key)} not found`)
          .join("\n"),
      );
    const kept = old.filter(
      (each) =>
        !add.some((taint) => same(each, taint)) &&
        !remove.some(({ key, effect }) => each.key === key && (!effect || each.effect === effect)),
    );
    const taints = [...add, ...kept];
    const object =
      dry === "client"
        ? { ...info.object, spec: { ...info.object.spec, taints } }
        : await session.client.request("PATCH", pathOf(info), {
            headers: { "content-type": "application/merge-patch+json" },
            query: dry === "server" ? { dryRun: "All" } : {},
            body: { spec: { taints: taints.length > 0 ? taints : null } },
          });
    report(
      call,
      info,
      object,
      add.length === 0 ? "untainted" : taken.length > 0 || remove.length > 0 ? "modified" : "tainted",
      "none",
    );
  });
  return 0;
}

export const cordon: Command = {
  name: "cordon",
  use: "cordon NODE",
  short: "Mark node as unschedulable",
  examples: `# No further pods on it
kubectl cordon foo`,
  flags: [dryRun, selector],
  run: cordonRun(true),
  complete: "nodes",
};
export const uncordon: Command = {
  name: "uncordon",
  use: "uncordon NODE",
  short: "Mark node as schedulable",
  examples: `# Pods may come again
kubectl uncordon foo`,
  flags: [dryRun, selector],
  run: cordonRun(false),
  complete: "nodes",
};

export const drain: Command = {
  name: "drain",
  use: "drain NODE",
  short: "Drain node in preparation for maintenance",
  long: "Mark a node unschedulable and evict its pods, those of DaemonSets and static pods excepted.",
  examples: `# Even pods without a controller
kubectl drain foo --force`,
  flags: [
    int("chunk-size", { default: "500" }),
    bool("delete-emptydir-data"),
    bool("disable-eviction"),
    dryRun,
    bool("force"),
    int("grace-period", { default: "-1" }),
    bool("ignore-daemonsets"),
    text("pod-selector"),
    selector,
    int("skip-wait-for-delete-timeout"),
    duration("timeout"),
  ],
  run: drainRun,
  complete: "nodes",
};

export const taint: Command = {
  name: "taint",
  use: "taint NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N",
  short: "Update the taints on one or more nodes",
  long: "Set taints (key=value:effect) and take them away (key:effect- or key-). Effects: NoSchedule, PreferNoSchedule, NoExecute.",
  examples: `# Keep pods away
kubectl taint nodes foo dedicated=special-user:NoSchedule

# Let them come again
kubectl taint nodes foo dedicated:NoSchedule-`,
  flags: [all, dryRun, manager("kubectl-taint"), bool("overwrite"), ...PRINT_FLAGS, selector, validate],
  run: taintRun,
};
