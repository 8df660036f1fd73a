import type { Call, Command } from "../command";
import { usageError } from "../command";
import { ApiError, CliError, withSource } from "../errors";
import { dryRun, FILE_FLAGS, manager, PRINT_FLAGS, saveConfig, selector, validate } from "../flags/groups";
import { bool, text } from "../flags/spec";
import { forEachInfo } from "../resource/builder";
import { loadFiles } from "../resource/files";
import { matchesLabels } from "../resource/labels";
import { createObject, dryRunOf, fieldValidationOf, report, withLastApplied } from "../resource/submit";
import { GENERATORS } from "./create/generators";
import { editAndCreate } from "./edit";

async function run(call: Call): Promise<number> {
  const { session, flags, args } = call;
  if (flags.text("raw")) {
    const body = JSON.parse(
      await (flags.list("filename")[0] === "-" ? session.stdin() : session.readFile(flags.list("filename")[0] ?? "")),
    );
    session.out(JSON.stringify(await session.client.request("POST", flags.text("raw"), { body })));
    return 0;
  }
  if (args.length > 0) throw usageError(call, `Unexpected args: [${args.join(" ")}]`);
  if (flags.list("filename").length === 0 && !flags.text("kustomize"))
    throw new CliError("must specify one of -f and -k");
  const dry = dryRunOf(call);
  const strict = fieldValidationOf(call) !== "Ignore";
  if (flags.bool("edit")) return editAndCreate(call, await loadFiles(session, flags));
  const loaded = await loadFiles(session, flags, { ...(strict && { validate: "strict" }) });
  const wanted = loaded.infos.filter(({ object }) =>
    matchesLabels(flags.text("selector"), object.metadata?.labels ?? {}),
  );
  await forEachInfo({ infos: wanted, errors: loaded.errors, single: wanted.length === 1 }, async (info) => {
    const prepared = flags.bool("save-config") ? { ...info, object: withLastApplied(info.object) } : info;
    try {
      const object = await createObject(call, prepared, dry);
      report(call, { ...info, name: object.metadata?.name ?? info.name }, object, "created", dry);
    } catch (error) {
      throw error instanceof ApiError ? withSource("creating", info.source, error) : error;
    }
  });
  if (wanted.length === 0 && loaded.errors.length === 0) throw new CliError("no objects passed to create");
  return 0;
}

export const create: Command = {
  name: "create",
  use: "create -f FILENAME",
  short: "Create a resource from a file or from stdin",
  long: "Create resources that files or standard input describe. JSON and YAML are understood.",
  examples: `# What a file describes
kubectl create -f pod.yaml

# From standard input
cat pod.yaml | kubectl create -f -`,
  flags: [
    dryRun,
    bool("edit"),
    manager("kubectl-create"),
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    text("raw"),
    saveConfig,
    selector,
    validate,
    bool("windows-line-endings"),
  ],
  commands: GENERATORS,
  run,
  complete: "none",
};
