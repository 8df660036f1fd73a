import { createMergePatch } from "@/sim/apiserver/patch/json";
import { mergeSchemaOf } from "@/sim/apiserver/patch/merge-schema";
import { createTwoWayMergePatch } from "@/sim/apiserver/patch/strategic-diff";
import { groupResourceOf } from "../api/discovery";
import type { Call, Command } from "../command";
import { ApiError, CliError, PlainExit, throwCollected, withSource } from "../errors";
import { FILE_FLAGS, manager, PRINT_FLAGS, saveConfig, validate } from "../flags/groups";
import { bool, text } from "../flags/spec";
import { compactJson, printJson } from "../printers/json";
import { withoutManagedFields } from "../printers/output";
import { printYaml } from "../printers/yaml";
import { build } from "../resource/builder";
import type { LoadedFiles } from "../resource/files";
import { type Info, pathOf } from "../resource/info";
import { createObject, LAST_APPLIED, report, writeQuery } from "../resource/submit";
import { parseYamlDocuments } from "../resource/yaml";

const HEADER = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;
/** A file that stays wrong is reopened no more often than this. */
const ROUNDS_LIMIT = 50;

type Mode = "normal" | "last-applied";

/** `edit` and `apply edit-last-applied`: each object in an editor, and its changes sent as a patch. */
export async function editInfos(call: Call, mode: Mode): Promise<number> {
  const built = await build(call);
  throwCollected(built.errors);
  const subjects = built.infos.map((info) => ({
    info,
    shown: mode === "normal" ? withoutManagedFields(info.object) : lastApplied(info),
  }));
  await editLoop(call, subjects, async (info, shown, edited) => {
    const patch =
      mode === "normal"
        ? difference(info, shown, edited)
        : { metadata: { annotations: { [LAST_APPLIED]: `${compactJson(edited)}\n` } } };
    if (mode === "normal" && Object.keys(patch as object).length === 0) return undefined;
    if (call.flags.has("output-patch") && call.flags.bool("output-patch"))
      call.session.out(`Patch: ${compactJson(patch)}\n`);
    const subresource = call.flags.has("subresource") ? call.flags.text("subresource") : "";
    const strategic = mode === "normal" && isBuiltIn(info);
    return call.session.client.request("PATCH", pathOf(info, subresource || undefined), {
      headers: {
        "content-type": strategic ? "application/strategic-merge-patch+json" : "application/merge-patch+json",
      },
      query: writeQuery(call, "none"),
      body: patch,
    });
  });
  return 0;
}

/** `create --edit`: what the files hold, changed before it is created. */
export async function editAndCreate(call: Call, loaded: LoadedFiles): Promise<number> {
  throwCollected(loaded.errors);
  const subjects = loaded.infos.map((info) => ({ info, shown: info.object }));
  await editLoop(
    call,
    subjects,
    async (info, _, edited) => {
      try {
        return await createObject(call, { ...info, object: edited }, "none");
      } catch (error) {
        throw withSource("creating", info.source, error as Error);
      }
    },
    "created",
  );
  return 0;
}

const isBuiltIn = ({ resource }: Info) => !resource.group.includes(".") || resource.group.endsWith(".k8s.io");

function difference(info: Info, before: any, after: any): unknown {
  return isBuiltIn(info)
    ? createTwoWayMergePatch(before, after, mergeSchemaOf(info.resource.kind))
    : createMergePatch(before, after);
}

function lastApplied(info: Info): any {
  const source = info.object.metadata?.annotations?.[LAST_APPLIED];
  if (!source) throw new CliError(`no last-applied-configuration annotation found on resource: ${info.name}`);
  return JSON.parse(source);
}

interface Subject {
  info: Info;
  shown: any;
}

async function editLoop(
  call: Call,
  subjects: Subject[],
  save: (info: Info, shown: any, edited: any) => Promise<any>,
  operation = "edited",
): Promise<void> {
  if (subjects.length === 0) throw new CliError("edit cancelled, no objects found");
  const { session, flags } = call;
  const asJson = flags.text("output") === "json";
  const print = (objects: any[]) =>
    asJson ? objects.map((object) => printJson(object)).join("") : objects.map(printYaml).join("---\n");
  const original = print(subjects.map(({ shown }) => shown));
  let body = original;
  let failures: string[] = [];
  for (let round = 0; round < ROUNDS_LIMIT; round++) {
    const before = `${HEADER}${failures.map((line) => `# ${line}\n`).join("")}${failures.length > 0 ? "#\n" : ""}${body}`;
    const after = await openEditor(call, before, asJson);
    const content = after === null ? "" : stripComments(after);
    if (
      after === null ||
      content.trim() === "" ||
      content === stripComments(original) ||
      (failures.length > 0 && content === stripComments(before))
    ) {
      if (failures.length > 0) {
        const saved = keepCopy(call, before, asJson);
        session.err(`A copy of your changes has been stored to ${JSON.stringify(saved)}\n`);
        throw new CliError("Edit cancelled, no valid changes were saved.");
      }
      session.err("Edit cancelled, no changes made.\n");
      return;
    }
    body = content;
    const outcome = await saveAll(call, subjects, content, save, operation);
    if (outcome.length === 0) return;
    failures = outcome;
  }
  throw new PlainExit("error: Edit cancelled, no valid changes were saved.");
}

