import type { Call, Command } from "../command";
import { CliError } from "../errors";
import { dryRun, FILE_FLAGS, manager, PRINT_FLAGS, saveConfig } from "../flags/groups";
import { text } from "../flags/spec";
import { build, forEachInfo } from "../resource/builder";
import type { Info } from "../resource/info";
import { parseLabels } from "../resource/labels";
import { applyOverrides } from "../resource/overrides";
import { createObject, dryRunOf, report, withLastApplied } from "../resource/submit";

const EXPOSABLE = new Set(["ReplicationController", "Service", "Pod", "Deployment", "ReplicaSet"]);
/** A Service's name may be this long. */
const NAME_LIMIT = 63;

async function run(call: Call): Promise<number> {
  const { session } = call;
  const dry = dryRunOf(call);
  await forEachInfo(await build(call), async (info) => {
    const { kind, group } = info.resource;
    if (!EXPOSABLE.has(kind)) throw new CliError(`cannot expose a ${kind}${group ? `.${group}` : ""}`);
    const generated = applyOverrides(call, serviceFor(call, info));
    const object = {
      ...generated,
      metadata: { ...generated.metadata, ...(session.namespaceEnforced && { namespace: session.namespace }) },
    };
    const services = await session.discovery.require("services");
    const saved = call.flags.bool("save-config") ? withLastApplied(object) : object;
    const target: Info = {
      resource: services,
      namespace: info.namespace ?? session.namespace,
      name: object.metadata.name,
      object: saved,
      source: "",
    };
    report(call, target, await createObject(call, target, dry), "exposed", dry, dry === "client");
  });
  return 0;
}

function serviceFor({ flags }: Call, info: Info): any {
  const selector = flags.text("selector") ? parseLabels(flags.text("selector")) : selectorOf(info);
  const ports = portsFor(flags.text("port"), info);
  const targetPort = flags.text("target-port");
  const protocols = protocolsOf(info);
  const withNames = ports.length > 1;
  const name = (flags.text("name") || info.name).slice(0, NAME_LIMIT);
  const labels = flags.text("labels") ? parseLabels(flags.text("labels")) : info.object.metadata?.labels;
  const clusterIP = flags.text("cluster-ip");
  const affinity = flags.text("session-affinity");
  if (affinity && affinity !== "ClientIP" && affinity !== "None")
    throw new CliError(`unknown session affinity: ${affinity}`);
  const type = flags.text("type");
  return {
    kind: "Service",
    apiVersion: "v1",
    metadata: { name, creationTimestamp: null, ...(labels && { labels }) },
    spec: {
      ports: ports.map((port, index) => ({
        ...(withNames && { name: `port-${index + 1}` }),
        protocol: flags.text("protocol") || protocols.get(port) || "TCP",
        port,
        targetPort: targetPort ? (/^\d+$/.test(targetPort) ? Number(targetPort) : targetPort) : port,
      })),
      selector,
      ...(clusterIP && { clusterIP }),
      ...(flags.text("external-ip") && { externalIPs: [flags.text("external-ip")] }),
      ...(flags.text("load-balancer-ip") && { loadBalancerIP: flags.text("load-balancer-ip") }),
      ...(type && { type: serviceType(type) }),
      ...(affinity && { sessionAffinity: affinity }),
    },
    status: { loadBalancer: {} },
  };
}

/** Any other text is left to the server to refuse. */
const serviceType = (type: string) => type;

function selectorOf({ object, resource }: Info): Record<string, string> {
  switch (resource.kind) {
    case "Pod":
      if (!object.metadata?.labels || Object.keys(object.metadata.labels).length === 0)
        throw new CliError(
          "couldn't retrieve selectors via --selector flag or introspection: the pod has no labels and cannot be exposed",
        );
      return object.metadata.labels;
    case "Service":
      if (!object.spec?.selector)
        throw new CliError(
          "couldn't retrieve selectors via --selector flag or introspection: the service has no pod selector set",
        );
      return object.spec.selector;
    case "ReplicationController":
      return object.spec.selector;
    default: {
      const expressions = object.spec?.selector?.matchExpressions ?? [];
      if (expressions.length > 0)
        throw new CliError(
          `couldn't retrieve selectors via --selector flag or introspection: couldn't convert expressions - "${JSON.stringify(expressions)}" to map-based selector format`,
        );
      return object.spec?.selector?.matchLabels ?? {};
    }
  }
}

const containersOf = ({ object, resource }: Info): any[] =>
  (resource.kind === "Pod" ? object.spec?.containers : object.spec?.template?.spec?.containers) ?? [];

function openPorts(info: Info): { port: number; protocol: string }[] {
  if (info.resource.kind === "Service")
    return (info.object.spec?.ports ?? []).map((each: any) => ({ port: each.port, protocol: each.protocol ?? "TCP" }));
  return containersOf(info).flatMap(({ ports = [] }) =>
    ports.map((each: any) => ({ port: each.containerPort, protocol: each.protocol ?? "TCP" })),
  );
}

function portsFor(flag: string, info: Info): number[] {
  const texts = flag ? flag.split(",") : [...new Set(openPorts(info).map(({ port }) => String(port)))];
  if (texts.length === 0) throw new CliError("couldn't find port via --port flag or introspection");
  return texts.map((each) => {
    if (!/^[+-]?\d+$/.test(each)) throw new CliError(`strconv.Atoi: parsing ${JSON.stringify(each)}: invalid syntax`);
    return Number(each);
  });
}

const protocolsOf = (info: Info): Map<number, string> =>
  new Map(openPorts(info).map(({ port, protocol }) => [port, protocol]));

export const expose: Command = {
  name: "expose",
  use: "expose (-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--external-ip=external-ip-of-service] [--type=type]",
  short: "Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service",
  long: "Make a Service that selects what a Deployment, ReplicaSet, ReplicationController, Service or Pod selects. Without --port, the ports of the containers are taken.",
  examples: `# A Service on port 80 for a deployment that listens on 8000
kubectl expose deployment nginx --port=80 --target-port=8000

# Reachable from outside
kubectl expose deployment nginx --port=80 --type=LoadBalancer`,
  flags: [
    text("cluster-ip"),
    dryRun,
    text("external-ip"),
    manager("kubectl-expose"),
    ...FILE_FLAGS,
    text("labels", { short: "l" }),
    text("load-balancer-ip"),
    text("name"),
    text("override-type", { default: "merge" }),
    text("overrides"),
    text("port"),
    ...PRINT_FLAGS,
    text("protocol"),
    saveConfig,
    text("selector"),
    text("session-affinity"),
    text("target-port"),
    text("type"),
  ],
  run,
};
