import { CliError, PlainExit } from "../errors";
import type { FlagValues } from "../flags/parse";
import { clientCertificateOf, LAB_CLIENT_CERTIFICATE } from "./client-certificate";
import type { Kubeconfig } from "./kubeconfig";

/** Where a lab's API server is reached: the address that its kubeconfig names. */
export const LAB_SERVER_HOSTS = ["192.168.49.2:8443", "control-plane:8443", "192.168.49.2:6443", "control-plane:6443"];

export interface Connection {
  /** `https://192.168.49.2:8443` */
  server: string;
  /** `192.168.49.2:8443` */
  host: string;
  reachable: boolean;
  namespace: string;
  /** `--as` and its kin and the bearer token, as headers. */
  headers: Record<string, string>;
  /** PEM of the certificate that the client shows. */
  clientCertificate?: string;
}

/** What the kubeconfig and the flags laid over it say of the server to ask. */
export function resolveConnection(config: Kubeconfig, flags: FlagValues, read: (path: string) => string): Connection {
  const contextName = flags.text("context") || config.currentContext;
  const context = contextName ? config.find("contexts", contextName) : undefined;
  if (flags.text("context") && !context)
    throw new PlainExit(`Error in configuration: context was not found for specified context: ${contextName}`);
  const clusterName = flags.text("cluster") || context?.cluster;
  const cluster = clusterName ? config.find("clusters", clusterName) : undefined;
  if (flags.text("cluster") && !cluster) throw new CliError(`no server found for cluster "${clusterName}"`);
  // Of `create rolebinding`, --user names whom to bind.
  const chosenUser = flags.isMany("user") ? "" : flags.text("user");
  const userName = chosenUser || context?.user;
  if (chosenUser && !config.find("users", userName)) throw new CliError(`auth info "${userName}" does not exist`);
  const server = flags.text("server") || cluster?.server || "http://localhost:8080";
  const host = hostOf(server);
  if (!flags.text("as") && (flags.list("as-group").length > 0 || flags.text("as-uid")))
    throw new CliError(`requesting uid, groups or user-extra for ${userName ?? ""} without impersonating a user`);
  const headers: Record<string, string> = {};
  if (flags.text("as")) headers["impersonate-user"] = flags.text("as");
  if (flags.list("as-group").length > 0) headers["impersonate-group"] = flags.list("as-group").join(",");
  if (flags.text("as-uid")) headers["impersonate-uid"] = flags.text("as-uid");
  const token = flags.text("token") || (userName && config.find("users", userName)?.token);
  if (token) headers.authorization = `Bearer ${token}`;
  const user = (userName && config.find("users", userName)) || {};
  const clientCertificate = clientCertificateOf(user, userName ?? "", flags, read);
  return {
    ...(clientCertificate && { clientCertificate }),
    server: /^https?:\/\//.test(server) ? server.replace(/\/$/, "") : `http://${server}`,
    host,
    reachable: LAB_SERVER_HOSTS.includes(host),
    namespace: flags.text("namespace") || context?.namespace || "default",
    headers,
  };
}

function hostOf(server: string): string {
  const match = /^(?:(https?):\/\/)?([^/]+)/.exec(server);
  const host = match?.[2] ?? server;
  if (/:\d+$/.test(host)) return host;
  return match?.[1] === "https" ? `${host}:443` : host;
}

/** The kubeconfig that a fresh lab lays into `~/.kube/config`. */
export const labKubeconfig = (name = "podium"): string => `apiVersion: v1
clusters:
- cluster:
    certificate-authority: /home/learner/.kube/ca.crt
    server: https://${LAB_SERVER_HOSTS[0]}
  name: ${name}
contexts:
- context:
    cluster: ${name}
    namespace: default
    user: ${name}
  name: ${name}
current-context: ${name}
kind: Config
preferences: {}
users:
- name: ${name}
  user:
    client-certificate: ${LAB_CLIENT_CERTIFICATE}
    client-key: /home/learner/.kube/client.key
`;
