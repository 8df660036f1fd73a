import type { Call } from "../../command";
import { CliError, isConflict } from "../../errors";
import type { DryRun } from "../../printers/output";
import { type Info, pathOf } from "../../resource/info";
import { writeQuery } from "../../resource/submit";
import type { Applied } from "./client-side";

const ON_CONFLICT = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;

/** `--field-manager`, else the name that server-side apply has by itself. */
export const serverSideManager = ({ flags }: Pick<Call, "flags">): string =>
  flags.changed("field-manager") ? flags.text("field-manager") : "kubectl";

/** Sends the file as it is; the server merges by who manages which field. */
export async function applyServerSide(call: Call, info: Info, dry: DryRun): Promise<Applied> {
  const { flags, session } = call;
  const query = {
    ...writeQuery(call, dry),
    fieldManager: serverSideManager(call),
    force: String(flags.bool("force-conflicts")),
  };
  try {
    const object = await session.client.request("PATCH", pathOf(info, flags.text("subresource") || undefined), {
      headers: { "content-type": "application/apply-patch+yaml" },
      query,
      body: info.object,
    });
    if (object?.metadata?.deletionTimestamp)
      session.err(`Warning: Detected changes to resource ${info.name} which is currently being deleted.\n`);
    return { info, object, operation: "serverside-applied" };
  } catch (error) {
    throw isConflict(error) ? new CliError(`${error.message}\n${ON_CONFLICT}`) : error;
  }
}
