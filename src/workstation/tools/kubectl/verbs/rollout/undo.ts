import type { Call } from "../../command";
import { CliError } from "../../errors";
import { rawPodTemplate } from "../../printers/describe/pod-template";
import { newReplicaSet } from "../../printers/describe/workloads";
import { compactJson } from "../../printers/json";
import { forEachInfo } from "../../resource/builder";
import { type Info, pathOf } from "../../resource/info";
import { dryRunOf, LAST_APPLIED, report } from "../../resource/submit";
import { REVISION, type Revision, revisionsOf } from "./revisions";
import { targets } from "./targets";

/** Annotations that stay as the Deployment has them when an older revision comes back. */
const KEPT_ANNOTATIONS = [
  LAST_APPLIED,
  REVISION,
  "deployment.kubernetes.io/revision-history",
  "deployment.kubernetes.io/desired-replicas",
  "deployment.kubernetes.io/max-replicas",
  "deprecated.deployment.rollback.to",
];

export async function undo(call: Call): Promise<number> {
  const { session, flags } = call;
  const toRevision = flags.int("to-revision");
  const dry = dryRunOf(call);
  await forEachInfo(await targets(call), async (info) => {
    const { target, number } = wantedRevision(info, await revisionsOf(call, info, "rollbacker"), toRevision);
    const isDeployment = info.resource.kind === "Deployment";
    if (dry === "client") {
      const text = rawPodTemplate(target.template);
      report(call, info, info.object, isDeployment ? text : `will roll back to ${text}`, dry);
      return;
    }
    if (isDeployment && info.object.spec.paused)
      throw new CliError(
        "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
      );
    if (isDeployment ? newReplicaSet(info.object, [target.kept]) : isCurrent(info.object, target)) {
      report(call, info, info.object, `skipped rollback (current template already matches revision ${number})`);
      return;
    }
    const object = await session.client.request("PATCH", pathOf(info), {
      headers: { "content-type": `application/${isDeployment ? "json-patch" : "strategic-merge-patch"}+json` },
      query: dry === "server" ? { dryRun: "All" } : {},
      body: isDeployment ? rollbackPatch(info.object, target.kept) : target.kept.data,
    });
    report(call, info, object, "rolled back", dry);
  });
  return 0;
}

/** The revision to go back to, with the number that messages give it: that of DaemonSets and StatefulSets is what was asked for. */
function wantedRevision(info: Info, revisions: Revision[], toRevision: number): { target: Revision; number: number } {
  const target = toRevision === 0 ? revisions.at(-2) : revisions.find((each) => each.number === toRevision);
  const isDeployment = info.resource.kind === "Deployment";
  if (target) return { target, number: isDeployment ? target.number : toRevision };
  if (toRevision !== 0) throw new CliError(`unable to find specified revision ${toRevision} in history`);
  throw new CliError(
    isDeployment
      ? `no rollout history found for deployment ${JSON.stringify(info.name)}`
      : "no last revision to roll back to",
  );
}

/** Whether the workload has the very template that a revision keeps. */
function isCurrent(object: any, { kept }: Revision): boolean {
  const { $patch: _, ...template } = kept.data.spec?.template ?? {};
  return compactJson(withoutNull(object.spec.template)) === compactJson(withoutNull(template));
}

function withoutNull(template: any): any {
  const { creationTimestamp: _, ...metadata } = template.metadata ?? {};
  return { ...template, metadata };
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
