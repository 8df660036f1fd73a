import { patchesConflict } from "@/sim/apiserver/patch/conflicts";
import { createThreeWayJsonMergePatch } from "@/sim/apiserver/patch/json";
import { mergeSchemaOf } from "@/sim/apiserver/patch/merge-schema";
import { changesSince, createThreeWayMergePatch } from "@/sim/apiserver/patch/strategic-diff";
import { groupVersionOf } from "../../api/discovery";
import type { Call } from "../../command";
import { ApiError, CliError, isConflict, isNotFound, withSource } from "../../errors";
import { compactJson } from "../../printers/json";
import type { DryRun } from "../../printers/output";
import { printYaml } from "../../printers/yaml";
import { type Info, pathOf, typed } from "../../resource/info";
import { knowsMerging } from "../../resource/merging";
import { createObject, LAST_APPLIED, withLastApplied, writeQuery } from "../../resource/submit";

/** Conflicts are tried again this often, as the real one does. */
const RETRIES = 5;

export interface Applied {
  info: Info;
  object: any;
  operation: string;
}

/** Creates or patches one object so that it is as its file says. */
export async function applyClientSide(call: Call, info: Info, dry: DryRun): Promise<Applied> {
  const { session } = call;
  if (!info.name) {
    if (info.object.metadata?.generateName)
      throw new CliError(`from ${info.object.metadata.generateName}: cannot use generate name with apply`);
    throw new CliError(
      `error when retrieving current configuration of:\n${describeInfo(info)}\nfrom server for: ${JSON.stringify(info.source)}: resource name may not be empty`,
    );
  }
  const modified = withLastApplied(info.object);
  let current: any;
  try {
    current = await session.client.get(pathOf(info));
  } catch (error) {
    if (!isNotFound(error)) {
      throw error instanceof ApiError
        ? error.reworded(
            (message) =>
              `error when retrieving current configuration of:\n${describeInfo(info)}\nfrom server for: ${JSON.stringify(info.source)}: ${message}`,
          )
        : error;
    }
    try {
      const object = await createObject(call, { ...info, object: modified }, dry);
      return { info, object, operation: "created" };
    } catch (failure) {
      throw withSource("creating", info.source, failure as Error);
    }
  }
  if (!current.metadata?.annotations?.[LAST_APPLIED] && dry !== "client") warnMissing(call, info);
  if (current.metadata?.deletionTimestamp)
    session.err(`Warning: Detected changes to resource ${info.name} which is currently being deleted.\n`);
  return patchOne(call, info, modified, typed(info.resource, current), dry);
}

async function patchOne(call: Call, info: Info, modified: any, first: any, dry: DryRun): Promise<Applied> {
  const { session } = call;
  let current = first;
  // What would change is not worked out without the server.
  if (dry === "client") return { info, object: current, operation: "configured" };
  for (let attempt = 0; ; attempt++) {
    const { patch, contentType } = patchOf(info, modified, current);
    if (!call.flags.bool("overwrite")) refuseConflicts(call, info, modified, current);
    if (Object.keys(patch).length === 0) return { info, object: current, operation: "unchanged" };
    try {
      const object = await session.client.request("PATCH", pathOf(info), {
        headers: { "content-type": contentType },
        query: writeQuery(call, dry),
        body: patch,
      });
      return { info, object, operation: "configured" };
    } catch (error) {
      if (isConflict(error) && attempt < RETRIES) {
        current = await session.client.get(pathOf(info));
        continue;
      }
      if (!(error instanceof ApiError)) throw error;
      throw error.reworded(
        (message) =>
          `error when applying patch:\n${compactJson(patch)}\nto:\n${describeInfo(info)}\nfor: ${JSON.stringify(info.source)}: error when patching ${JSON.stringify(info.source)}: ${message}`,
      );
    }
  }
}

/** With `--overwrite=false` what others have changed since the last apply is left to them: that is an error. */
function refuseConflicts({ session }: Call, info: Info, modified: any, current: any): void {
  if (!knowsMerging(info.resource)) return;
  const last: string | undefined = current.metadata?.annotations?.[LAST_APPLIED];
  const original = last ? JSON.parse(last) : {};
  const schema = mergeSchemaOf(info.resource.kind);
  const patch = createThreeWayMergePatch(original, modified, current, schema);
  const changed = changesSince(original, current, schema);
  if (!patchesConflict(patch, changed, schema)) return;
  const conflict = `patch:\n${printYaml(patch)}\nconflicts with changes made from original to current:\n${printYaml(changed)}\n`;
  // The real one tries three descriptions of the types, one after the other.
  for (const document of ["openapi v3", "openapi"])
    session.err(`warning: error calculating patch from ${document} spec: ${conflict}\n`);
  const made = `original:\n${last ?? ""}\nmodified:\n${compactJson(modified)}\n\ncurrent:\n${compactJson(current)}\n\nfor:`;
  const failure = withSource("patching", info.source, new CliError(`creating patch with:\n${made}: ${conflict}`));
  throw withSource(`applying patch:\n\nto:\n${describeInfo(info)}\nfor:`, info.source, failure);
}

/** What must change so that the live object is as the file says, minding what an earlier apply had set. */
export function patchOf(
  info: Pick<Info, "resource">,
  modified: any,
  current: any,
): { patch: Record<string, any>; contentType: string } {
  const last = current.metadata?.annotations?.[LAST_APPLIED];
  const original = last ? JSON.parse(last) : {};
  if (!knowsMerging(info.resource)) {
    const patch = createThreeWayJsonMergePatch(original, modified, current) as Record<string, any>;
    return { patch, contentType: "application/merge-patch+json" };
  }
  const schema = mergeSchemaOf(info.resource.kind);
  const patch = createThreeWayMergePatch(original, modified, current, schema) as Record<string, any>;
  return { patch, contentType: "application/strategic-merge-patch+json" };
}

function warnMissing({ session }: Call, info: Info): void {
  session.err(
    `Warning: resource ${info.resource.plural}/${info.name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`,
  );
}

/** How kubectl names an object in the middle of a message. */
export function describeInfo({ resource, name, namespace }: Info): string {
  const groupVersion = groupVersionOf(resource);
  const head = groupVersion.includes("/") ? groupVersion : `/${groupVersion}`;
  return `Resource: ${JSON.stringify(`${head}, Resource=${resource.plural}`)}, GroupVersionKind: ${JSON.stringify(`${head}, Kind=${resource.kind}`)}\nName: ${JSON.stringify(name)}, Namespace: ${JSON.stringify(namespace ?? "")}`;
}
