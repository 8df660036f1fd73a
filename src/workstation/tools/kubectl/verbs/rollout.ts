import { rfc3339 } from "@/sim/kernel/time";
import { groupKindOf, groupResourceOf } from "../api/discovery";
import type { Call, Command } from "../command";
import { CliError } from "../errors";
import { dryRun, FILE_FLAGS, manager, PRINT_FLAGS, selector } from "../flags/groups";
import { bool, duration, int } from "../flags/spec";
import { forEachInfo } from "../resource/builder";
import { nextChange } from "../resource/gone";
import { type Info, pathOf } from "../resource/info";
import { printerOf, report, writeQuery } from "../resource/submit";
import { revisionsOf, revisionTable } from "./rollout/revisions";
import { STATUS_VIEWERS } from "./rollout/status";
import { targets } from "./rollout/targets";
import { undo } from "./rollout/undo";

const REVISION = "deployment.kubernetes.io/revision";

const named = (info: Info) => `${groupResourceOf(info.resource)} ${JSON.stringify(info.name)}`;
const isDeployment = ({ resource }: Info) => resource.kind === "Deployment";

async function status(call: Call): Promise<number> {
  const { session, flags } = call;
  const timeoutMs = flags.durationMs("timeout");
  const deadlineMs = timeoutMs > 0 ? session.nowMs + timeoutMs : Number.POSITIVE_INFINITY;
  await forEachInfo(await targets(call), async (info) => {
    const viewer = STATUS_VIEWERS[info.resource.kind];
    if (!viewer) throw new CliError(`no status viewer has been implemented for ${groupKindOf(info.resource)}`);
    let { object } = info;
    const revision = flags.int("revision");
    if (isDeployment(info) && revision > 0 && Number(object.metadata.annotations?.[REVISION] ?? 0) !== revision)
      throw new CliError(
        `desired revision (${revision}) is different from the running revision (${object.metadata.annotations?.[REVISION] ?? 0})`,
      );
    for (;;) {
      const { message, done } = viewer(object);
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

async function history(call: Call): Promise<number> {
  const { session, flags } = call;
  const revision = flags.int("revision");
  if (revision < 0) throw new CliError(`revision must be a positive integer: ${revision}`);
  await forEachInfo(await targets(call), async (info) => {
    const revisions = await revisionsOf(call, info, "history viewer");
    const printer = printerOf(call);
    if (printer) {
      for (const each of revisions.filter(({ number }) => revision === 0 || number === revision))
        session.out(printer.print(each.object));
      return;
    }
    report(
      call,
      info,
      info.object,
      `${revision > 0 ? `with revision #${revision}` : ""}\n${revisionTable(revisions, revision)}`,
    );
  });
  return 0;
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
  long: "Watch, pause, resume, restart and undo the rollout of a Deployment, DaemonSet or StatefulSet.",
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
