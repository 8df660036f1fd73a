import { answerOf } from "./cluster-zone";
import { blockFor, type Directive, type ServerBlock } from "./corefile";
import {
  address,
  type DnsRecord,
  found,
  NO_DATA,
  NXDOMAIN,
  type Objects,
  type RecordType,
  SERVFAIL,
  type ZoneAnswer,
} from "./types";

/** A query on its way through the plugins of a server block. */
export interface Query {
  name: string;
  type: RecordType;
}

export interface Around {
  objects: Objects;
  /** Asks a server further up: what `forward` names, or the node's own. */
  upstream(name: string, type: RecordType, target: string): ZoneAnswer;
  /** A number in [0, 1). */
  random(): number;
}

type Plugin = (directive: Directive, query: Query, around: Around, next: (query: Query) => ZoneAnswer) => ZoneAnswer;

const option = (directive: Directive, name: string) => directive.options.find((one) => one.name === name);

const within = (name: string, zones: readonly string[]) =>
  zones.some((zone) => {
    const bare = zone.replace(/\.$/, "").toLowerCase();
    return bare === "" || name === bare || name.endsWith(`.${bare}`);
  });

/** What `fallthrough` lets pass on: everything, or the zones that it names. */
function fallsThrough(directive: Directive, name: string): boolean {
  const fall = option(directive, "fallthrough");
  return fall !== undefined && (fall.args.length === 0 || within(name, fall.args));
}

const HOSTS_TTL = 3600;
const CLUSTER_TTL = 5;

const PLUGINS: Record<string, Plugin> = {
  /** Addresses of an answer in another order each time. */
  loadbalance(_directive, query, around, next) {
    const answer = next(query);
    const addresses = answer.records.filter(({ type }) => type === "A");
    if (addresses.length < 2) return answer;
    const others = answer.records.filter(({ type }) => type !== "A");
    const start = Math.floor(around.random() * addresses.length);
    return { ...answer, records: [...others, ...addresses.slice(start), ...addresses.slice(0, start)] };
  },
  rewrite(directive, query, _around, next) {
    const rule = rewriteRule(directive);
    if (!rule) return next(query);
    if (rule.kind === "type") return next(query.type === rule.from ? { ...query, type: rule.to as RecordType } : query);
    const renamed = rule.rename(query.name);
    if (renamed === undefined) return next(query);
    const answer = next({ ...query, name: renamed });
    // Clients believe only answers that have the name for which they asked.
    return {
      ...answer,
      records: answer.records.map((one) => (one.name === renamed ? { ...one, name: query.name } : one)),
    };
  },
  hosts(directive, query, _around, next) {
    const zones = directive.args.filter((arg) => !arg.startsWith("/"));
    if (zones.length > 0 && !within(query.name, zones)) return next(query);
    const entries = directive.options.filter(({ name }) => /^[\d.]+$/.test(name));
    const ttl = Number(option(directive, "ttl")?.args[0] ?? HOSTS_TTL);
    const hits = entries.filter(({ args }) => args.some((host) => host.toLowerCase() === query.name));
    if (hits.length > 0)
      return query.type === "A" ? found(hits.map(({ name }) => address(query.name, name, ttl))) : NO_DATA;
    const reverse = entries.filter(({ name }) => `${name.split(".").reverse().join(".")}.in-addr.arpa` === query.name);
    if (reverse.length > 0 && query.type === "PTR")
      return found(
        reverse.flatMap(({ args }) =>
          args.map((host): DnsRecord => ({ name: query.name, type: "PTR", ttl, data: `${host}.` })),
        ),
      );
    return fallsThrough(directive, query.name) ? next(query) : NXDOMAIN;
  },
  kubernetes(directive, query, around, next) {
    const zones = directive.args.map((zone) => zone.replace(/\.$/, "").toLowerCase());
    if (!within(query.name, zones)) return next(query);
    const domain = zones.find((zone) => !zone.endsWith(".arpa")) ?? "cluster.local";
    const answer = answerOf(
      {
        objects: around.objects,
        domain,
        ttl: Number(option(directive, "ttl")?.args[0] ?? CLUSTER_TTL),
        podsInsecure: ["insecure", "verified"].includes(option(directive, "pods")?.args[0] ?? "disabled"),
        forward: (name) => next({ ...query, name }),
      },
      query.name,
      query.type,
    );
    return answer.outcome === "nxdomain" && answer.records.length === 0 && fallsThrough(directive, query.name)
      ? next(query)
      : answer;
  },
  template(directive, query, _around, next) {
    const rcode = option(directive, "rcode")?.args[0];
    if (rcode === "NXDOMAIN") return NXDOMAIN;
    return rcode === "SERVFAIL" ? SERVFAIL : next(query);
  },
  forward(directive, query, around, next) {
    const [from = ".", ...targets] = directive.args;
    const except = option(directive, "except")?.args ?? [];
    if (!within(query.name, [from]) || (except.length > 0 && within(query.name, except))) return next(query);
    return around.upstream(query.name, query.type, targets[0] ?? "/etc/resolv.conf");
  },
};

type Rewrite = { kind: "type"; from: string; to: string } | { kind: "name"; rename(name: string): string | undefined };

/** `rewrite name [exact|prefix|suffix|substring|regex] FROM TO`, with `stop` or `continue` before it. */
function rewriteRule({ args }: Directive): Rewrite | undefined {
  const words = args[0] === "stop" || args[0] === "continue" ? args.slice(1) : args;
  if (words[0] === "type") return { kind: "type", from: words[1] ?? "", to: words[2] ?? "" };
  if (words[0] !== "name") return undefined;
  const kinds = ["exact", "prefix", "suffix", "substring", "regex"];
  const [kind = "exact", from = "", to = ""] = kinds.includes(words[1] ?? "")
    ? words.slice(1)
    : ["exact", ...words.slice(1)];
  const bare = (name: string) => (kind === "prefix" || kind === "substring" ? name : name.replace(/\.$/, ""));
  const [source, target] = [bare(from), bare(to)];
  const rename = (name: string): string | undefined => {
    if (kind === "exact") return name === source ? target : undefined;
    if (kind === "prefix") return name.startsWith(source) ? target + name.slice(source.length) : undefined;
    if (kind === "suffix")
      return name.endsWith(source) ? name.slice(0, name.length - source.length) + target : undefined;
    if (kind === "substring") return name.includes(source) ? name.replace(source, target) : undefined;
    return byPattern(from, to, name);
  };
  return { kind: "name", rename };
}

/** Patterns of Corefiles are written against the name with its final dot. `{1}` in the target stands for a group. */
function byPattern(pattern: string, target: string, name: string): string | undefined {
  let match: RegExpExecArray | null;
  try {
    match = new RegExp(pattern).exec(`${name}.`) ?? new RegExp(pattern).exec(name);
  } catch {
    return undefined;
  }
  const renamed = match && target.replace(/\{(\d+)\}/g, (_, group) => match[Number(group)] ?? "");
  return renamed?.replace(/\.$/, "");
}

/** What a server with this configuration answers. */
export function answerQuery(blocks: readonly ServerBlock[], query: Query, around: Around): ZoneAnswer {
  const block = blockFor(blocks, query.name);
  if (!block) return { outcome: "refused", records: [] };
  const run = (index: number, current: Query): ZoneAnswer => {
    const directive = block.plugins[index];
    // Nobody left to answer.
    if (!directive) return SERVFAIL;
    const plugin = PLUGINS[directive.name];
    const next = (changed: Query) => run(index + 1, changed);
    return plugin ? plugin(directive, current, around, next) : next(current);
  };
  return run(0, query);
}
