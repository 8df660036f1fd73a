import { goDuration } from "@/sim/kernel/go-duration";
import { parseRfc3339 } from "@/sim/kernel/time";
import { addQuantities, parseQuantity, type Quantity, quantityMilliValue, quantityValue } from "@/sim/kinds/quantity";
import { resourcePath } from "../api/discovery";
import { type Call, type Command, usageError } from "../command";
import { CliError } from "../errors";
import { allNamespaces, fieldSelector, noHeaders, selector } from "../flags/groups";
import { bool, text } from "../flags/spec";
import { goSort } from "../printers/go-sort";
import { alignTabs, TABLE } from "../printers/tabwriter";

const ROOT = "/apis/metrics.k8s.io/v1beta1";
const MEBIBYTE = 1024 * 1024;
/** From this age on a pod without metrics is an error. */
const CREATION_DELAY_MS = 120_000;

type Usage = Record<string, string>;

interface PodMetrics {
  metadata: { name: string; namespace: string };
  containers: { name: string; usage: Usage }[];
}

/** The objects that are asked for. Metrics come from an add-on: without it there is nothing to show. */
async function metrics({ session, flags, args }: Call, path: string): Promise<any[]> {
  const { groups } = await session.discovery.groupVersions();
  const group = groups.find(({ name }) => name === "metrics.k8s.io");
  if (!group?.versions.includes("v1beta1")) throw new CliError("Metrics API not available");
  if (args.length > 0) return [await session.client.get(`${path}/${args[0]}`)];
  const query = {
    ...(flags.text("selector") && { labelSelector: flags.text("selector") }),
    ...(flags.text("field-selector") && { fieldSelector: flags.text("field-selector") }),
  };
  return (await session.client.get(path, query)).items ?? [];
}

function checkFlags(call: Call, use: string, either: string): void {
  const { flags, args } = call;
  if (args.length > 1) throw usageError(call, use);
  const by = flags.text("sort-by");
  if (by && by !== "cpu" && by !== "memory") throw new CliError("--sort-by accepts only cpu or memory");
  if (args.length > 0 && (flags.text("selector") || flags.text("field-selector"))) throw new CliError(either);
}

const POD_USE = "pod [NAME | -l label]";
const NODE_USE = "node [NAME | -l label]";

const quantity = (usage: Usage | undefined, name: string): Quantity => parseQuantity(usage?.[name] ?? "0");
const sum = (usages: readonly Usage[]): { cpu: Quantity; memory: Quantity } => {
  const total = (name: string) =>
    usages.map((usage) => quantity(usage, name)).reduce(addQuantities, parseQuantity("0"));
  return { cpu: total("cpu"), memory: total("memory") };
};

const cores = (value: Quantity) => `${quantityMilliValue(value)}m`;
const mebibytes = (value: Quantity) => `${Math.floor(quantityValue(value) / MEBIBYTE)}Mi`;

type Sorted = { key: string; cpu: Quantity; memory: Quantity };

/** By use, the most first, where asked; else by name. */
function inOrder<T extends Sorted>(rows: T[], by: string): T[] {
  const weight = (row: T) =>
    by === "cpu" ? quantityMilliValue(row.cpu) : by === "memory" ? quantityValue(row.memory) : 0;
  return goSort(rows, (a, b) => (by ? weight(a) > weight(b) : a.key < b.key));
}

const line = (cells: readonly string[]) => `${cells.map((cell) => `${cell}\t`).join("")}\n`;

async function topPods(call: Call): Promise<number> {
  const { session, flags, args } = call;
  checkFlags(call, POD_USE, "only one of NAME or selector can be provided");
  const everywhere = flags.bool("all-namespaces");
  if (everywhere && args.length > 0)
    throw new CliError("an empty namespace may not be set when a resource name is provided");
  const path = everywhere ? `${ROOT}/pods` : `${ROOT}/namespaces/${session.namespace}/pods`;
  const items: PodMetrics[] = await metrics(call, path);
  if (items.length === 0) {
    await explainNone(call);
    session.err(everywhere ? "No resources found\n" : `No resources found in ${session.namespace} namespace.\n`);
    return 0;
  }
  session.out(alignTabs(podLines(call, items, everywhere), TABLE));
  return 0;
}

