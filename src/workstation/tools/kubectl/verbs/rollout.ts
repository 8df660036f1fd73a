import { rfc3339 } from "@/sim/kernel/time";
import { groupResourceOf } from "../api/discovery";
import type { Call, Command } from "../command";
import { CliError } from "../errors";
import { dryRun, FILE_FLAGS, manager, PRINT_FLAGS, selector } from "../flags/groups";
import { bool, duration, int } from "../flags/spec";
import { rawPodTemplate } from "../printers/describe/pod-template";
import { newReplicaSet, ownedReplicaSets } from "../printers/describe/workloads";
import { alignTabs, DESCRIBE } from "../printers/tabwriter";
import { build, forEachInfo } from "../resource/builder";
import { nextChange } from "../resource/gone";
import { type Info, pathOf } from "../resource/info";
import { dryRunOf, LAST_APPLIED, printerOf, report, writeQuery } from "../resource/submit";
import { worldOf } from "./describe";

const REVISION = "deployment.kubernetes.io/revision";
const CHANGE_CAUSE = "kubernetes.io/change-cause";
/** Annotations that stay as the Deployment has them when an older revision comes back. */
const KEPT_ANNOTATIONS = [
  LAST_APPLIED,
  REVISION,
  "deployment.kubernetes.io/revision-history",
  "deployment.kubernetes.io/desired-replicas",
  "deployment.kubernetes.io/max-replicas",
  "deprecated.deployment.rollback.to",
];

const named = (info: Info) => `${groupResourceOf(info.resource)} ${JSON.stringify(info.name)}`;
const isDeployment = ({ resource }: Info) => resource.kind === "Deployment";

async function targets(call: Call) {
  if (call.args.length === 0 && call.flags.list("filename").length === 0 && !call.flags.text("selector"))
    throw new CliError("required resource not specified");
  return build(call, { allowAll: call.args.length === 1 });
}

/** What `rollout status` says of a Deployment, and whether it is done. */
export function deploymentStatus({ metadata, spec, status = {} }: any): { message: string; done: boolean } {
  const name = JSON.stringify(metadata.name);
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0))
    return { message: "Waiting for deployment spec update to be observed...\n", done: false };
  const progressing = (status.conditions ?? []).find(({ type }: any) => type === "Progressing");
  if (progressing?.reason === "ProgressDeadlineExceeded")
    throw new CliError(`deployment ${name} exceeded its progress deadline`);
  const [wanted, updated, all, available] = [
    spec.replicas ?? 1,
    status.updatedReplicas ?? 0,
    status.replicas ?? 0,
    status.availableReplicas ?? 0,
  ];
  const waiting = (what: string) => ({
    message: `Waiting for deployment ${name} rollout to finish: ${what}...\n`,
    done: false,
  });
  if (updated < wanted) return waiting(`${updated} out of ${wanted} new replicas have been updated`);
  if (all > updated) return waiting(`${all - updated} old replicas are pending termination`);
  if (available < updated) return waiting(`${available} of ${updated} updated replicas are available`);
  return { message: `deployment ${name} successfully rolled out\n`, done: true };
}

async function status(call: Call): Promise<number> {
  const { session, flags } = call;
  const timeoutMs = flags.durationMs("timeout");
  const deadlineMs = timeoutMs > 0 ? session.nowMs + timeoutMs : Number.POSITIVE_INFINITY;
  await forEachInfo(await targets(call), async (info) => {
    if (!isDeployment(info)) throw new CliError(`no status viewer has been implemented for ${info.resource.kind}`);
    let { object } = info;
    const revision = flags.int("revision");
    if (revision > 0 && Number(object.metadata.annotations?.[REVISION] ?? 0) !== revision)
      throw new CliError(
        `desired revision (${revision}) is different from the running revision (${object.metadata.annotations?.[REVISION] ?? 0})`,
      );
    for (;;) {
      const { message, done } = deploymentStatus(object);
      session.out(message);
      if (done || !flags.bool("watch")) return;
      const event = await nextChange(session, info, object.metadata.resourceVersion, deadlineMs);
      if (!event) {
        if (session.nowMs >= deadlineMs) throw new CliError("timed out waiting for the condition");
        object = await session.client.get(pathOf(info));
        continue;
      }
      if (event.type === "DELETED") throw new CliError("object has been deleted");
      object = event.object;
    }
  });
  return 0;
}

