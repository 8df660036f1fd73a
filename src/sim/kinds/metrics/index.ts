import { goDuration } from "../../kernel/go-duration";
import type { Use } from "../../metrics-server/scrapes";
import { addQuantities, formatQuantity, parseQuantity, type Quantity, quantityOf } from "../quantity";

export const METRICS_GROUP = "metrics.k8s.io";
/** By which the API server knows that another one serves the group. */
export const METRICS_SERVICE = "v1beta1.metrics.k8s.io";

const PAGE_BYTES = 4096;

/** `{cpu: "1262147n", memory: "11352Ki"}` */
export function usageText({ nanocores, memoryBytes }: Pick<Use, "nanocores" | "memoryBytes">): Record<string, string> {
  const pages = Math.ceil(memoryBytes / PAGE_BYTES);
  return {
    cpu: formatQuantity({ nanos: BigInt(nanocores), format: "DecimalSI" }),
    memory: formatQuantity(quantityOf(pages * PAGE_BYTES, "BinarySI")),
  };
}

/** `1m0s` */
export const windowText = (windowMs: number): string => goDuration(windowMs);

/** The sum of a list of usages as a cell shows it. */
export function sumText(usages: readonly Record<string, string>[], name: string): string {
  const zero = quantityOf(0, name === "memory" ? "BinarySI" : "DecimalSI");
  const total = usages.map((usage) => parseQuantity(usage[name] ?? "0")).reduce<Quantity>(addQuantities, zero);
  return formatQuantity(total);
}
