import type { Call } from "../../command";
import { CliError } from "../../errors";
import { array, type FlagSpec, list, text } from "../../flags/spec";
import { type Generator, metadata } from "./generator";
import { namedResources, type RuleResource, validateRuleResources } from "./rule-resources";

const GROUP = "rbac.authorization.k8s.io";
const VERBS = [
  "*",
  "get",
  "delete",
  "list",
  "create",
  "update",
  "patch",
  "watch",
  "proxy",
  "deletecollection",
  "use",
  "bind",
  "escalate",
  "impersonate",
];
const URL_VERBS = ["*", "get", "post", "put", "delete", "patch", "head", "options"];
const RULE_FLAGS: FlagSpec[] = [
  list("verb", { usage: "Verb that the rule allows." }),
  list("resource", { usage: "Resource that the rule is about." }),
  array("resource-name", { usage: "Name of an object that the rule is about; may be given several times." }),
];

const distinct = (values: readonly string[]): string[] => [...new Set(values)];

function verbsOf(call: Call): string[] {
  const verbs = call.flags.list("verb");
  return verbs.includes("*") ? ["*"] : distinct(verbs);
}

/** One rule for each group of the resources. */
function rulesOf(verbs: string[], resources: readonly RuleResource[], names: string[]): object[] {
  const byGroup = new Map<string, string[]>();
  for (const { group, resource, subresource } of resources) {
    const full = subresource ? `${resource}/${subresource}` : resource;
    const known = byGroup.get(group) ?? [];
    if (!known.includes(full)) byGroup.set(group, [...known, full]);
  }
  return [...byGroup.keys()].sort().map((group) => ({
    verbs,
    apiGroups: [group],
    resources: byGroup.get(group)!,
    ...(names.length > 0 && { resourceNames: names }),
  }));
}

/** Rules about resources, with complaints and warnings about what does not fit together. */
async function resourceRules(call: Call, verbs: string[]): Promise<object[]> {
  for (const verb of verbs)
    if (!VERBS.includes(verb)) call.session.err(`Warning: '${verb}' is not a standard resource verb\n`);
  const named = namedResources(call.flags.list("resource"));
  const resolved = await validateRuleResources(call, named, verbs);
  return rulesOf(verbs, resolved, distinct(call.flags.list("resource-name")));
}

export const role: Generator = {
  name: "role",
  use: "role NAME --verb=verb --resource=resource.group/subresource [--resource-name=resourcename] [--dry-run=server|client|none]",
  short: "Create a role with single rule",
  examples: `# Who has the role may look at pods
kubectl create role pod-reader --verb=get,list,watch --resource=pods

# And at the logs of two of them only
kubectl create role log-reader --verb=get --resource=pods/log --resource-name=web --resource-name=db`,
  flags: RULE_FLAGS,
  async generate(call, name) {
    const verbs = verbsOf(call);
    if (verbs.length === 0) throw new CliError("at least one verb must be specified");
    if (call.flags.list("resource").length === 0) throw new CliError("at least one resource must be specified");
    const rules = await resourceRules(call, verbs);
    return { kind: "Role", apiVersion: `${GROUP}/v1`, metadata: metadata(name), rules };
  },
};

