import { parseRfc3339, rfc3339 } from "@/sim/kernel/time";
import { formatLabelSelector } from "@/sim/kinds/printing";
import type { Describer } from "./types";
import { annotationsLines, labelsLines, type Writer } from "./writer";

const INDENT = "    ";

/** Both directions in the words that kubectl has for them. */
const DIRECTIONS = {
  ingress: {
    isolated: "<none> (Selected pods are isolated for ingress connectivity)",
    anyone: "From: <any> (traffic not restricted by source)",
    peers: "from",
    heading: "From:",
  },
  egress: {
    isolated: "<none> (Selected pods are isolated for egress connectivity)",
    anyone: "To: <any> (traffic not restricted by destination)",
    peers: "to",
    heading: "To:",
  },
} as const;

export const describeNetworkPolicy: Describer = async (w, policy) => {
  const { metadata, spec } = policy;
  w.line(`Name:\t${metadata.name}`);
  w.line(`Namespace:\t${metadata.namespace}`);
  w.line(`Created on:\t${goTime(metadata.creationTimestamp)}`);
  labelsLines(w, "Labels", metadata.labels);
  annotationsLines(w, "Annotations", metadata.annotations);
  w.line("Spec:");
  const selector = spec.podSelector ?? {};
  const whole = !Object.keys(selector.matchLabels ?? {}).length && !selector.matchExpressions?.length;
  const chosen = whole
    ? "<none> (Allowing the specific traffic to all pods in this namespace)"
    : formatLabelSelector(selector);
  w.line(`  PodSelector:     ${chosen}`);
  const types: string[] = spec.policyTypes ?? [];
  for (const direction of ["ingress", "egress"] as const) {
    if (types.some((type) => type.toLowerCase() === direction)) {
      w.line(`  Allowing ${direction} traffic:`);
      rulesLines(w, spec[direction] ?? [], direction);
    } else w.line(`  Not affecting ${direction} traffic`);
  }
  w.line(`  Policy Types: ${types.join(", ")}`);
};

/** How Go prints a time by itself. */
function goTime(timestamp: string): string {
  const ms = parseRfc3339(timestamp);
  return ms === undefined ? "<unknown>" : `${rfc3339(ms).replace("T", " ").replace("Z", "")} +0000 UTC`;
}

function rulesLines(w: Writer, rules: readonly any[], direction: keyof typeof DIRECTIONS): void {
  const words = DIRECTIONS[direction];
  if (rules.length === 0) w.line(`${INDENT}${words.isolated}`);
  for (const [index, rule] of rules.entries()) {
    if (!rule.ports?.length) w.line(`${INDENT}To Port: <any> (traffic allowed to all ports)`);
    for (const { port, endPort, protocol = "TCP" } of rule.ports ?? []) {
      if (endPort === undefined) w.line(`${INDENT}To Port: ${port ?? "<nil>"}/${protocol}`);
      else w.line(`${INDENT}To Port Range: ${port}-${endPort}/${protocol}`);
    }
    const peers: any[] = rule[words.peers] ?? [];
    if (peers.length === 0) w.line(`${INDENT}${words.anyone}`);
    for (const peer of peers) {
      w.line(`${INDENT}${words.heading}`);
      peerLines(w, peer);
    }
    if (index !== rules.length - 1) w.line(`${INDENT}----------`);
  }
}

function peerLines(w: Writer, { namespaceSelector, podSelector, ipBlock }: any): void {
  if (namespaceSelector) w.write(1, `${INDENT}NamespaceSelector: ${formatLabelSelector(namespaceSelector)}\n`);
  if (podSelector) w.write(1, `${INDENT}PodSelector: ${formatLabelSelector(podSelector)}\n`);
  if (!namespaceSelector && !podSelector && ipBlock) {
    w.write(1, `${INDENT}IPBlock:\n`);
    w.write(2, `${INDENT}CIDR: ${ipBlock.cidr}\n`);
    w.write(2, `${INDENT}Except: ${(ipBlock.except ?? []).join(", ")}\n`);
  }
}
