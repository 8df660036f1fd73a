import { addQuantities, compareQuantities, parseQuantity, type Quantity, quantityError } from "../quantity";

export type Quantities = Map<string, Quantity>;
type Side = "requests" | "limits";

/** What a list of resources says; what cannot be read is left out, since validation will say so. */
export function quantitiesOf(list: Record<string, string | number> | undefined): Quantities {
  const all: Quantities = new Map();
  for (const [name, value] of Object.entries(list ?? {}))
    if (quantityError(value) === undefined) all.set(name, parseQuantity(value));
  return all;
}

export function addTo(total: Quantities, more: Quantities): void {
  for (const [name, value] of more) {
    const known = total.get(name);
    total.set(name, known ? addQuantities(known, value) : value);
  }
}

function raiseTo(total: Quantities, other: Quantities): void {
  for (const [name, value] of other) {
    const known = total.get(name);
    if (!known || compareQuantities(value, known) > 0) total.set(name, value);
  }
}

/** Requests or limits of a whole pod: of all containers together, or of the init container that needs more, and the overhead. */
export function podTotal(spec: any, side: Side): Quantities {
  const of = (container: any) => quantitiesOf(container.resources?.[side]);
  const total: Quantities = new Map();
  for (const container of spec.containers ?? []) addTo(total, of(container));
  const sidecars: Quantities = new Map();
  const peak: Quantities = new Map();
  for (const container of spec.initContainers ?? []) {
    const together = new Map(sidecars);
    addTo(together, of(container));
    if (container.restartPolicy === "Always") {
      addTo(total, of(container));
      addTo(sidecars, of(container));
    }
    raiseTo(peak, together);
  }
  raiseTo(total, peak);
  if (spec.overhead && (side === "requests" || total.size > 0)) addTo(total, quantitiesOf(spec.overhead));
  return total;
}