export const clusterRole: Generator = {
  name: "clusterrole",
  use: "clusterrole NAME --verb=verb --resource=resource.group [--resource-name=resourcename] [--dry-run=server|client|none]",
  short: "Create a cluster role",
  examples: `# Who has the role may look at pods everywhere
kubectl create clusterrole pod-reader --verb=get,list,watch --resource=pods

# Paths that belong to no resource
kubectl create clusterrole logs --verb=get --non-resource-url=/logs/*

# All rules of the cluster roles with a label
kubectl create clusterrole monitoring --aggregation-rule="rbac.example.com/aggregate-to-monitoring=true"`,
  flags: [
    ...RULE_FLAGS,
    list("non-resource-url", { usage: "Path that the rule is about." }),
    list("aggregation-rule", { shown: "", usage: "Labels of the cluster roles whose rules come together." }),
  ],
  async generate(call, name) {
    const { flags } = call;
    const urls = distinct(flags.list("non-resource-url"));
    const resources = flags.list("resource");
    const selector = Object.fromEntries(flags.list("aggregation-rule").map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
    const head = { kind: "ClusterRole", apiVersion: `${GROUP}/v1`, metadata: metadata(name) };
    const verbs = verbsOf(call);
    if (Object.keys(selector).length > 0) {
      if (urls.length + verbs.length + resources.length + flags.list("resource-name").length > 0)
        throw new CliError(
          "aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames",
        );
      return { ...head, rules: null, aggregationRule: { clusterRoleSelectors: [{ matchLabels: selector }] } };
    }
    if (verbs.length === 0) throw new CliError("at least one verb must be specified");
    if (resources.length + urls.length === 0) throw new CliError("one of resource or nonResourceURL must be specified");
    const rules = resources.length > 0 ? await resourceRules(call, verbs) : [];
    checkUrls(urls, verbs);
    return { ...head, rules: urls.length > 0 ? [...rules, { verbs, nonResourceURLs: urls }] : rules };
  },
};

function checkUrls(urls: readonly string[], verbs: readonly string[]): void {
  if (urls.length === 0) return;
  for (const verb of verbs)
    if (!URL_VERBS.includes(verb)) throw new CliError(`invalid verb: '${verb}' for nonResourceURL`);
  for (const url of urls) {
    if (url === "*") continue;
    if (!url.startsWith("/")) throw new CliError("nonResourceURL should start with /");
    if (url.slice(0, -1).includes("*"))
      throw new CliError("nonResourceURL only supports wildcard matches when '*' is at the end");
  }
}

const SUBJECT_FLAGS: FlagSpec[] = [
  array("user", { usage: "User to bind; may be given several times." }),
  array("group", { usage: "Group to bind; may be given several times." }),
  array("serviceaccount", { usage: "Service account to bind, as namespace:name; may be given several times." }),
];

function subjectsOf({ flags }: Call): { subjects?: object[] } {
  const named = (kind: string, names: string[]) => names.map((name) => ({ kind, apiGroup: GROUP, name }));
  const accounts = flags.list("serviceaccount").map((account) => {
    const [namespace, name, ...more] = account.split(":");
    if (!namespace || !name || more.length > 0) throw new CliError("serviceaccount must be <namespace>:<name>");
    return { kind: "ServiceAccount", name, namespace };
  });
  const subjects = [...named("User", flags.list("user")), ...named("Group", flags.list("group")), ...accounts];
  return subjects.length > 0 ? { subjects } : {};
}

const roleRef = (kind: string, name: string) => ({ apiGroup: GROUP, kind, name });

export const roleBinding: Generator = {
  name: "rolebinding",
  use: "rolebinding NAME --clusterrole=NAME|--role=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]",
  short: "Create a role binding for a particular role or cluster role",
  examples: `# A user and a group administer the namespace
kubectl create rolebinding admin --clusterrole=admin --user=jane --group=devs

# A service account of another namespace
kubectl create rolebinding reader --role=reader --serviceaccount=monitoring:scraper`,
  flags: [
    text("clusterrole", { usage: "ClusterRole to bind to." }),
    text("role", { usage: "Role to bind to." }),
    ...SUBJECT_FLAGS,
  ],
  failure: () => "failed to create rolebinding:",
  generate(call, name) {
    const [cluster, own] = [call.flags.text("clusterrole"), call.flags.text("role")];
    if ((cluster === "") === (own === "")) throw new CliError("exactly one of clusterrole or role must be specified");
    return {
      kind: "RoleBinding",
      apiVersion: `${GROUP}/v1`,
      metadata: metadata(name),
      ...subjectsOf(call),
      roleRef: own ? roleRef("Role", own) : roleRef("ClusterRole", cluster),
    };
  },
};

export const clusterRoleBinding: Generator = {
  name: "clusterrolebinding",
  use: "clusterrolebinding NAME --clusterrole=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]",
  short: "Create a cluster role binding for a particular cluster role",
  examples: `# Two users administer the cluster
kubectl create clusterrolebinding admins --clusterrole=cluster-admin --user=jane --user=joe`,
  flags: [text("clusterrole", { usage: "ClusterRole to bind to." }), ...SUBJECT_FLAGS],
  required: ["clusterrole"],
  failure: () => "failed to create clusterrolebinding:",
  generate: (call, name) => ({
    kind: "ClusterRoleBinding",
    apiVersion: `${GROUP}/v1`,
    metadata: metadata(name),
    ...subjectsOf(call),
    roleRef: roleRef("ClusterRole", call.flags.text("clusterrole")),
  }),
};
