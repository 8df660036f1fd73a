import { createMergePatch } from "@/sim/apiserver/patch/json";
import { mergeSchemaOf } from "@/sim/apiserver/patch/merge-schema";
import { createTwoWayMergePatch } from "@/sim/apiserver/patch/strategic-diff";
import type { Call, Command } from "../command";
import { ApiError, CliError, throwCollected } from "../errors";
import { FILE_FLAGS, manager, PRINT_FLAGS, saveConfig, validate } from "../flags/groups";
import { bool, text } from "../flags/spec";
import { compactJson } from "../printers/json";
import { withoutManagedFields } from "../printers/output";
import { build } from "../resource/builder";
import type { LoadedFiles } from "../resource/files";
import { type Info, pathOf } from "../resource/info";
import { knowsMerging } from "../resource/merging";
import { createObject, LAST_APPLIED, report, withLastApplied, writeQuery } from "../resource/submit";
import { editObjects } from "./edit/loop";
import type { EditResults } from "./edit/results";

async function run(call: Call): Promise<number> {
  const { infos, errors } = await build(call);
  throwCollected(errors);
  if (infos.length === 0) throw new CliError("edit cancelled, no objects found");
  await editObjects(call, infos, { save: (edited, results) => patchEdited(call, infos, edited, results) });
  return 0;
}

async function patchEdited(call: Call, originals: Info[], edited: Info[], results: EditResults): Promise<void> {
  const { session, flags } = call;
  for (const info of edited) {
    refuseOtherNamespace(call, info);
    const original = originals.find(({ object }) => object.metadata.uid === info.object.metadata?.uid);
    if (!original) throw new CliError(`no original object found for ${compactJson(info.object)}`);
    const before = withoutManagedFields(original.object);
    const after = flags.bool("save-config") ? withLastApplied(info.object) : info.object;
    if (compactJson(before) === compactJson(after)) {
      report(call, info, info.object, "skipped");
      continue;
    }
    if (
      before.apiVersion !== after.apiVersion ||
      before.kind !== after.kind ||
      before.metadata.name !== after.metadata.name
    )
      throw new CliError("At least one of apiVersion, kind and name was changed");
    const strategic = knowsMerging(info.resource);
    const patch = strategic
      ? createTwoWayMergePatch(before, after, mergeSchemaOf(info.resource.kind))
      : createMergePatch(before, after);
    if (flags.bool("output-patch")) session.out(`Patch: ${compactJson(patch)}\n`);
    try {
      const object = await session.client.request("PATCH", pathOf(info, flags.text("subresource") || undefined), {
        headers: {
          "content-type": strategic ? "application/strategic-merge-patch+json" : "application/merge-patch+json",
        },
        query: writeQuery(call, "none"),
        body: patch,
      });
      report(call, info, object, "edited");
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      session.err(results.add(error, info));
    }
  }
}

function refuseOtherNamespace({ session }: Call, info: Info): void {
  if (info.namespace === undefined || info.namespace === session.namespace) return;
  throw new CliError(
    `the namespace from the provided object ${JSON.stringify(info.namespace)} does not match the namespace ${JSON.stringify(session.namespace)}. You must pass '--namespace=${info.namespace}' to perform this operation.`,
  );
}

/** `apply edit-last-applied`: what the annotation says, as the object that it describes. */
export async function editLastApplied(call: Call): Promise<number> {
  const { infos, errors } = await build(call);
  throwCollected(errors);
  const noted = infos.flatMap((info) => {
    const source = info.object.metadata?.annotations?.[LAST_APPLIED];
    return source ? [{ ...info, object: JSON.parse(source) }] : [];
  });
  if (noted.length === 0)
    throw new CliError(
      "no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`",
    );
  await editObjects(call, noted, { lastApplied: true, save: (edited) => annotateEdited(call, noted, edited) });
  return 0;
}

async function annotateEdited(call: Call, originals: Info[], edited: Info[]): Promise<void> {
  for (const info of edited) {
    // Such objects have no uid: each is held against the first.
    if (compactJson(originals[0]!.object) === compactJson(info.object)) {
      report(call, info, info.object, "skipped");
      continue;
    }
    await call.session.client.request("PATCH", pathOf(info), {
      headers: { "content-type": "application/merge-patch+json" },
      query: writeQuery(call, "none"),
      body: { metadata: { annotations: { [LAST_APPLIED]: `${compactJson(info.object)}\n` } } },
    });
    report(call, info, info.object, "edited");
  }
}

/** `create --edit`: each object of the files in an editor of its own, then created. */
export async function editAndCreate(call: Call, loaded: LoadedFiles): Promise<number> {
  throwCollected(loaded.errors);
  for (const info of loaded.infos)
    await editObjects(call, [info], {
      async save(edited) {
        for (const each of edited) report(call, each, await createObject(call, each, "none"), "created");
      },
    });
  return 0;
}

export const edit: Command = {
  name: "edit",
  use: "edit (RESOURCE/NAME | -f FILENAME)",
  short: "Edit a resource on the server",
  long: "Open objects in an editor ($KUBE_EDITOR, $EDITOR or the page's own) and send what was changed. If the server refuses, the editor opens again with its reasons.",
  examples: `# A service
kubectl edit svc/registry

# With an editor of choice
KUBE_EDITOR="nano" kubectl edit svc/registry

# As JSON
kubectl edit job.v1.batch/myjob -o json

# And note the result for later applies
kubectl edit deployment/mydeployment -o yaml --save-config

# The status of a deployment
kubectl edit deployment mydeployment --subresource=status`,
  flags: [
    manager("kubectl-edit"),
    ...FILE_FLAGS,
    bool("output-patch"),
    ...PRINT_FLAGS,
    saveConfig,
    text("subresource"),
    validate,
    bool("windows-line-endings"),
  ],
  run,
};
