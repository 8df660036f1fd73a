import { isDns1123Subdomain, isPortName } from "@/sim/kinds/validation/names";
import { CliError } from "../../errors";
import { int, list, text } from "../../flags/spec";
import { type Generator, metadata } from "./generator";

const PORT_LIMIT = 65_535;

/** `5678:8080`, `80`, `80:http`: a port of a Service made from `--tcp`. */
function portOf(spec: string): { name: string; protocol: string; port: number; targetPort: number | string } {
  const [first = "", second] = spec.split(":");
  const wrong = portComplaint(first);
  if (wrong) throw new CliError(wrong);
  const port = Number(first);
  return {
    name: spec.replaceAll(":", "-"),
    protocol: "TCP",
    port,
    targetPort: second === undefined ? port : target(second),
  };
}

/** A number where it can be one, else the name of a container's port. */
function target(text: string): number | string {
  if (/^\d+$/.test(text)) {
    if (Number(text) < 1 || Number(text) > PORT_LIMIT)
      throw new CliError(`must be between 1 and ${PORT_LIMIT}, inclusive`);
    return Number(text);
  }
  const complaints = isPortName(text);
  if (complaints.length > 0) throw new CliError(complaints.join(","));
  return text;
}

function portComplaint(text: string): string | undefined {
  const parsing = `strconv.ParseUint: parsing ${JSON.stringify(text)}:`;
  if (!/^\d+$/.test(text)) return `${parsing} invalid syntax`;
  if (Number(text) > PORT_LIMIT) return `${parsing} value out of range`;
  return undefined;
}

function service(name: string, type: string, tcp: string[], more: Record<string, unknown> = {}, nodePort = 0): any {
  const ports = tcp.map(portOf).map((port) => (nodePort ? { ...port, nodePort } : port));
  const labels = { app: name };
  return {
    kind: "Service",
    apiVersion: "v1",
    metadata: metadata(name, labels),
    spec: { ...(ports.length > 0 && { ports }), selector: labels, ...more, type },
    status: { loadBalancer: {} },
  };
}

const requireTcp = (tcp: string[]) => {
  if (tcp.length === 0) throw new CliError("at least one tcp port specifier must be provided");
};
const failure = (object: any) => `failed to create ${object.spec.type} service:`;

export const SERVICES: Generator[] = [
  {
    name: "clusterip",
    use: "clusterip NAME [--tcp=<port>:<targetPort>] [--dry-run=server|client|none]",
    short: "Create a ClusterIP service",
    examples: `# Port 5678 to port 8080 of the pods
kubectl create service clusterip my-cs --tcp=5678:8080

# Headless
kubectl create service clusterip my-cs --clusterip="None"`,
    flags: [text("clusterip"), list("tcp")],
    failure,
    generate({ flags }, name) {
      const clusterIP = flags.text("clusterip");
      const tcp = flags.list("tcp");
      if (clusterIP !== "None") requireTcp(tcp);
      if (clusterIP === "None" && tcp.length > 0) return service(name, "ClusterIP", tcp, { clusterIP });
      return service(name, "ClusterIP", tcp, clusterIP ? { clusterIP } : {});
    },
  },
  {
    name: "externalname",
    use: "externalname NAME --external-name external.name [--dry-run=server|client|none]",
    short: "Create an ExternalName service",
    examples: `# A name for a host outside
kubectl create service externalname my-ns --external-name bar.com`,
    flags: [text("external-name"), list("tcp")],
    required: ["external-name"],
    failure,
    generate({ flags }, name) {
      const externalName = flags.text("external-name");
      if (isDns1123Subdomain(externalName).length > 0)
        throw new CliError(`invalid service external name ${externalName}`);
      return service(name, "ExternalName", flags.list("tcp"), { externalName });
    },
  },
  {
    name: "loadbalancer",
    use: "loadbalancer NAME [--tcp=port:targetPort] [--dry-run=server|client|none]",
    short: "Create a LoadBalancer service",
    examples: `# Port 5678 to port 8080 of the pods
kubectl create service loadbalancer my-lbs --tcp=5678:8080`,
    flags: [list("tcp")],
    failure,
    generate({ flags }, name) {
      requireTcp(flags.list("tcp"));
      return service(name, "LoadBalancer", flags.list("tcp"));
    },
  },
  {
    name: "nodeport",
    use: "nodeport NAME [--tcp=port:targetPort] [--dry-run=server|client|none]",
    short: "Create a NodePort service",
    examples: `# Port 5678 to port 8080 of the pods
kubectl create service nodeport my-ns --tcp=5678:8080`,
    flags: [int("node-port"), list("tcp")],
    failure,
    generate({ flags }, name) {
      requireTcp(flags.list("tcp"));
      return service(name, "NodePort", flags.list("tcp"), {}, flags.int("node-port"));
    },
  },
];
