import { kindNameOf } from "../api/discovery";
import type { Call, Command } from "../command";
import { ApiError, CliError, isNotFound, withSource } from "../errors";
import { DELETE_FLAGS, dryRun, FILE_FLAGS, manager, PRINT_FLAGS, saveConfig, validate } from "../flags/groups";
import { text } from "../flags/spec";
import { forEachInfo } from "../resource/builder";
import { loadFiles } from "../resource/files";
import { waitUntilGone } from "../resource/gone";
import { type Info, pathOf } from "../resource/info";
import { createObject, dryRunOf, fieldValidationOf, report, withLastApplied, writeQuery } from "../resource/submit";
import { deleteObject, propagationOf } from "./delete";

async function run(call: Call): Promise<number> {
  const { session, flags } = call;
  if (flags.list("filename").length === 0 && !flags.text("kustomize"))
    throw new CliError("must specify one of -f and -k");
  if (flags.int("grace-period") >= 0 && !flags.bool("force"))
    throw new CliError("--grace-period must have --force specified");
  if (flags.durationMs("timeout") !== 0 && !flags.bool("force"))
    throw new CliError("--timeout must have --force specified");
  const dry = dryRunOf(call);
  if (dry !== "none" && flags.bool("force")) throw new CliError("--dry-run can not be used when --force is set");
  const loaded = await loadFiles(session, flags, {
    ...(fieldValidationOf(call) !== "Ignore" && { validate: "strict" }),
  });
  await forEachInfo({ ...loaded, single: false }, async (info) => {
    const prepared = flags.bool("save-config") ? { ...info, object: withLastApplied(info.object) } : info;
    try {
      if (flags.bool("force")) report(call, info, await recreate(call, prepared), "replaced", dry);
      else if (dry === "client") report(call, info, info.object, "replaced", dry);
      else {
        const subresource = flags.text("subresource") || undefined;
        report(
          call,
          info,
          await session.client.request("PUT", pathOf(info, subresource), {
            query: writeQuery(call, dry),
            body: await versioned(call, prepared),
          }),
          "replaced",
          dry,
        );
      }
    } catch (error) {
      throw error instanceof ApiError ? withSource("replacing", info.source, error) : error;
    }
  });
  return 0;
}

/** Without a version of its own, the file replaces whatever stands there now. */
async function versioned({ session }: Call, info: Info): Promise<any> {
  if (info.object.metadata?.resourceVersion) return info.object;
  try {
    const current = await session.client.get(pathOf(info));
    return { ...info.object, metadata: { ...info.object.metadata, resourceVersion: current.metadata.resourceVersion } };
  } catch (error) {
    if (isNotFound(error)) return info.object;
    throw error;
  }
}

/** `--force`: away with the old one, then a new one. */
async function recreate(call: Call, info: Info): Promise<any> {
  const { session, flags } = call;
  try {
    const answer = await deleteObject(call, info, {
      gracePeriodSeconds: Math.max(0, flags.int("grace-period")),
      propagationPolicy: propagationOf(call),
      force: true,
    });
    session.out(`${kindNameOf(info.resource)} ${JSON.stringify(info.name)} deleted\n`);
    await waitUntilGone(session, info, answer?.metadata?.uid, flags.durationMs("timeout"));
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  const { resourceVersion: _, ...metadata } = info.object.metadata;
  return createObject(call, { ...info, object: { ...info.object, metadata } }, "none");
}

export const replace: Command = {
  name: "replace",
  use: "replace -f FILENAME",
  short: "Replace a resource by file name or stdin",
  long: "Put whole objects in the place of those that exist. With --force they are deleted and made anew.",
  examples: `# What a file describes
kubectl replace -f ./pod.yaml

# Delete and create anew
kubectl replace --force -f ./pod.yaml`,
  flags: [
    ...DELETE_FLAGS,
    dryRun,
    manager("kubectl-replace"),
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    text("raw"),
    saveConfig,
    text("subresource"),
    validate,
  ],
  run,
  complete: "none",
};
