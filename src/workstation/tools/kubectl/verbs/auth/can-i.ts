import type { Call, Command } from "../../command";
import { CliError } from "../../errors";
import { allNamespaces, noHeaders } from "../../flags/groups";
import { bool, text } from "../../flags/spec";
import { alignTabs, TABLE } from "../../printers/tabwriter";
import { ruleLines } from "../../resource/policy-rules";
import type { SelfReview } from "./reviews";
import { askServer } from "./reviews";

const RESOURCE_VERBS = [
  "get",
  "list",
  "watch",
  "create",
  "update",
  "patch",
  "delete",
  "deletecollection",
  "use",
  "bind",
  "impersonate",
  "*",
  "approve",
  "sign",
  "escalate",
  "attest",
];
const URL_VERBS = ["get", "put", "post", "head", "options", "delete", "patch", "*"];
/** What the server knows and discovery does not tell of. */
const UNLISTED = ["users", "groups"];

/** Upstream ends these warnings with a line break of their own, and the printer adds another. */
const warn = ({ session }: Call, message: string): void => session.err(`Warning: ${message}\n\n`);

export const canI: Command = {
  name: "can-i",
  use: "auth can-i VERB [TYPE | TYPE/NAME | NONRESOURCEURL]",
  short: "Check whether an action is allowed",
  long: "Asks the server whether an action is allowed. The verb is one of the API (get, list, create, delete, …) or *; what follows is a type, an object of it, or a path that starts with a slash. With --as it is asked for somebody else.",
  examples: `# May I make pods anywhere?
kubectl auth can-i create pods --all-namespaces

# May the service account "foo" of "dev" list pods in "prod"?
kubectl auth can-i list pods --as=system:serviceaccount:dev:foo -n prod

# May I read logs?
kubectl auth can-i get pods --subresource=log

# All that I may do in a namespace
kubectl auth can-i --list --namespace=foo`,
  flags: [
    { ...allNamespaces, usage: "Ask about all namespaces." },
    bool("quiet", { short: "q", usage: "Print nothing; the exit code is the answer." }),
    text("subresource", { usage: "Subresource, such as log or scale." }),
    bool("list", { usage: "Print all that is allowed." }),
    { ...noHeaders, usage: "Print the list without its header." },
  ],
  complete: "none",
  run: async (call) => (call.flags.bool("list") ? listAllowed(call) : check(call)),
};

async function listAllowed(call: Call): Promise<number> {
  const { session, args, flags } = call;
  if (args.length > 0) throw new CliError("list option must be specified with no arguments");
  if (flags.bool("quiet") || flags.bool("all-namespaces") || flags.text("subresource"))
    throw new CliError("list option can't be specified with neither quiet, all-namespaces nor subresource options");
  const { status } = await askServer(call, "SelfSubjectRulesReview", { namespace: session.namespace });
  if (status.incomplete) session.err(`Warning: the list may be incomplete: ${status.evaluationError ?? ""}\n`);
  const lines = ruleLines([...(status.resourceRules ?? []), ...(status.nonResourceRules ?? [])]);
  const header = flags.bool("no-headers") ? [] : ["Resources\tNon-Resource URLs\tResource Names\tVerbs"];
  session.out(alignTabs([...header, ...lines].map((line) => `${line}\n`).join(""), TABLE));
  return 0;
}

interface Asked {
  verb: string;
  url?: string;
  group: string;
  resource: string;
  name: string;
  namespaced: boolean;
}

async function check(call: Call): Promise<number> {
  const { session, flags } = call;
  const asked = await askedOf(call);
  const subresource = flags.text("subresource");
  if (asked.url !== undefined) {
    if (subresource) throw new CliError("--subresource can not be used with NonResourceURL");
    if (!URL_VERBS.includes(asked.verb)) warn(call, `verb '${asked.verb}' is not a known verb`);
  } else if (!flags.bool("all-namespaces")) {
    if (!asked.namespaced)
      warn(
        call,
        `resource '${asked.resource}' is not namespace scoped${asked.group ? ` in group '${asked.group}'` : ""}`,
      );
    if (!RESOURCE_VERBS.includes(asked.verb)) warn(call, `verb '${asked.verb}' is not a known verb`);
  }
  if (flags.bool("no-headers")) throw new CliError("--no-headers cannot be set without --list specified");
  const { status } = await askServer(call, "SelfSubjectAccessReview", specOf(call, asked, subresource));
  const answer = status.allowed ? "yes" : ["no", status.reason, status.evaluationError].filter(Boolean).join(" - ");
  if (!flags.bool("quiet")) session.out(`${answer}\n`);
  return status.allowed ? 0 : 1;
}

function specOf({ session, flags }: Call, asked: Asked, subresource: string): SelfReview["spec"] {
  const { verb, url, group, resource, name } = asked;
  if (url !== undefined) return { nonResourceAttributes: { verb, path: url } };
  const namespace = flags.bool("all-namespaces") ? "" : session.namespace;
  return {
    resourceAttributes: {
      ...(namespace && { namespace }),
      verb,
      ...(group && { group }),
      resource,
      ...(subresource && { subresource }),
      ...(name && { name }),
    },
  };
}

async function askedOf(call: Call): Promise<Asked> {
  const { args, session } = call;
  if (args.length !== 2)
    throw new CliError(
      "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
    );
  const [verb, what] = args as [string, string];
  const asked = { verb, group: "", resource: "", name: "", namespaced: true };
  if (what.startsWith("/")) return { ...asked, url: what };
  const [type = "", name = ""] = what.split(/\/(.*)/s);
  if (type === "*") return { ...asked, resource: type, name };
  const found = await session.discovery.find(type);
  if (found) return { ...asked, group: found.group, resource: found.plural, name, namespaced: found.namespaced };
  const [resource = "", group = ""] = type.toLowerCase().split(/\.(.*)/s);
  if (!UNLISTED.includes(type.toLowerCase()))
    warn(call, `the server doesn't have a resource type '${resource}'${group ? ` in group '${group}'` : ""}`);
  return { ...asked, resource: type, name };
}