/** Saves what was edited; gives the complaints to reopen the editor with. */
async function saveAll(
  call: Call,
  subjects: Subject[],
  content: string,
  save: (info: Info, shown: any, edited: any) => Promise<any>,
  operation: string,
): Promise<string[]> {
  const { session } = call;
  let objects: any[];
  try {
    objects = parseYamlDocuments(content);
  } catch (error) {
    return [
      `The edited file had a syntax error: error parsing edited-file: error converting YAML to JSON: ${(error as Error).message}`,
    ];
  }
  const complaints: string[] = [];
  for (const [index, edited] of objects.entries()) {
    const subject =
      subjects.find(({ info }) => info.name === edited?.metadata?.name && info.resource.kind === edited?.kind) ??
      subjects[index];
    if (!subject) continue;
    const { info, shown } = subject;
    if (
      operation === "edited" &&
      (edited?.metadata?.name !== shown.metadata.name ||
        edited?.kind !== shown.kind ||
        edited?.apiVersion !== shown.apiVersion)
    ) {
      complaints.push("At least one of apiVersion, kind and name was changed");
      continue;
    }
    try {
      const object = await save(info, shown, edited);
      if (object !== undefined) report(call, info, object, operation);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      complaints.push(...explain(info, error));
      session.err(
        `error: ${groupResourceOf(info.resource)} ${JSON.stringify(info.name)} ${error.reason === "Invalid" ? "is invalid" : `could not be patched: ${error.message}`}\n`,
      );
    }
  }
  return complaints;
}

function explain(info: Info, error: ApiError): string[] {
  const causes = error.status.details?.causes ?? [];
  const subject = `${groupResourceOf(info.resource)} ${JSON.stringify(info.name)}`;
  if (error.reason === "Invalid" && causes.length > 0)
    return [`${subject} was not valid:`, ...causes.map(({ field, message }) => `* ${field}: ${message}`)];
  return [`${subject} could not be patched:`, ...error.message.split("\n")];
}

const stripComments = (text: string): string =>
  text
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join("\n");

/** The page's editor, or the one that `$KUBE_EDITOR` or `$EDITOR` names; null where the learner gave up. */
async function openEditor(call: Call, content: string, asJson: boolean): Promise<string | null> {
  const { tool } = call.session;
  const named = tool.env.KUBE_EDITOR || tool.env.EDITOR;
  const path = temporaryPath(call, asJson);
  if (!named) {
    const edited = await tool.wait(tool.edit({ title: `kubectl ${call.path}`, path, content, language: "yaml" }));
    if (edited !== undefined) return edited;
  }
  const editor = named || "vi";
  tool.files.writeFile(path, content, 0o600);
  try {
    const code = await tool.wait(tool.run([...editor.split(/\s+/).filter(Boolean), path]));
    if (code !== 0) throw new CliError(`there was a problem with the editor ${JSON.stringify(editor)}`);
    return tool.files.stat(path) ? tool.files.readFile(path) : "";
  } finally {
    if (tool.files.stat(path)) tool.files.remove(path);
  }
}

function temporaryPath({ session }: Call, asJson: boolean): string {
  const number = String(Math.floor(session.tool.random() * 4_000_000_000));
  return `/tmp/kubectl-edit-${number}.${asJson ? "json" : "yaml"}`;
}

function keepCopy(call: Call, content: string, asJson: boolean): string {
  const path = temporaryPath(call, asJson);
  call.session.tool.files.writeFile(path, content, 0o600);
  return path;
}

export const edit: Command = {
  name: "edit",
  use: "edit (RESOURCE/NAME | -f FILENAME)",
  short: "Edit a resource on the server",
  long: "Open objects in an editor ($KUBE_EDITOR, $EDITOR or the page's own) and send what was changed. If the server refuses, the editor opens again with its reasons.",
  examples: `# A service
kubectl edit svc/registry

# With an editor of choice
KUBE_EDITOR="nano" kubectl edit svc/registry`,
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
  run: (call) => editInfos(call, "normal"),
};
