import { kindNameOf } from "../api/discovery";
import type { Call, Command } from "../command";
import { ApiError, CliError, isNotFound, throwCollected, withSource } from "../errors";
import { all, allNamespaces, dryRun, FILE_FLAGS, fieldSelector, selector } from "../flags/groups";
import { bool, duration, int, text } from "../flags/spec";
import type { DryRun } from "../printers/output";
import { build } from "../resource/builder";
import { waitUntilGone } from "../resource/gone";
import { type Info, pathOf } from "../resource/info";
import { dryRunOf } from "../resource/submit";

const FORCE_WARNING =
  "Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n";

export interface DeleteSettings {
  gracePeriodSeconds: number;
  propagationPolicy: "Background" | "Foreground" | "Orphan";
  force: boolean;
}

/** `--cascade`, with the booleans that it once took. */
export function propagationOf({
  flags,
  session,
}: Pick<Call, "flags" | "session">): DeleteSettings["propagationPolicy"] {
  const value = flags.text("cascade");
  switch (value) {
    case "background":
      return "Background";
    case "foreground":
      return "Foreground";
    case "orphan":
      return "Orphan";
    case "true":
      session.err(
        "warning: --cascade=true is deprecated (boolean value) and can be replaced with --cascade=background.\n",
      );
      return "Background";
    case "false":
      session.err(
        "warning: --cascade=false is deprecated (boolean value) and can be replaced with --cascade=orphan.\n",
      );
      return "Orphan";
    default:
      throw new CliError(`invalid cascade value (${value}). Must be "background", "foreground", or "orphan"`);
  }
}

export function settingsOf(call: Call): DeleteSettings {
  const { flags, session } = call;
  let grace = flags.int("grace-period");
  const force = flags.bool("force");
  if (flags.has("now") && flags.bool("now")) {
    if (grace !== -1) throw new CliError("--now and --grace-period cannot be specified together");
    grace = 1;
  }
  if (force && grace < 0) grace = 0;
  if (grace === 0 && !force) grace = 1;
  if (force && grace === 0) session.err(FORCE_WARNING);
  if (force && grace > 0) throw new CliError("--force and --grace-period greater than 0 cannot be specified together");
  return { gracePeriodSeconds: grace, propagationPolicy: propagationOf(call), force };
}

/** Sends the DELETE; gives the object as the server answered it. */
export async function deleteObject(
  call: Pick<Call, "session">,
  info: Info,
  settings: DeleteSettings,
  dry: DryRun = "none",
): Promise<any> {
  return call.session.client.request("DELETE", pathOf(info), {
    body: {
      kind: "DeleteOptions",
      apiVersion: "v1",
      ...(settings.gracePeriodSeconds >= 0 && { gracePeriodSeconds: settings.gracePeriodSeconds }),
      propagationPolicy: settings.propagationPolicy,
      ...(dry === "server" && { dryRun: ["All"] }),
    },
    ...(dry === "server" && { query: { dryRun: "All" } }),
  });
}

async function run(call: Call): Promise<number> {
  const { session, flags } = call;
  if (flags.text("raw")) return deleteRaw(call);
  const output = flags.text("output");
  if (output && output !== "name")
    throw new CliError(`unexpected -o output mode: ${output}. We only support '-o name'`);
  if (flags.bool("all") && flags.text("selector"))
    throw new CliError("setting 'all' parameter but found a non empty selector. ");
  const kinds = call.args[0]?.includes("/") ? call.args.length : call.args.length - 1;
  if (flags.bool("all") && kinds > 0) throw new CliError("name cannot be provided when a selector is specified");
  const dry = dryRunOf(call);
  const settings = settingsOf(call);
  const ignoreNotFound = flags.changed("ignore-not-found") ? flags.bool("ignore-not-found") : flags.bool("all");
  const built = await build(call, { lazy: true });
  const errors = built.errors.filter((error) => !(ignoreNotFound && isNotFound(error)));
  if (flags.bool("interactive") && !(await confirmed(call, built.infos))) return 0;
  const waiting: { info: Info; uid: string | undefined }[] = [];
  for (const info of built.infos) {
    try {
      const answer = dry === "client" ? undefined : await deleteObject(call, info, settings, dry);
      session.out(output === "name" ? `${kindNameOf(info.resource)}/${info.name}\n` : deletedLine(info, settings, dry));
      if (dry === "none") waiting.push({ info, uid: answer?.metadata?.uid ?? answer?.details?.uid });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (!(ignoreNotFound && isNotFound(error))) errors.push(withSource("deleting", info.source, error));
    }
  }
  if (built.infos.length === 0 && errors.length === 0) session.out("No resources found\n");
  if (flags.bool("wait") && errors.length === 0) {
    const started = session.nowMs;
    for (const { info, uid } of waiting) {
      const timeout = flags.durationMs("timeout");
      await waitUntilGone(session, info, uid, timeout > 0 ? Math.max(1, timeout - (session.nowMs - started)) : 0);
    }
  }
  throwCollected(errors);
  return 0;
}

/** `--raw`: a DELETE of the path as it stands. */
async function deleteRaw({ session, flags }: Call): Promise<number> {
  const raw = flags.text("raw");
  if (!raw.startsWith("/"))
    throw new CliError(`--raw must be a valid URL path: parse ${JSON.stringify(raw)}: invalid URI for request`);
  const body = await session.client.request("DELETE", raw, { plain: true });
  session.out(typeof body === "string" ? body : `${JSON.stringify(body)}\n`);
  return 0;
}

function deletedLine(info: Info, settings: DeleteSettings, dry: DryRun): string {
  const operation = settings.gracePeriodSeconds === 0 ? "force deleted" : "deleted";
  const suffix = dry === "client" ? " (dry run)" : dry === "server" ? " (server dry run)" : "";
  return `${kindNameOf(info.resource)} "${info.name}" ${operation}${suffix}\n`;
}

async function confirmed({ session }: Call, infos: Info[]): Promise<boolean> {
  if (infos.length === 0) return true;
  session.out(
    `You are about to delete the following ${infos.length} resource(s):\n${infos.map((info) => `${kindNameOf(info.resource)}/${info.name}\n`).join("")}Do you want to continue? (y/n): `,
  );
  const answer = await session.tool.stdin.readLine();
  if (/^y(es)?$/i.test(answer?.trim() ?? "")) return true;
  session.out("deletion is cancelled\n");
  return false;
}

export const remove: Command = {
  name: "delete",
  use: "delete ([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)])",
  short: "Delete resources by file names, stdin, resources and names, or by resources and label selector",
  long: "Delete objects by file, by name or by label. Some kinds have a grace period, within which what runs may end in peace; --now shortens it to a second, --grace-period=0 --force does not wait at all.",
  examples: `# What a file describes
kubectl delete -f ./pod.yaml

# By type and name
kubectl delete pod,service baz foo

# By label
kubectl delete pods,services -l name=myLabel

# At once
kubectl delete pod foo --grace-period=0 --force

# All pods of the namespace
kubectl delete pods --all`,
  flags: [
    all,
    allNamespaces,
    text("cascade", { default: "background", bare: "background" }),
    dryRun,
    fieldSelector,
    ...FILE_FLAGS,
    bool("force"),
    int("grace-period", { default: "-1" }),
    bool("ignore-not-found"),
    bool("interactive", { short: "i" }),
    bool("now"),
    text("output", { short: "o" }),
    text("raw"),
    selector,
    duration("timeout"),
    bool("wait", { default: "true" }),
  ],
  run,
};
