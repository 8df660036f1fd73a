import { mergeSchemaOf } from "@/sim/apiserver/patch/merge-schema";
import { createTwoWayMergePatch } from "@/sim/apiserver/patch/strategic-diff";
import type { Subject } from "@/sim/kinds/types";
import type { Call, Command } from "../command";
import { CliError } from "../errors";
import { all, dryRun, FILE_FLAGS, manager, PRINT_FLAGS, selector } from "../flags/groups";
import { array, bool } from "../flags/spec";
import { build, forEachInfo } from "../resource/builder";
import { pathOf } from "../resource/info";
import { dryRunOf, report, writeQuery } from "../resource/submit";

const GROUP = "rbac.authorization.k8s.io";
const BINDINGS = ["RoleBinding", "ClusterRoleBinding"];

async function run(call: Call): Promise<number> {
  const { session, flags, args } = call;
  const dry = dryRunOf(call);
  const local = flags.bool("local");
  const built = await build(call, { args });
  if (local && dry === "server")
    throw new CliError("cannot specify --local and --dry-run=server - did you mean --dry-run=client?");
  if (flags.bool("all") && flags.text("selector"))
    throw new CliError("cannot set --all and --selector at the same time");
  const wanted = subjectsOf(call);
  if (wanted.length === 0) throw new CliError("you must specify at least one value of user, group or serviceaccount");
  await forEachInfo(built, async (info) => {
    if (!BINDINGS.includes(info.resource.kind))
      throw new CliError(
        `${info.resource.plural}/${info.name} setting subjects is only supported for RoleBinding/ClusterRoleBinding`,
      );
    const old: Subject[] = info.object.subjects ?? [];
    const added = wanted.filter((subject) => !old.some((each) => sameSubject(each, subject)));
    if (added.length === 0) return;
    const changed = { ...info.object, subjects: [...old, ...added] };
    const object =
      local || dry === "client"
        ? changed
        : await session.client.request("PATCH", pathOf(info), {
            headers: { "content-type": "application/strategic-merge-patch+json" },
            query: writeQuery(call, dry),
            body: createTwoWayMergePatch(info.object, changed, mergeSchemaOf(info.resource.kind)),
          });
    report(call, info, object, "subjects updated", dry);
  });
  return 0;
}

/** Users, groups and service accounts, each sorted and once. */
function subjectsOf({ session, flags }: Call): Subject[] {
  const names = (flag: string) => [...new Set(flags.list(flag))].sort();
  return [
    ...names("user").map((name) => ({ kind: "User", apiGroup: GROUP, name })),
    ...names("group").map((name) => ({ kind: "Group", apiGroup: GROUP, name })),
    ...names("serviceaccount").map((account) => {
      const [namespace, name, ...more] = account.split(":");
      if (!name || more.length > 0) throw new CliError("serviceaccount must be <namespace>:<name>");
      return { kind: "ServiceAccount", name, namespace: namespace || session.namespace };
    }),
  ];
}

/** Whether two subjects are the same, empty fields counting as missing ones. */
export const sameSubject = (a: Subject, b: Subject): boolean =>
  a.kind === b.kind &&
  a.name === b.name &&
  (a.apiGroup ?? "") === (b.apiGroup ?? "") &&
  (a.namespace ?? "") === (b.namespace ?? "");

export const setSubject: Command = {
  name: "subject",
  use: "set subject (-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]",
  short: "Update the user, group, or service account in a role binding or cluster role binding",
  examples: `# A service account more
kubectl set subject clusterrolebinding admin --serviceaccount=namespace:serviceaccount1

# Several users and a group
kubectl set subject rolebinding admin --user=user1 --user=user2 --group=group1`,
  flags: [
    all,
    dryRun,
    manager("kubectl-set"),
    ...FILE_FLAGS,
    array("group", { usage: "Group to bind to the role; may be given several times." }),
    bool("local"),
    ...PRINT_FLAGS,
    selector,
    array("serviceaccount", { usage: "Service account to bind to the role, as namespace:name." }),
    array("user", { usage: "User to bind to the role; may be given several times." }),
  ],
  run,
};
