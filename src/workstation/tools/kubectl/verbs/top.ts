import { addQuantities, parseQuantity, type Quantity, quantityMilliValue, quantityValue } from "@/sim/kinds/quantity";
import { resourcePath } from "../api/discovery";
import type { Call, Command } from "../command";
import { CliError } from "../errors";
import { allNamespaces, fieldSelector, noHeaders, selector } from "../flags/groups";
import { bool, text } from "../flags/spec";
import { alignTabs, TABLE } from "../printers/tabwriter";

const ROOT = "/apis/metrics.k8s.io/v1beta1";
const MEBIBYTE = 1024 * 1024;

/** Metrics come from an add-on: without it there is nothing to show. */
async function metrics(call: Call, path: string): Promise<any[]> {
  const { groups } = await call.session.discovery.groupVersions();
  if (!groups.some(({ name }) => name === "metrics.k8s.io")) throw new CliError("Metrics API not available");
  const { flags, args } = call;
  if (args.length > 0) return [await call.session.client.get(`${path}/${args[0]}`)];
  const query = { ...(flags.text("selector") && { labelSelector: flags.text("selector") }) };
  return (await call.session.client.get(path, query)).items ?? [];
}

const cores = (quantity: Quantity) => `${quantityMilliValue(quantity)}m`;
const mebibytes = (quantity: Quantity) => `${Math.floor(quantityValue(quantity) / MEBIBYTE)}Mi`;
const sum = (texts: string[]) => texts.map(parseQuantity).reduce(addQuantities, parseQuantity("0"));

interface Row {
  name: string;
  cells: string[];
  cpu: Quantity;
  memory: Quantity;
}

function print(call: Call, headers: string[], rows: Row[]): number {
  const { session, flags } = call;
  const by = flags.text("sort-by");
  if (by && by !== "cpu" && by !== "memory") throw new CliError("--sort-by accepts only cpu or memory");
  const key = (row: Row) =>
    by === "cpu" ? -quantityMilliValue(row.cpu) : by === "memory" ? -quantityValue(row.memory) : 0;
  rows.sort((a, b) => key(a) - key(b) || (a.name < b.name ? -1 : 1));
  const lines = [
    ...(flags.bool("no-headers") ? [] : [headers.join("\t")]),
    ...rows.map(({ cells }) => cells.join("\t")),
  ];
  session.out(alignTabs(lines.map((line) => `${line}\n`).join(""), TABLE));
  return 0;
}

async function topPods(call: Call): Promise<number> {
  const { session, flags } = call;
  const everywhere = flags.bool("all-namespaces");
  const items = await metrics(call, everywhere ? `${ROOT}/pods` : `${ROOT}/namespaces/${session.namespace}/pods`);
  const byContainer = flags.bool("containers");
  const rows = items.flatMap(({ metadata, containers }): Row[] => {
    const place = everywhere ? [metadata.namespace] : [];
    const row = (names: string[], parts: any[]): Row => {
      const [cpu, memory] = [sum(parts.map((each) => each.usage.cpu)), sum(parts.map((each) => each.usage.memory))];
      return { name: names.join("/"), cells: [...place, ...names, cores(cpu), mebibytes(memory)], cpu, memory };
    };
    return byContainer
      ? containers.map((each: any) => row([metadata.name, each.name], [each]))
      : [row([metadata.name], containers)];
  });
  if (rows.length === 0) {
    session.err(everywhere ? "No resources found\n" : `No resources found in ${session.namespace} namespace.\n`);
    return 0;
  }
  return print(
    call,
    [
      ...(everywhere ? ["NAMESPACE"] : []),
      ...(byContainer ? ["POD", "NAME"] : ["NAME"]),
      "CPU(cores)",
      "MEMORY(bytes)",
    ],
    rows,
  );
}

async function topNodes(call: Call): Promise<number> {
  const { session } = call;
  const items = await metrics(call, `${ROOT}/nodes`);
  const nodes = await session.client.get(resourcePath(await session.discovery.require("nodes"), undefined));
  const rows = items.map(({ metadata, usage }): Row => {
    const allocatable =
      nodes.items.find((node: any) => node.metadata.name === metadata.name)?.status?.allocatable ?? {};
    const [cpu, memory] = [parseQuantity(usage.cpu), parseQuantity(usage.memory)];
    const share = (used: Quantity, of: string | undefined) =>
      of ? `${(used.nanos * 100n) / parseQuantity(of).nanos}%` : "<unknown>";
    return {
      name: metadata.name,
      cells: [
        metadata.name,
        cores(cpu),
        share(cpu, allocatable.cpu),
        mebibytes(memory),
        share(memory, allocatable.memory),
      ],
      cpu,
      memory,
    };
  });
  return print(call, ["NAME", "CPU(cores)", "CPU(%)", "MEMORY(bytes)", "MEMORY(%)"], rows);
}

const common = [noHeaders, selector, text("sort-by"), bool("use-protocol-buffers", { default: "true" })];

export const top: Command = {
  name: "top",
  use: "top [flags]",
  short: "Display resource (CPU/memory) usage",
  long: "Show what nodes and pods use. This needs the metrics server in the cluster.",
  commands: [
    {
      name: "node",
      aliases: ["nodes", "no"],
      use: "top node [NAME | -l label]",
      short: "Display resource (CPU/memory) usage of nodes",
      examples: `# All nodes
kubectl top node

# One
kubectl top node NODE_NAME`,
      flags: [...common, bool("show-capacity")],
      run: topNodes,
      complete: "nodes",
    },
    {
      name: "pod",
      aliases: ["pods", "po"],
      use: "top pod [NAME | -l label]",
      short: "Display resource (CPU/memory) usage of pods",
      examples: `# Pods of the namespace
kubectl top pod

# With their containers
kubectl top pod POD_NAME --containers`,
      flags: [allNamespaces, bool("containers"), fieldSelector, ...common, bool("sum")],
      run: topPods,
      complete: "pods",
    },
  ],
};
