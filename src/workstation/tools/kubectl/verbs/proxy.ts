import type { HttpMethod } from "@/sim/apiserver/request";
import type { HttpRequest, HttpResponse, NetworkResponse } from "@/sim/network/types";
import type { Call, Command } from "../command";
import { CliError } from "../errors";
import { bool, duration, int, text } from "../flags/spec";

const DEFAULTS = {
  "accept-hosts": "^localhost$,^127\\.0\\.0\\.1$,^\\[::1\\]$",
  "accept-paths": "^.*",
  "reject-methods": "^$",
  "reject-paths": "^/api/.*/pods/.*/exec,^/api/.*/pods/.*/attach",
};

/** Who looks at JSON with their own eyes gets it indented, as the API server does. */
const READERS = /^(curl|Wget|Mozilla\/5\.0)/;

async function run(call: Call): Promise<number> {
  const { session, flags, args } = call;
  if (args.length > 0) throw new CliError(`unexpected arguments: [${args.join(" ")}]`);
  if (flags.text("unix-socket"))
    throw new CliError(`listen unix ${flags.text("unix-socket")}: socket: protocol not available`);
  const address = flags.text("address");
  const listener = session.tool.listen(flags.int("port"), async ({ payload }): Promise<NetworkResponse> => {
    if (payload.kind !== "http") return { outcome: "ok", latencyMs: 0, hops: [] };
    return { outcome: "ok", latencyMs: 0, hops: [], http: await answer(call, payload.http) };
  });
  if (!listener) throw new CliError(`listen tcp ${address}:${flags.int("port")}: bind: address already in use`);
  session.out(`Starting to serve on ${address}:${listener.port}\n`);
  await session.tool.wait(new Promise<never>(() => {}));
  return 0;
}

async function answer(call: Call, request: HttpRequest): Promise<HttpResponse> {
  const { flags, session } = call;
  const [path = "/", search = ""] = request.path.split(/\?(.*)/s);
  const header = (name: string) => request.headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? "";
  if (!flags.bool("disable-filter") && refused(call, request.method, path, header("host")))
    return plain(403, "Forbidden\n");
  const folder = flags.text("www");
  const prefix = flags.text("www-prefix");
  if (folder && path.startsWith(prefix)) return staticFile(call, `${folder}/${path.slice(prefix.length)}`);
  const api = flags.text("api-prefix").replace(/\/?$/, "/");
  if (!path.startsWith(api)) return plain(404, "404 page not found\n");
  const reply = await session.client.pass(request.method as HttpMethod, `/${path.slice(api.length)}`, {
    query: queryOf(search),
    headers: { ...(header("content-type") && { "content-type": header("content-type") }) },
    ...(request.body && { body: parsed(request.body) }),
  });
  if (typeof reply.body === "string")
    return { ...plain(reply.status, reply.body), headers: [["Content-Type", "text/plain"]] };
  const indent = READERS.test(header("user-agent")) ? 2 : undefined;
  const body = `${JSON.stringify(reply.body, null, indent)}${indent ? "" : "\n"}`;
  return { status: reply.status, headers: [["Content-Type", "application/json"]], body };
}

function refused({ flags }: Call, method: string, path: string, host: string): boolean {
  const matches = (flag: string, value: string) =>
    flags
      .text(flag)
      .split(",")
      .some((pattern) => new RegExp(pattern).test(value));
  const name = host.replace(/:\d+$/, "");
  return (
    matches("reject-paths", path) ||
    matches("reject-methods", method) ||
    !matches("accept-paths", path) ||
    !matches("accept-hosts", name)
  );
}

const plain = (status: number, body: string): HttpResponse => ({
  status,
  headers: [["Content-Type", "text/plain; charset=utf-8"]],
  body,
});

function staticFile({ session }: Call, name: string): HttpResponse {
  const { files } = session.tool;
  const path = session.path(name);
  return files.stat(path)?.type === "file" ? plain(200, files.readFile(path)) : plain(404, "404 page not found\n");
}

const queryOf = (search: string): Record<string, string> =>
  Object.fromEntries(
    search
      .split("&")
      .filter(Boolean)
      .map((pair) => {
        const [key = "", value = ""] = pair.split(/=(.*)/s);
        return [decodeURIComponent(key), decodeURIComponent(value)];
      }),
  );

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

export const proxy: Command = {
  name: "proxy",
  use: "proxy [--port=PORT] [--www=static-dir] [--www-prefix=prefix] [--api-prefix=prefix]",
  short: "Run a proxy to the Kubernetes API server",
  long: "Serves the cluster's API on a port of this machine, as the user of the kubeconfig. It runs until it is stopped.",
  examples: `# The whole API at localhost:8001
kubectl proxy &
curl http://127.0.0.1:8001/api/v1/namespaces

# On another port
kubectl proxy --port=8011

# Any free port
kubectl proxy --port=0`,
  flags: [
    text("accept-hosts", {
      default: DEFAULTS["accept-hosts"],
      usage: "Hosts that are let in, as regular expressions.",
    }),
    text("accept-paths", {
      default: DEFAULTS["accept-paths"],
      usage: "Paths that are let through, as regular expressions.",
    }),
    text("address", { default: "127.0.0.1", usage: "Address to serve on." }),
    text("api-prefix", { default: "/", usage: "Prefix under which the API stands." }),
    bool("append-server-path", { usage: "Put the path of the kubeconfig's server before each request's." }),
    bool("disable-filter", { usage: "Let everybody in." }),
    duration("keepalive", { usage: "How long an idle connection is kept." }),
    int("port", { short: "p", default: "8001", usage: "Port to serve on; 0 for any." }),
    text("reject-methods", {
      default: DEFAULTS["reject-methods"],
      usage: "Methods that are refused, as regular expressions.",
    }),
    text("reject-paths", {
      default: DEFAULTS["reject-paths"],
      usage: "Paths that are refused, as regular expressions.",
    }),
    text("unix-socket", { short: "u", usage: "Unix socket to serve on." }),
    text("www", { short: "w", usage: "Folder whose files are served as well." }),
    text("www-prefix", { short: "P", default: "/static/", usage: "Prefix under which those files stand." }),
  ],
  run,
  complete: "none",
};
