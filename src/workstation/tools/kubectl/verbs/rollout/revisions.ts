import { mergeSchemaOf } from "@/sim/apiserver/patch/merge-schema";
import { applyStrategicMerge } from "@/sim/apiserver/patch/strategic";
import { groupKindOf } from "../../api/discovery";
import type { Call } from "../../command";
import { CliError } from "../../errors";
import { rawPodTemplate } from "../../printers/describe/pod-template";
import { ownedReplicaSets } from "../../printers/describe/workloads";
import { alignTabs, DESCRIBE } from "../../printers/tabwriter";
import type { Info } from "../../resource/info";
import { selectorQuery } from "../../resource/labels";
import { worldOf } from "../describe";

export const REVISION = "deployment.kubernetes.io/revision";
const CHANGE_CAUSE = "kubernetes.io/change-cause";

/** One template that a workload has had. */
export interface Revision {
  number: number;
  changeCause: string | undefined;
  template: any;
  /** What `-o` prints: a ReplicaSet, or the workload as it was. */
  object: any;
  /** The ReplicaSet or ControllerRevision that keeps it. */
  kept: any;
}

/** Lowest first. A ReplicaSet without a number is none. */
export async function revisionsOf(
  call: Call,
  info: Info,
  reader: "history viewer" | "rollbacker",
): Promise<Revision[]> {
  const read = READERS[info.resource.kind];
  if (!read) throw new CliError(`no ${reader} has been implemented for ${JSON.stringify(groupKindOf(info.resource))}`);
  return (await read(call, info.object)).sort((a, b) => a.number - b.number);
}

async function ofReplicaSets(call: Call, deployment: any): Promise<Revision[]> {
  const sets = await ownedReplicaSets(worldOf(call.session, false), deployment);
  return sets
    .map((set) => ({
      number: Number(set.metadata.annotations?.[REVISION] ?? 0),
      changeCause: set.metadata.annotations?.[CHANGE_CAUSE],
      template: set.spec.template,
      object: set,
      kept: set,
    }))
    .filter(({ number }) => number > 0);
}

/** Each revision is a patch of the whole. */
async function ofControllerRevisions(call: Call, owner: any): Promise<Revision[]> {
  const labels = selectorQuery(owner.spec.selector);
  const all = await worldOf(call.session, false).list("controllerrevisions.apps", owner.metadata.namespace, { labels });
  return all
    .filter(({ metadata }) =>
      (metadata.ownerReferences ?? []).some((each: any) => each.controller && each.uid === owner.metadata.uid),
    )
    .map((kept) => {
      const object: any = applyStrategicMerge(owner, kept.data, mergeSchemaOf(owner.kind));
      return {
        number: kept.revision,
        changeCause: kept.metadata.annotations?.[CHANGE_CAUSE],
        template: object.spec.template,
        object,
        kept,
      };
    });
}

const READERS: Record<string, (call: Call, object: any) => Promise<Revision[]>> = {
  DaemonSet: ofControllerRevisions,
  Deployment: ofReplicaSets,
  StatefulSet: ofControllerRevisions,
};

/** What `rollout history` prints: all revisions in a table, or the template of one (0: all). */
export function revisionTable(revisions: Revision[], number: number): string {
  if (revisions.length === 0) return "No rollout history found.";
  if (number === 0)
    return alignTabs(
      `REVISION\tCHANGE-CAUSE\n${revisions.map((each) => `${each.number}\t${each.changeCause || "<none>"}\n`).join("")}`,
      DESCRIBE,
    );
  const wanted = revisions.find((each) => each.number === number);
  if (!wanted) throw new CliError("unable to find the specified revision");
  const { template, changeCause, kept } = wanted;
  // Only a ReplicaSet's cause of change is shown among the annotations of its template.
  if (kept.kind === "ControllerRevision" || !changeCause) return rawPodTemplate(template);
  const annotations = { ...template.metadata?.annotations, [CHANGE_CAUSE]: changeCause };
  return rawPodTemplate({ ...template, metadata: { ...template.metadata, annotations } });
}
