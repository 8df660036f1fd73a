import type { Cell, Column } from "../../apiserver/kind";
import { AGE_COLUMN, age, NAME_COLUMN, shown, UNSET } from "../printing";
import type { EndpointSlice } from "../types";

const MAX_SHOWN = 3;

export const endpointSliceColumns: Column[] = [
  NAME_COLUMN,
  shown("AddressType"),
  shown("Ports"),
  shown("Endpoints"),
  AGE_COLUMN,
];

function firstFew(all: readonly string[], none: string): string {
  if (all.length === 0) return none;
  const text = all.slice(0, MAX_SHOWN).join(",");
  return all.length > MAX_SHOWN ? `${text} + ${all.length - MAX_SHOWN} more...` : text;
}

export function endpointSliceRow({ metadata, addressType, ports, endpoints }: EndpointSlice, nowMs: number): Cell[] {
  const portTexts = (ports ?? []).map((port) =>
    port.port === undefined || port.port === null ? "*" : String(port.port),
  );
  const addresses = (endpoints ?? []).flatMap((endpoint) => endpoint.addresses ?? []);
  return [
    metadata.name,
    addressType ?? "",
    ports === null || ports === undefined || ports.length === 0 ? UNSET : firstFew(portTexts, UNSET),
    firstFew(addresses, UNSET),
    age(metadata.creationTimestamp, nowMs),
  ];
}