const revisionOf = (set: any): number => Number(set.metadata.annotations?.[REVISION] ?? 0);

async function revisions(call: Call, info: Info): Promise<any[]> {
  if (!isDeployment(info))
    throw new CliError(`no history viewer has been implemented for ${JSON.stringify(info.resource.kind)}`);
  const sets = await ownedReplicaSets(worldOf(call.session, false), info.object);
  return sets.filter((set) => revisionOf(set) > 0).sort((a, b) => revisionOf(a) - revisionOf(b));
}

async function history(call: Call): Promise<number> {
  const { session, flags } = call;
  const revision = flags.int("revision");
  if (revision < 0) throw new CliError(`revision must be a positive integer: ${revision}`);
  await forEachInfo(await targets(call), async (info) => {
    const sets = await revisions(call, info);
    const printer = printerOf(call);
    if (printer) {
      for (const set of sets.filter((each) => revision === 0 || revisionOf(each) === revision))
        session.out(printer.print(set));
      return;
    }
    let text: string;
    if (revision > 0) {
      const set = sets.find((each) => revisionOf(each) === revision);
      if (!set) throw new CliError("unable to find the specified revision");
      const cause = set.metadata.annotations?.[CHANGE_CAUSE];
      const template = cause
        ? {
            ...set.spec.template,
            metadata: {
              ...set.spec.template.metadata,
              annotations: { ...set.spec.template.metadata?.annotations, [CHANGE_CAUSE]: cause },
            },
          }
        : set.spec.template;
      text = rawPodTemplate(template);
    } else if (sets.length === 0) text = "No rollout history found.";
    else
      text = alignTabs(
        `REVISION\tCHANGE-CAUSE\n${sets.map((set) => `${revisionOf(set)}\t${set.metadata.annotations?.[CHANGE_CAUSE] || "<none>"}\n`).join("")}`,
        DESCRIBE,
      );
    report(call, info, info.object, `${revision > 0 ? `with revision #${revision}` : ""}\n${text}`);
  });
  return 0;
}

async function undo(call: Call): Promise<number> {
  const { session, flags } = call;
  const toRevision = flags.int("to-revision");
  const dry = dryRunOf(call);
  await forEachInfo(await targets(call), async (info) => {
    if (!isDeployment(info))
      throw new CliError(`no rollbacker has been implemented for ${JSON.stringify(info.resource.kind)}`);
    if (toRevision < 0) throw new CliError(`unable to find specified revision ${toRevision} in history`);
    const sets = await revisions(call, info);
    const set = toRevision === 0 ? sets.at(-2) : sets.find((each) => revisionOf(each) === toRevision);
    if (!set)
      throw new CliError(
        toRevision === 0
          ? `no rollout history found for deployment ${JSON.stringify(info.name)}`
          : `unable to find specified revision ${toRevision} in history`,
      );
    if (dry === "client") {
      report(call, info, info.object, `${rawPodTemplate(set.spec.template)}`.replace(/\n$/, ""));
      return;
    }
    if (info.object.spec.paused)
      throw new CliError(
        "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
      );
    if (newReplicaSet(info.object, [set])) {
      report(
        call,
        info,
        info.object,
        `skipped rollback (current template already matches revision ${revisionOf(set)})`,
      );
      return;
    }
    const object = await session.client.request("PATCH", pathOf(info), {
      headers: { "content-type": "application/json-patch+json" },
      query: dry === "server" ? { dryRun: "All" } : {},
      body: rollbackPatch(info.object, set),
    });
    report(call, info, object, "rolled back", dry);
  });
  return 0;
}

function rollbackPatch(deployment: any, set: any): unknown[] {
  const { "pod-template-hash": _, ...labels } = set.spec.template.metadata?.labels ?? {};
  const annotations: Record<string, string> = {};
  for (const key of KEPT_ANNOTATIONS)
    if (deployment.metadata.annotations?.[key] !== undefined) annotations[key] = deployment.metadata.annotations[key];
  for (const [key, value] of Object.entries(set.metadata.annotations ?? {}))
    if (!KEPT_ANNOTATIONS.includes(key)) annotations[key] = value as string;
  return [
    {
      op: "replace",
      path: "/spec/template",
      value: { ...set.spec.template, metadata: { ...set.spec.template.metadata, labels } },
    },
    { op: "replace", path: "/metadata/annotations", value: annotations },
  ];
}

const changer =
  (operation: string, check: (info: Info) => void, patch: (call: Call) => unknown) => async (call: Call) => {
    await forEachInfo(await targets(call), async (info) => {
      check(info);
      const object = await call.session.client.request("PATCH", pathOf(info), {
        headers: { "content-type": "application/strategic-merge-patch+json" },
        query: writeQuery(call, "none"),
        body: patch(call),
      });
      report(call, info, object, operation);
    });
    return 0;
  };

const pause = changer(
  "paused",
  (info) => {
    if (!isDeployment(info)) throw new CliError(`${named(info)} pausing is not supported`);
    if (info.object.spec.paused) throw new CliError(`${named(info)} is already paused`);
  },
  () => ({ spec: { paused: true } }),
);

const resume = changer(
  "resumed",
  (info) => {
    if (!isDeployment(info)) throw new CliError(`${named(info)} resuming is not supported`);
    if (!info.object.spec.paused) throw new CliError(`${named(info)} is not paused`);
  },
  () => ({ spec: { paused: null } }),
);

const restart = changer(
  "restarted",
  (info) => {
    if (!["Deployment", "DaemonSet", "StatefulSet"].includes(info.resource.kind))
      throw new CliError(`${named(info)} restarting is not supported`);
    if (info.object.spec.paused)
      throw new CliError(`${named(info)} can't restart paused deployment (run rollout resume first)`);
  },
  ({ session }) => ({
    spec: { template: { metadata: { annotations: { "kubectl.kubernetes.io/restartedAt": rfc3339(session.nowMs) } } } },
  }),
);

const common = [...FILE_FLAGS, ...PRINT_FLAGS, selector];
const managed = [manager("kubectl-rollout"), ...common];

export const rollout: Command = {
  name: "rollout",
  use: "rollout SUBCOMMAND",
  bareHelp: "fails",
  short: "Manage the rollout of a resource",
  long: "Watch, pause, resume, restart and undo the rollout of a Deployment.",
  examples: `# Back to the revision before
kubectl rollout undo deployment/abc

# How far it is
kubectl rollout status deployment/foo`,
  commands: [
    {
      name: "history",
      use: "rollout history (TYPE NAME | TYPE/NAME) [flags]",
      short: "View rollout history",
      examples: `# The revisions of a deployment
kubectl rollout history deployment/abc

# One of them in full
kubectl rollout history daemonset/abc --revision=3`,
      flags: [...common, int("revision")],
      run: history,
      complete: "rollout",
    },
    {
      name: "pause",
      use: "rollout pause RESOURCE",
      short: "Mark the provided resource as paused",
      examples: `# Changes of the deployment wait until it is resumed
kubectl rollout pause deployment/nginx`,
      flags: managed,
      run: pause,
      complete: "rollout",
    },
    {
      name: "restart",
      use: "rollout restart RESOURCE",
      short: "Restart a resource",
      examples: `# All pods of a deployment anew, one after the other
kubectl rollout restart deployment/nginx

# Of each deployment with a label
kubectl rollout restart deployment --selector=app=nginx`,
      flags: managed,
      run: restart,
      complete: "rollout",
    },
    {
      name: "resume",
      use: "rollout resume RESOURCE",
      short: "Resume a paused resource",
      examples: `# What waited is rolled out
kubectl rollout resume deployment/nginx`,
      flags: managed,
      run: resume,
      complete: "rollout",
    },
    {
      name: "status",
      use: "rollout status (TYPE NAME | TYPE/NAME) [flags]",
      short: "Show the status of the rollout",
      examples: `# Until the rollout is done
kubectl rollout status deployment/nginx`,
      flags: [
        ...FILE_FLAGS,
        int("revision"),
        selector,
        duration("timeout"),
        bool("watch", { short: "w", default: "true" }),
      ],
      run: status,
      complete: "rollout",
    },
    {
      name: "undo",
      use: "rollout undo (TYPE NAME | TYPE/NAME) [flags]",
      short: "Undo a previous rollout",
      examples: `# Back to the revision before
kubectl rollout undo deployment/abc

# Back to a certain one
kubectl rollout undo daemonset/abc --to-revision=3`,
      flags: [dryRun, ...common, int("to-revision")],
      run: undo,
      complete: "rollout",
    },
  ],
};
