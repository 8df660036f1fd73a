import type { Call, Command } from "../command";
import { CliError } from "../errors";
import { all, dryRun, FILE_FLAGS, manager, PRINT_FLAGS, selector, TEMPLATE_FLAGS, validate } from "../flags/groups";
import { bool, list, text } from "../flags/spec";
import { compactJson } from "../printers/json";
import { printYaml } from "../printers/yaml";
import { NO_RESOURCES } from "../resource/arguments";
import { build, forEachInfo } from "../resource/builder";
import { loadFiles } from "../resource/files";
import { pathOf } from "../resource/info";
import { dryRunOf, LAST_APPLIED, report, writeQuery } from "../resource/submit";
import { editLastApplied } from "./edit";

async function view(call: Call): Promise<number> {
  const format = call.flags.text("output");
  if (format !== "yaml" && format !== "json")
    throw new CliError(
      `Unexpected -o output mode: ${format}, the flag 'output' must be one of yaml|json\nSee 'kubectl apply view-last-applied -h' for help and examples`,
    );
  await forEachInfo(await build(call), async (info) => {
    const applied = info.object.metadata?.annotations?.[LAST_APPLIED];
    if (!applied) return;
    const object = JSON.parse(applied);
    call.session.out(format === "yaml" ? printYaml(object) : `${JSON.stringify(object, null, 2)}\n`);
  });
  return 0;
}

async function set(call: Call): Promise<number> {
  const { session, flags } = call;
  const dry = dryRunOf(call);
  if (flags.list("filename").length === 0) throw new CliError(NO_RESOURCES);
  const { infos, errors } = await loadFiles(session, flags);
  await forEachInfo({ infos, errors, single: false }, async (info) => {
    const current = await session.client.get(pathOf(info));
    if (!current.metadata?.annotations?.[LAST_APPLIED] && !flags.bool("create-annotation")) {
      throw new CliError(
        `no last-applied-configuration annotation found on resource: ${info.name}, to create the annotation, run the command with --create-annotation`,
      );
    }
    const { [LAST_APPLIED]: noted } = current.metadata?.annotations ?? {};
    const configuration = `${compactJson(info.object)}\n`;
    if (noted === configuration) {
      session.out(`set-last-applied ${info.name}: no changes required.\n`);
      return;
    }
    const patch = { metadata: { annotations: { [LAST_APPLIED]: configuration } } };
    const object =
      dry === "client"
        ? current
        : await session.client.request("PATCH", pathOf(info), {
            headers: { "content-type": "application/merge-patch+json" },
            query: writeQuery(call, dry),
            body: patch,
          });
    report(call, info, object, "configured", dry);
  });
  return 0;
}

export const LAST_APPLIED_COMMANDS: Command[] = [
  {
    name: "edit-last-applied",
    use: "apply edit-last-applied (RESOURCE/NAME | -f FILENAME)",
    short: "Edit latest last-applied-configuration annotations of a resource/object",
    examples: `# By type and name
kubectl apply edit-last-applied deployment/nginx`,
    flags: [
      manager("kubectl-client-side-apply"),
      ...FILE_FLAGS,
      ...PRINT_FLAGS,
      validate,
      bool("windows-line-endings"),
    ],
    run: editLastApplied,
  },
  {
    name: "set-last-applied",
    use: "apply set-last-applied -f FILENAME",
    short: "Set the last-applied-configuration annotation on a live object to match the contents of a file",
    examples: `# To what a file holds
kubectl apply set-last-applied -f deploy.yaml

# Even where there is no annotation yet
kubectl apply set-last-applied -f deploy.yaml --create-annotation=true`,
    flags: [
      bool("create-annotation"),
      dryRun,
      list("filename", { short: "f" }),
      text("output", { short: "o" }),
      ...TEMPLATE_FLAGS,
    ],
    run: set,
  },
  {
    name: "view-last-applied",
    use: "apply view-last-applied (TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)",
    short: "View the latest last-applied-configuration annotations of a resource/object",
    examples: `# As YAML
kubectl apply view-last-applied deployment/nginx

# As JSON, of what a file names
kubectl apply view-last-applied -f deploy.yaml -o json`,
    flags: [all, ...FILE_FLAGS, text("output", { short: "o", default: "yaml" }), selector],
    run: view,
  },
];
