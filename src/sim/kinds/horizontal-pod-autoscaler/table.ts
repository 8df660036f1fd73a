import type { Cell, Column } from "../../apiserver/kind";
import { AGE_COLUMN, age, NAME_COLUMN, NONE, shown, UNSET } from "../printing";
import { canonicalQuantity } from "../quantity";
import type { HorizontalPodAutoscaler } from "../types";

export const horizontalPodAutoscalerColumns: Column[] = [
  NAME_COLUMN,
  shown("Reference"),
  shown("Targets"),
  shown("MinPods"),
  shown("MaxPods"),
  shown("Replicas"),
  AGE_COLUMN,
];

export function horizontalPodAutoscalerRow({ metadata, spec, status }: HorizontalPodAutoscaler, nowMs: number): Cell[] {
  return [
    metadata.name,
    `${spec.scaleTargetRef.kind}/${spec.scaleTargetRef.name}`,
    formatMetrics(spec.metrics ?? [], (status?.currentMetrics as any[] | null | undefined) ?? []),
    spec.minReplicas === undefined ? UNSET : String(spec.minReplicas),
    spec.maxReplicas,
    status?.currentReplicas ?? 0,
    age(metadata.creationTimestamp, nowMs),
  ];
}

const SHOWN_METRICS = 2;
const UNKNOWN = "<unknown>";

function formatMetrics(specs: readonly any[], statuses: readonly any[]): string {
  if (specs.length === 0) return NONE;
  const list = specs.map((spec, index) => formatMetric(spec, statuses[index] ?? {}));
  const text = list.slice(0, SHOWN_METRICS).join(", ");
  return list.length > SHOWN_METRICS ? `${text} + ${list.length - SHOWN_METRICS} more...` : text;
}

const quantity = (value: string | number | undefined): string =>
  value === undefined ? UNKNOWN : canonicalQuantity(value);

function formatMetric(spec: any, status: any): string {
  switch (spec.type) {
    case "External":
    case "Object": {
      const field = spec.type === "External" ? "external" : "object";
      const { target } = spec[field];
      const current = status[field]?.current;
      if (target.averageValue !== undefined)
        return `${quantity(current?.averageValue)}/${quantity(target.averageValue)} (avg)`;
      return `${quantity(current && (current.value ?? "0"))}/${quantity(target.value)}`;
    }
    case "Pods":
      return `${quantity(status.pods?.current.averageValue)}/${quantity(spec.pods.target.averageValue)}`;
    case "Resource":
    case "ContainerResource":
      return formatResource(
        spec[spec.type === "Resource" ? "resource" : "containerResource"],
        status[spec.type === "Resource" ? "resource" : "containerResource"],
      );
    default:
      return "<unknown type>";
  }
}

function formatResource({ name, target }: any, status: any): string {
  if (target.averageValue !== undefined)
    return `${name}: ${quantity(status?.current.averageValue)}/${quantity(target.averageValue)}`;
  const used = status?.current.averageUtilization;
  const wanted = target.averageUtilization;
  return `${name}: ${used === undefined ? UNKNOWN : `${used}%`}/${wanted === undefined ? "<auto>" : `${wanted}%`}`;
}
