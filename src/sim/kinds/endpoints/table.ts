import type { Cell, Column } from "../../apiserver/kind";
import { AGE_COLUMN, age, NAME_COLUMN, NONE, shown } from "../printing";
import type { Endpoints } from "../types";

const MAX_SHOWN = 3;

export const endpointsColumns: Column[] = [NAME_COLUMN, shown("Endpoints"), AGE_COLUMN];

/** `10.244.1.2:80,10.244.2.3:80 + 1 more...`: the first three, and how many there are beyond. */
export function formatEndpoints(endpoints: Endpoints): string {
  const subsets = endpoints.subsets ?? [];
  if (subsets.length === 0) return NONE;
  const all: string[] = [];
  for (const { ports = [], addresses = [] } of subsets) {
    if (ports.length === 0) all.push(...addresses.map(({ ip }) => ip));
    for (const port of ports)
      all.push(...addresses.map(({ ip }) => (ip.includes(":") ? `[${ip}]:${port.port}` : `${ip}:${port.port}`)));
  }
  const text = all.slice(0, MAX_SHOWN).join(",");
  return all.length > MAX_SHOWN ? `${text} + ${all.length - MAX_SHOWN} more...` : text;
}

export const endpointsRow = (endpoints: Endpoints, nowMs: number): Cell[] => [
  endpoints.metadata.name,
  formatEndpoints(endpoints),
  age(endpoints.metadata.creationTimestamp, nowMs),
];
