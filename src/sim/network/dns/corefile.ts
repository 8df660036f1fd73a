/** The Corefile: server blocks with plugins and their options (https://coredns.io/manual/configuration/). */

export interface Directive {
  name: string;
  args: string[];
  line: number;
  /** The lines of its own block. */
  options: Directive[];
}

export interface ServerBlock {
  /** Zones without a final dot, "" for the root; ports are not told apart but for being there. */
  zones: { name: string; port: number }[];
  plugins: Directive[];
}

export class CorefileError extends Error {}

/** The plugins that CoreDNS 1.12 is built with, in the order in which they see a query (plugin.cfg). */
const PLUGINS =
  "root metadata geoip cancel tls quic timeouts multisocket reload nsid bufsize bind debug trace ready health pprof prometheus errors log dnstap local dns64 acl any chaos loadbalance tsig cache rewrite header dnssec autopath minimal template transfer hosts route53 azure clouddns k8s_external kubernetes file auto secondary etcd loop forward grpc erratic whoami on sign view".split(
    " ",
  );

const DNS_PORT = 53;

interface Token {
  text: string;
  line: number;
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.replace(/(^|\s)#.*$/, "");
    for (const match of line.matchAll(/"((?:[^"\\]|\\.)*)"|\S+/g))
      tokens.push({ text: match[1] ?? match[0], line: index + 1 });
  }
  return tokens;
}

class Parser {
  private at = 0;
  constructor(
    private readonly file: string,
    private readonly tokens: Token[],
  ) {}

  blocks(): ServerBlock[] {
    const blocks: ServerBlock[] = [];
    while (this.at < this.tokens.length) {
      const zones: ServerBlock["zones"] = [];
      while (this.at < this.tokens.length && this.tokens[this.at]!.text !== "{")
        zones.push(zoneOf(this.tokens[this.at++]!.text));
      if (this.at >= this.tokens.length) throw this.failure("Unexpected EOF");
      this.at++;
      blocks.push({ zones, plugins: this.directives() });
    }
    return blocks;
  }

  /** Lines up to the closing brace. */
  private directives(depth = 0): Directive[] {
    const found: Directive[] = [];
    for (;;) {
      const first = this.tokens[this.at];
      if (!first) throw this.failure("Unexpected EOF");
      this.at++;
      if (first.text === "}") return found;
      const directive: Directive = { name: first.text, args: [], line: first.line, options: [] };
      if (depth === 0 && !PLUGINS.includes(first.text))
        throw this.failure(`Unknown directive '${first.text}'`, first.line);
      while (this.tokens[this.at]?.line === first.line && !/^[{}]$/.test(this.tokens[this.at]!.text))
        directive.args.push(this.tokens[this.at++]!.text);
      if (this.tokens[this.at]?.text === "{" && this.tokens[this.at]!.line === first.line) {
        this.at++;
        directive.options = this.directives(depth + 1);
      }
      found.push(directive);
    }
  }

  private failure(text: string, line = this.tokens.at(-1)?.line ?? 1): CorefileError {
    return new CorefileError(`${this.file}:${line} - Error during parsing: ${text}`);
  }
}

function zoneOf(text: string): { name: string; port: number } {
  const [, name = "", port] = /^(?:dns:\/\/)?([^:]*?)\.?(?::(\d+))?,?$/.exec(text) ?? [];
  return { name: name.toLowerCase(), port: port === undefined ? DNS_PORT : Number(port) };
}

/** Options of plugins that refuse others; what is left out here takes anything. */
const OPTIONS: Record<string, readonly string[]> = {
  kubernetes: [
    "endpoint",
    "endpoint_pod_names",
    "fallthrough",
    "ignore",
    "kubeconfig",
    "labels",
    "namespace_labels",
    "namespaces",
    "noendpoints",
    "pods",
    "tls",
    "ttl",
    "startup_timeout",
    "apiserver_qps",
    "apiserver_burst",
    "apiserver_max_inflight",
  ],
  forward: [
    "except",
    "expire",
    "failfast_all_unhealthy_upstreams",
    "failover",
    "force_tcp",
    "health_check",
    "max_concurrent",
    "max_fails",
    "next",
    "policy",
    "prefer_udp",
    "tls",
    "tls_servername",
  ],
  health: ["lameduck"],
};

/** What a server block asks of plugins that these cannot give, in the words of the plugin. */
function check(file: string, { plugins }: ServerBlock): void {
  for (const { name, args, options, line } of plugins) {
    const fail = (text: string) => {
      throw new CorefileError(`plugin/${name}: ${text}`);
    };
    const known = OPTIONS[name];
    for (const option of options) {
      if (known && !known.includes(option.name))
        fail(
          name === "forward"
            ? `${file}:${option.line} - Error during parsing: unknown property '${option.name}'`
            : `${file}:${option.line} - Error during parsing: unknown property '${option.name}'`,
        );
    }
    if (name !== "forward") continue;
    if (args.length < 2)
      fail(
        `${file}:${line} - Error during parsing: Wrong argument count or unexpected line ending after '${args[0] ?? name}'`,
      );
    for (const target of args.slice(1))
      if (
        !/^(\w+:\/\/)?(\d+(\.\d+){3}|\[[0-9a-f:]+\]|[0-9a-f]*:[0-9a-f:]+)(:\d+)?$/i.test(target) &&
        !target.startsWith("/")
      )
        fail(`not an IP address or file: ${JSON.stringify(target)}`);
  }
}

/** Server blocks with their plugins in the order in which they work; throws a CorefileError. */
export function parseCorefile(file: string, text: string): ServerBlock[] {
  const blocks = new Parser(file, tokenize(text)).blocks();
  for (const block of blocks) {
    check(file, block);
    block.plugins.sort((one, two) => PLUGINS.indexOf(one.name) - PLUGINS.indexOf(two.name));
  }
  return blocks;
}

/** The block whose zone is the longest that the name ends in. */
export function blockFor(blocks: readonly ServerBlock[], name: string): ServerBlock | undefined {
  let best: { block: ServerBlock; length: number } | undefined;
  for (const block of blocks) {
    for (const zone of block.zones) {
      const inside = zone.name === "" || name === zone.name || name.endsWith(`.${zone.name}`);
      if (inside && zone.port === DNS_PORT && zone.name.length > (best?.length ?? -1))
        best = { block, length: zone.name.length };
    }
  }
  return best?.block;
}
