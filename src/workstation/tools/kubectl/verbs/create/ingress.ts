import { CliError } from "../../errors";
import { array, text } from "../../flags/spec";
import { type Generator, metadata } from "./generator";

/** `foo.com/bar*=svc1:8080,tls=my-cert` */
const RULE = /^[\w*\-.]*\/.*=[\w-]+:[\w-]+(,tls=?([\w-]+)?)?/;

interface Rule {
  host: string;
  path: string;
  service: string;
  /** The Secret that a rule with `tls` names, or "". */
  tls?: string;
}

function parseRule(text: string): Rule {
  if (!RULE.test(text))
    throw new CliError(`rule ${text} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`);
  const [target = "", ...more] = text.split(",");
  const slash = target.indexOf("/");
  const [path = "", service = ""] = target.slice(slash + 1).split("=");
  const rule: Rule = { host: target.slice(0, slash), path: `/${path}`, service };
  return more.length === 1 ? { ...rule, tls: more[0]!.split("=")[1] ?? "" } : rule;
}

function backend(service: string): object {
  const [name, port = ""] = service.split(":");
  return { service: { name, port: /^[-+]?\d+$/.test(port) ? { number: Number(port) } : { name: port } } };
}

function pathOf({ path, service }: Rule): object {
  const prefix = path.endsWith("*");
  return {
    path: prefix ? path.slice(0, -1) : path,
    pathType: prefix ? "Prefix" : "Exact",
    backend: backend(service),
  };
}

/** Hosts by the Secret that serves them; a host counts once. */
function tlsOf(rules: readonly Rule[]): object[] {
  const entries: { hosts?: string[]; secretName?: string }[] = [];
  const seen = new Set<string>();
  for (const { host, tls } of rules) {
    if (tls === undefined || seen.has(host)) continue;
    seen.add(host);
    const known = entries.find(({ secretName = "" }) => secretName === tls);
    if (known) known.hosts = [...(known.hosts ?? []), host];
    else if (host || tls) entries.push({ ...(host && { hosts: [host] }), ...(tls && { secretName: tls }) });
  }
  return entries;
}

function rulesOf(rules: readonly Rule[]): object[] {
  const byHost = new Map<string, object[]>();
  for (const rule of rules) byHost.set(rule.host, [...(byHost.get(rule.host) ?? []), pathOf(rule)]);
  return [...byHost].map(([host, paths]) => ({ ...(host && { host }), http: { paths } }));
}

export const ingress: Generator = {
  name: "ingress",
  aliases: ["ing"],
  use: "ingress NAME --rule=host/path=service:port[,tls[=secret]] ",
  short: "Create an ingress with the specified name",
  examples: `# One host and path to a service, with a certificate
kubectl create ingress simple --rule="foo.com/bar=svc1:8080,tls=my-cert"

# Everything below a path of any host
kubectl create ingress catch-all --class=otheringress --rule="/path*=svc:port"

# A service for all that no rule matches
kubectl create ingress ingdefault --class=default --default-backend=defaultsvc:http --rule="foo.com/*=svc:8080"`,
  flags: [text("class"), array("rule"), text("default-backend"), array("annotation")],
  failure: () => "failed to create ingress:",
  generate({ flags }, name) {
    const given = flags.list("rule");
    const fallback = flags.text("default-backend");
    if (!fallback && given.length === 0) {
      throw new CliError(
        "not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)",
      );
    }
    const rules = given.map(parseRule);
    const annotations: Record<string, string> = {};
    for (const annotation of flags.list("annotation")) {
      const equals = annotation.indexOf("=");
      if (equals < 0) throw new CliError(`annotation ${annotation} is invalid and should be in format key=[value]`);
      annotations[annotation.slice(0, equals)] = annotation.slice(equals + 1);
    }
    if (fallback && fallback.split(":").length !== 2)
      throw new CliError("default-backend should be in format servicename:serviceport");
    const tls = tlsOf(rules);
    const paths = rulesOf(rules);
    const className = flags.text("class");
    return {
      kind: "Ingress",
      apiVersion: "networking.k8s.io/v1",
      metadata: { ...metadata(name), ...(Object.keys(annotations).length > 0 && { annotations }) },
      spec: {
        ...(className && { ingressClassName: className }),
        ...(fallback && { defaultBackend: backend(fallback) }),
        ...(tls.length > 0 && { tls }),
        ...(paths.length > 0 && { rules: paths }),
      },
      status: { loadBalancer: {} },
    };
  },
};