function podLines({ flags }: Call, items: readonly PodMetrics[], everywhere: boolean): string {
  const byContainer = flags.bool("containers");
  const by = flags.text("sort-by") ?? "";
  const pods = items.map(({ metadata, containers }) => ({
    ...sum(containers.map(({ usage }) => usage)),
    key: everywhere ? `${metadata.namespace}\u0000${metadata.name}` : metadata.name,
    place: everywhere ? [metadata.namespace] : [],
    name: metadata.name,
    containers: containers.map(({ name, usage }) => ({ key: name, ...sum([usage]) })),
  }));
  const lines: string[] = [];
  const names = [...(everywhere ? ["NAMESPACE"] : []), ...(byContainer ? ["POD"] : [])];
  const headers = !flags.bool("no-headers");
  if (headers) lines.push(line([...names, "NAME", "CPU(cores)", "MEMORY(bytes)"]));
  for (const { place, name, containers, cpu, memory } of inOrder(pods, by)) {
    if (!byContainer) lines.push(line([...place, name, cores(cpu), mebibytes(memory)]));
    else
      for (const own of inOrder(containers, by))
        lines.push(line([...place, name, own.key, cores(own.cpu), mebibytes(own.memory)]));
  }
  if (flags.bool("sum")) {
    // Columns that are not named are not counted either.
    const blanks = Array.from({ length: headers ? names.length : 0 }, () => "");
    const total = sum(items.flatMap(({ containers }) => containers.map(({ usage }) => usage)));
    lines.push(line([...blanks, "", "________", "________"]));
    lines.push(line([...blanks, "", cores(total.cpu), mebibytes(total.memory)]));
  }
  return lines.join("");
}

/** Why there are no metrics of pods that are there: they are too young, or something is wrong. */
async function explainNone({ session, flags }: Call): Promise<void> {
  const path = resourcePath(await session.discovery.require("pods"), session.namespace);
  const query = {
    ...(flags.text("selector") && { labelSelector: flags.text("selector") }),
    ...(flags.text("field-selector") && { fieldSelector: flags.text("field-selector") }),
  };
  const pods: any[] = (await session.client.get(path, query)).items ?? [];
  if (pods.length === 0) return;
  for (const { metadata } of pods) {
    const ageMs = session.nowMs - parseRfc3339(metadata.creationTimestamp)!;
    if (ageMs > CREATION_DELAY_MS)
      throw new CliError(
        `Metrics not available for pod ${metadata.namespace}/${metadata.name}, age: ${goDuration(ageMs)}`,
      );
  }
  throw new CliError("metrics not available yet");
}

async function topNodes(call: Call): Promise<number> {
  const { session, flags, args } = call;
  checkFlags(call, NODE_USE, "only one of NAME or --selector can be provided");
  const items = await metrics(call, `${ROOT}/nodes`);
  if (items.length === 0) throw new CliError("metrics not available yet");
  const path = resourcePath(await session.discovery.require("nodes"), undefined);
  const query = flags.text("selector") ? { labelSelector: flags.text("selector") } : undefined;
  const nodes: any[] =
    args.length > 0 ? [await session.client.get(`${path}/${args[0]}`)] : (await session.client.get(path, query)).items;
  const field = flags.bool("show-capacity") ? "capacity" : "allocatable";
  const available = new Map<string, Usage>(nodes.map(({ metadata, status }) => [metadata.name, status[field]]));
  const rows = items.map(({ metadata, usage }: any) => ({ key: metadata.name as string, ...sum([usage]) }));
  const lines = flags.bool("no-headers") ? [] : [line(["NAME", "CPU(cores)", "CPU(%)", "MEMORY(bytes)", "MEMORY(%)"])];
  for (const { key, cpu, memory } of inOrder(rows, flags.text("sort-by") ?? "")) {
    const share = (used: Quantity, name: string) => {
      const of = available.get(key)?.[name];
      if (of === undefined) return [];
      return [`${Math.trunc((quantityMilliValue(used) / quantityMilliValue(parseQuantity(of))) * 100)}%`];
    };
    lines.push(line([key, cores(cpu), ...share(cpu, "cpu"), mebibytes(memory), ...share(memory, "memory")]));
  }
  const silent = [...available.keys()].filter((name) => !rows.some(({ key }) => key === name));
  for (const name of silent) lines.push(line([name, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN]));
  session.out(alignTabs(lines.join(""), TABLE));
  return 0;
}

const UNKNOWN = "<unknown>";

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
      use: `top ${NODE_USE}`,
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
      use: `top ${POD_USE}`,
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
