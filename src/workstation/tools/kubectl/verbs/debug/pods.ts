import type { Call } from "../../command";
import { type ApiError, CliError, isNotFound } from "../../errors";
import { collectionOf, type Info, pathOf } from "../../resource/info";
import { containerName, containersOf, type DebugOptions, dress, suffix } from "./options";

/** A pod and the container in it to attach to. */
export interface Debugged {
  pod: any;
  container: string;
}

/** What each debugging container has, whatever it is for. */
function newContainer(call: Call, options: DebugOptions, name: string): any {
  const { flags } = call;
  return {
    name,
    image: flags.text("image"),
    ...commandOf(call, options),
    ...(options.env.length > 0 && { env: options.env }),
    ...(flags.text("image-pull-policy") && { imagePullPolicy: flags.text("image-pull-policy") }),
    resources: {},
    ...(flags.bool("stdin") && { stdin: true }),
    terminationMessagePolicy: "File",
    ...(flags.bool("tty") && { tty: true }),
  };
}

const commandOf = ({ flags }: Call, { command }: DebugOptions) =>
  command.length > 0 ? { [flags.bool("arguments-only") ? "args" : "command"]: command } : {};

/** Adds a container to a running pod. */
export async function debugRunning(call: Call, info: Info, options: DebugOptions): Promise<Debugged> {
  const { session, flags } = call;
  const name = containerName(call, info.object);
  const added = newContainer(call, options, name);
  if (flags.text("target")) added.targetContainerName = flags.text("target");
  const pod = structuredClone(info.object);
  pod.spec.ephemeralContainers = [...(pod.spec.ephemeralContainers ?? []), added];
  dress(call, options, pod, added, "ephemeral");
  warnOfUser(call, pod, added);
  // One that has the same name already is changed rather than added, which the server refuses.
  const body = { spec: { ephemeralContainers: [added] } };
  try {
    const result = await session.client.request("PATCH", pathOf(info, "ephemeralcontainers"), {
      headers: { "content-type": "application/strategic-merge-patch+json" },
      body,
    });
    return { pod: result, container: name };
  } catch (error) {
    if (isNotFound(error) && !(error as ApiError).status.details?.name)
      throw new CliError(
        `ephemeral containers are disabled for this cluster (error from server: ${JSON.stringify((error as Error).message)})`,
      );
    throw error;
  }
}

/** Makes a copy of a pod with a container more, or with some of its containers changed. */
export async function debugCopy(call: Call, info: Info, options: DebugOptions): Promise<Debugged> {
  const { session, flags } = call;
  const { metadata, spec } = structuredClone(info.object);
  const { ephemeralContainers: _, ...rest } = spec;
  const copy: any = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: flags.text("copy-to"),
      namespace: metadata.namespace,
      ...(metadata.annotations && { annotations: metadata.annotations }),
      ...(metadata.labels && { labels: metadata.labels }),
    },
    spec: rest,
  };
  if (flags.changed("share-processes")) copy.spec.shareProcessNamespace = flags.bool("share-processes");
  if (!flags.bool("same-node")) delete copy.spec.nodeName;
  for (const container of copy.spec.containers) {
    const image = options.images[container.name] ?? options.images["*"];
    if (image) container.image = image;
  }
  const name = changeContainer(call, copy, options);
  const created = await session.client.request("POST", collectionOf(info), { body: copy });
  if (flags.bool("replace"))
    await session.client.request("DELETE", pathOf(info), {
      body: { kind: "DeleteOptions", apiVersion: "v1", gracePeriodSeconds: 0 },
    });
  return { pod: created, container: name };
}

/** Changes the container that `--container` names, or adds one. Gives its name; "" where only images were set. */
function changeContainer(call: Call, copy: any, options: DebugOptions): string {
  const { flags } = call;
  const image = flags.text("image");
  let container = containersOf(copy).find(({ name }) => name === flags.text("container"));
  if (!container) {
    if (!image && Object.keys(options.images).length > 0) return "";
    if (!image) throw new CliError("you must specify image when creating new container");
    container = { name: containerName(call, copy), resources: {}, terminationMessagePolicy: "File" };
    copy.spec.containers.push(container);
  }
  if (options.command.length > 0) {
    if (!flags.bool("arguments-only")) delete container.args;
    Object.assign(container, commandOf(call, options));
  }
  if (options.env.length > 0) container.env = options.env;
  if (image) container.image = image;
  if (flags.text("image-pull-policy")) container.imagePullPolicy = flags.text("image-pull-policy");
  for (const flag of ["stdin", "tty"]) {
    if (flags.bool(flag)) container[flag] = true;
    else delete container[flag];
  }
  dress(call, options, copy, container, "copy");
  warnOfUser(call, copy, container);
  return container.name;
}

/** Runs a pod in the namespaces of a node, with its files at /host. */
export async function debugNode(call: Call, info: Info, options: DebugOptions): Promise<Debugged> {
  const { session, flags } = call;
  const container = newContainer(call, options, flags.text("container") || "debugger");
  const pod: any = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: `node-debugger-${info.name}-${suffix(call)}` },
    spec: {
      containers: [container],
      nodeName: info.name,
      restartPolicy: "Never",
      tolerations: [{ operator: "Exists" }],
    },
  };
  if (!flags.bool("quiet"))
    session.out(`Creating debugging pod ${pod.metadata.name} with container ${container.name} on node ${info.name}.\n`);
  dress(call, options, pod, container, "node");
  const resource = await session.discovery.require("pods");
  const created = await session.client.request("POST", collectionOf({ resource, namespace: session.namespace }), {
    body: pod,
  });
  return { pod: created, container: container.name };
}

/** Capabilities do not help a process that is not root. */
function warnOfUser({ session }: Call, pod: any, container: any): void {
  const own = container.securityContext;
  if (!pod.spec.securityContext?.runAsUser || !own || own.runAsUser === 0) return;
  if (!own.privileged && !own.capabilities?.add?.length) return;
  session.err(
    `Warning: Non-root user is configured for the entire target Pod, and some capabilities granted by debug profile may not work. Please consider using "--custom" with a custom profile that specifies "securityContext.runAsUser: 0".\n`,
  );
}
