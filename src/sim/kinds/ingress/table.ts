import type { Cell, Column } from "../../apiserver/kind";
import { AGE_COLUMN, age, NAME_COLUMN, NONE, shown } from "../printing";
import type { Ingress } from "../types";

const MAX_HOSTS = 3;

export const ingressColumns: Column[] = [
  NAME_COLUMN,
  shown("Class"),
  shown("Hosts"),
  shown("Address"),
  shown("Ports"),
  AGE_COLUMN,
];

/** The first three hosts, and by how many the rules exceed three. */
function formatHosts(rules: readonly { host?: string }[]): string {
  const hosts: string[] = [];
  let more = false;
  for (const { host } of rules) {
    if (hosts.length === MAX_HOSTS) more = true;
    else if (host) hosts.push(host);
  }
  if (hosts.length === 0) return "*";
  return more ? `${hosts.join(",")} + ${rules.length - MAX_HOSTS} more...` : hosts.join(",");
}

export function ingressRow({ metadata, spec, status }: Ingress, nowMs: number): Cell[] {
  const points = (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || hostname || "").filter(Boolean);
  return [
    metadata.name,
    spec.ingressClassName ?? NONE,
    formatHosts(spec.rules ?? []),
    [...new Set(points)].sort().join(","),
    (spec.tls ?? []).length > 0 ? "80, 443" : "80",
    age(metadata.creationTimestamp, nowMs),
  ];
}
