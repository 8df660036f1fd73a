import { CliError } from "../../errors";
import { int, list, text } from "../../flags/spec";
import { commandOf, type Generator, metadata } from "./generator";

/** The name that a container takes from its image: `docker.io/library/nginx:1.25` is `nginx`. */
export function containerNameOf(image: string): string {
  const last = image.slice(image.lastIndexOf("/") + 1);
  return last.split(":")[0]!.split("@")[0]!;
}

export const namespace: Generator = {
  name: "namespace",
  aliases: ["ns"],
  use: "namespace NAME [--dry-run=server|client|none]",
  short: "Create a namespace with the specified name",
  examples: `# A namespace for a team
kubectl create namespace team-a`,
  generate: (_, name) => ({ kind: "Namespace", apiVersion: "v1", metadata: metadata(name), spec: {}, status: {} }),
};

export const serviceAccount: Generator = {
  name: "serviceaccount",
  aliases: ["sa"],
  use: "serviceaccount NAME [--dry-run=server|client|none]",
  short: "Create a service account with the specified name",
  examples: `# A service account
kubectl create serviceaccount builder`,
  failure: () => "failed to create serviceaccount:",
  generate: (_, name) => ({ kind: "ServiceAccount", apiVersion: "v1", metadata: metadata(name) }),
};

export const deployment: Generator = {
  name: "deployment",
  aliases: ["deploy"],
  use: "deployment NAME --image=image -- [COMMAND] [args...]",
  short: "Create a deployment with the specified name",
  examples: `# Three replicas of nginx
kubectl create deployment web --image=nginx --replicas=3

# With a command of its own
kubectl create deployment job --image=busybox -- date`,
  flags: [list("image"), int("port", { default: "-1" }), int("replicas", { short: "r", default: "1" })],
  required: ["image"],
  failure: () => "failed to create deployment:",
  generate(call, name) {
    const { flags } = call;
    const images = flags.list("image");
    const command = commandOf(call);
    if (images.length > 1 && command.length > 0)
      throw new CliError("cannot specify multiple --image options and command");
    const labels = { app: name };
    const port = flags.int("port");
    const containers = images.map((image, index) => ({
      name: containerNameOf(image).replaceAll("_", "-"),
      image,
      ...(command.length > 0 && { command }),
      ...(index === 0 && port >= 0 && { ports: [{ containerPort: port }] }),
      resources: {},
    }));
    return {
      kind: "Deployment",
      apiVersion: "apps/v1",
      metadata: metadata(name, labels),
      spec: {
        replicas: flags.int("replicas"),
        selector: { matchLabels: labels },
        template: { metadata: { creationTimestamp: null, labels }, spec: { containers } },
        strategy: {},
      },
      status: {},
    };
  },
};

export const quota: Generator = {
  name: "quota",
  aliases: ["resourcequota"],
  use: "quota NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2] [--dry-run=server|client|none]",
  short: "Create a quota with the specified name",
  examples: `# Two pods and one core
kubectl create quota small --hard=pods=2,cpu=1`,
  flags: [text("hard"), text("scopes")],
  failure: () => "failed to create quota:",
  generate(call, name) {
    const hard: Record<string, string> = {};
    for (const part of call.flags.text("hard").split(",").filter(Boolean)) {
      const [key, value] = part.split("=");
      if (!key || value === undefined)
        throw new CliError(`Invalid argument syntax ${part}, expected <resource>=<value>`);
      hard[key] = value;
    }
    const scopes = call.flags.text("scopes").split(",").filter(Boolean);
    return {
      kind: "ResourceQuota",
      apiVersion: "v1",
      metadata: metadata(name),
      spec: { ...(Object.keys(hard).length > 0 && { hard }), ...(scopes.length > 0 && { scopes }) },
      status: {},
    };
  },
};
