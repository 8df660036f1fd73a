import { nodeAddress } from "@/sim/boot/addresses";
import type { Tool, ToolContext } from "../tool";

const DEFAULT_ENDPOINT = "127.0.0.1:2379";

function options(context: ToolContext): { words: string[]; flags: Map<string, string> } {
  const flags = new Map<string, string>();
  for (const name of ["CACERT", "CERT", "KEY", "ENDPOINTS"]) {
    const value = context.env[`ETCDCTL_${name}`];
    if (value) flags.set(name.toLowerCase(), value);
  }
  const words: string[] = [];
  const argv = context.argv.slice(1);
  for (let index = 0; index < argv.length; index++) {
    const [, name, value] = /^--?([\w-]+)(?:=(.*))?$/.exec(argv[index]!) ?? [];
    if (name === undefined) words.push(argv[index]!);
    else if (value !== undefined || name === "cluster") flags.set(name, value ?? "true");
    else flags.set(name, argv[++index] ?? "");
  }
  return { words, flags };
}

/** Why the client cannot speak to an endpoint; undefined where it can. */
async function failure(
  context: ToolContext,
  flags: Map<string, string>,
  endpoint: string,
): Promise<string | undefined> {
  const [, scheme = "http", host = "", port = "2379"] = /^(?:(https?):\/\/)?([^:/]+)(?::(\d+))?/.exec(endpoint) ?? [];
  const secure = scheme === "https" || flags.has("cacert");
  for (const name of ["cacert", "cert", "key"]) {
    const path = flags.get(name);
    if (path !== undefined && !context.files.stat(path)) return `open ${path}: no such file or directory`;
  }
  const http = { method: "GET", path: "/health", headers: [] as [string, string][], body: "" };
  const answer = await context.network({
    host,
    port: Number(port),
    payload: { kind: "http", http, ...(secure && { tls: { established: true as const } }) },
  });
  // Without the client's certificate the server ends the handshake, and the client tries until its time is over.
  const trusted = secure && ["cacert", "cert", "key"].every((name) => flags.has(name));
  if (answer.outcome !== "ok" || !trusted) return "context deadline exceeded";
  return answer.http?.status === 200 ? undefined : "etcdserver: no leader";
}

/** etcdctl, as far as an administrator of a cluster needs it: health, members, and a copy of the store. */
export const etcdctl: Tool = {
  name: "etcdctl",
  async run(context) {
    const { words, flags } = options(context);
    const [what = "", verb = ""] = words;
    const endpoints = (flags.get("endpoints") ?? DEFAULT_ENDPOINT).split(",");
    const missing = ["cacert", "cert", "key"]
      .map((name) => flags.get(name))
      .find((path) => path !== undefined && !context.files.stat(path));
    if (what === "version" || words.length === 0) {
      await context.stdout.write("etcdctl version: 3.5.21\nAPI version: 3.5\n");
      return 0;
    }
    if (missing !== undefined) {
      await context.stderr.write(`Error: open ${missing}: no such file or directory\n`);
      return 5;
    }
    if (what === "endpoint" && verb === "health") return health(context, flags, endpoints);
    const why = await failure(context, flags, endpoints[0]!);
    if (why !== undefined) {
      await context.sleep(5000);
      await context.stderr.write(
        `{"level":"warn","msg":"retrying of unary invoker failed","target":"etcd-endpoints://${endpoints[0]}","attempt":0,"error":"rpc error: code = DeadlineExceeded desc = latest balancer error: last connection error: connection error: desc = \\"transport: Error while dialing: dial tcp ${endpoints[0]!.replace(/^https?:\/\//, "")}: connect: connection refused\\""}\nError: ${why}\n`,
      );
      return 1;
    }
    if (what === "member" && verb === "list") return members(context);
    if (what === "snapshot" && verb === "save" && words[2]) return save(context, words[2]);
    await context.stderr.write(
      `Error: unknown command "${words.join(" ")}" for "etcdctl"\nRun 'etcdctl --help' for usage.\n`,
    );
    return 1;
  },
};

async function health(context: ToolContext, flags: Map<string, string>, endpoints: string[]): Promise<number> {
  let code = 0;
  for (const endpoint of endpoints) {
    const why = await failure(context, flags, endpoint);
    if (why === undefined)
      await context.stdout.write(
        `${endpoint} is healthy: successfully committed proposal: took = ${(6 + context.random() * 6).toFixed(6)}ms\n`,
      );
    else {
      await context.sleep(5000);
      await context.stderr.write(`${endpoint} is unhealthy: failed to commit proposal: ${why}\n`);
      code = 1;
    }
  }
  if (code !== 0) await context.stderr.write("Error: unhealthy cluster\n");
  return code;
}

async function members(context: ToolContext): Promise<number> {
  const nodes = context.node?.sim.options.nodes ?? [];
  const lines = nodes.flatMap(({ name, role }, index) => {
    if (role !== "control-plane") return [];
    const address = nodeAddress(index);
    const id = (0xaec36adc501070ccn + BigInt(index) * 0x1357n).toString(16);
    return [`${id}, started, ${name}, https://${address}:2380, https://${address}:2379, false\n`];
  });
  await context.stdout.write(lines.join(""));
  return 0;
}

async function save(context: ToolContext, path: string): Promise<number> {
  const target = path.startsWith("/") ? path : `${context.cwd}/${path}`;
  const revision = context.node?.sim.store.resourceVersion ?? 0;
  context.files.writeFile(target, `etcd snapshot at revision ${revision}\n`, 0o600);
  await context.sleep(150);
  await context.stdout.write(`Snapshot saved at ${path}\n`);
  return 0;
}
