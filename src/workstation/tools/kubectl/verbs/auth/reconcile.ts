import { missingRights } from "@/sim/apiserver/authorization/rules";
import type { PolicyRule, Subject } from "@/sim/kinds/types";
import type { Call, Command } from "../../command";
import { CliError, isNotFound } from "../../errors";
import { dryRun, FILE_FLAGS, PRINT_FLAGS } from "../../flags/groups";
import { bool } from "../../flags/spec";
import { compactJson } from "../../printers/json";
import { forEachInfo } from "../../resource/builder";
import { loadFiles } from "../../resource/files";
import { collectionOf, type Info, pathOf } from "../../resource/info";
import { dryRunOf, report } from "../../resource/submit";
import { sameSubject } from "../set-subject";

const GROUP = "rbac.authorization.k8s.io";
/** Who says "false" here keeps an object as it is. */
const AUTO_UPDATE = "rbac.authorization.kubernetes.io/autoupdate";

interface Outcome {
  object: any;
  operation: "" | "create" | "update" | "recreate";
  protected: boolean;
  /** What was found missing and what was there beyond, as Go prints it. */
  missing: string[];
  extra: string[];
}

async function run(call: Call): Promise<number> {
  const { session, flags, args } = call;
  if (flags.list("filename").length === 0 && !flags.text("kustomize"))
    throw new CliError("must specify one of -f and -k");
  if (args.length > 0) throw new CliError("no arguments are allowed");
  const dry = dryRunOf(call);
  if (dry === "server") throw new CliError("--dry-run=server for command reconcile is not supported yet");
  const loaded = await loadFiles(session, flags);
  await forEachInfo({ ...loaded, single: false }, async (info) => {
    const { kind, group } = info.resource;
    if (group !== GROUP) return;
    const outcome = kind.endsWith("Binding") ? await bindingOutcome(call, info) : await roleOutcome(call, info);
    const object = dry === "none" && !outcome.protected ? await confirm(call, info, outcome) : outcome.object;
    report(call, info, object, "reconciled", dry);
    tell(call, outcome, kind.endsWith("Binding") ? "subjects" : "rules");
  });
  return 0;
}

async function existing({ session }: Call, info: Info): Promise<any> {
  try {
    return await session.client.get(pathOf(info));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function roleOutcome(call: Call, info: Info): Promise<Outcome> {
  const old = await existing(call, info);
  const wanted: PolicyRule[] = info.object.rules ?? [];
  if (!old)
    return { object: info.object, operation: "create", protected: false, missing: wanted.map(goRule), extra: [] };
  const missing = missingRights(old.rules ?? [], wanted);
  const extra = missingRights(wanted, old.rules ?? []);
  const stomp = call.flags.bool("remove-extra-permissions");
  let rules = old.rules;
  if (stomp && missing.length + extra.length > 0) rules = wanted;
  else if (!stomp && missing.length > 0) rules = [...(old.rules ?? []), ...missing];
  return outcomeOf(
    old,
    { ...merged(old, info.object), ...(rules && { rules }) },
    missing.map(goRule),
    extra.map(goRule),
  );
}

async function bindingOutcome(call: Call, info: Info): Promise<Outcome> {
  const old = await existing(call, info);
  const wanted: Subject[] = info.object.subjects ?? [];
  if (!old)
    return { object: info.object, operation: "create", protected: false, missing: wanted.map(goSubject), extra: [] };
  if (compactJson(old.roleRef) !== compactJson(info.object.roleRef))
    return { object: info.object, operation: "recreate", protected: isProtected(old), missing: [], extra: [] };
  const lacking = (list: Subject[], of: Subject[]) => of.filter((each) => !list.some((one) => sameSubject(one, each)));
  const missing = lacking(old.subjects ?? [], wanted);
  const extra = lacking(wanted, old.subjects ?? []);
  const stomp = call.flags.bool("remove-extra-subjects");
  let subjects = old.subjects;
  if (stomp && missing.length + extra.length > 0) subjects = wanted;
  else if (!stomp && missing.length > 0) subjects = [...(old.subjects ?? []), ...missing];
  const object = { ...merged(old, info.object), ...(subjects && { subjects }) };
  return outcomeOf(old, object, missing.map(goSubject), extra.map(goSubject));
}

const isProtected = (object: any): boolean => object.metadata.annotations?.[AUTO_UPDATE] === "false";

function outcomeOf(old: any, object: any, missing: string[], extra: string[]): Outcome {
  const same = compactJson(old) === compactJson(object);
  return { object, operation: same ? "" : "update", protected: isProtected(old), missing, extra };
}

/** The object as it stands, with the labels and annotations that the file has beyond its own. */
function merged(old: any, wanted: any): any {
  const metadata = { ...old.metadata };
  for (const field of ["labels", "annotations"])
    if (wanted.metadata[field] || old.metadata[field])
      metadata[field] = { ...wanted.metadata[field], ...old.metadata[field] };
  return { ...old, metadata };
}

async function confirm({ session }: Call, info: Info, { operation, object }: Outcome): Promise<any> {
  if (operation === "") return object;
  if (operation === "update") return session.client.request("PUT", pathOf(info), { body: object });
  if (operation === "recreate") await session.client.request("DELETE", pathOf(info), {});
  return session.client.request("POST", collectionOf(info), { body: object });
}

function tell({ session, flags }: Call, outcome: Outcome, what: "rules" | "subjects"): void {
  if (outcome.operation === "") return;
  const caveat = outcome.protected ? `, but object opted out (${AUTO_UPDATE}: false)` : "";
  session.err(`\treconciliation required ${outcome.operation}${caveat}\n`);
  const listed = (title: string, items: string[]) => {
    if (items.length > 0) session.err(`\t${title}:\n${items.map((item) => `\t\t${item}\n`).join("")}`);
  };
  listed(`missing ${what} added`, outcome.missing);
  const removing = flags.bool(what === "rules" ? "remove-extra-permissions" : "remove-extra-subjects");
  if (removing) listed(`extra ${what} removed`, outcome.extra);
}

const goList = (values: readonly string[] = []) => `[${values.join(" ")}]`;
const goRule = ({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): string =>
  `{Verbs:${goList(verbs)} APIGroups:${goList(apiGroups)} Resources:${goList(resources)} ResourceNames:${goList(resourceNames)} NonResourceURLs:${goList(nonResourceURLs)}}`;
const goSubject = ({ kind, apiGroup = "", name, namespace = "" }: Subject): string =>
  `{Kind:${kind} APIGroup:${apiGroup} Name:${name} Namespace:${namespace}}`;

export const reconcile: Command = {
  name: "reconcile",
  use: "auth reconcile -f FILENAME",
  short: "Reconciles rules for RBAC role, role binding, cluster role, and cluster role binding objects",
  long: "Makes roles and bindings hold at least what the files say; what they hold beyond stays unless it is to be removed.",
  examples: `# What a file describes
kubectl auth reconcile -f my-rbac-rules.yaml`,
  flags: [
    dryRun,
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    bool("remove-extra-permissions", { usage: "Take away rights that the file does not have." }),
    bool("remove-extra-subjects", { usage: "Take away subjects that the file does not have." }),
  ],
  run,
  complete: "none",
};
