import { canonicalQuantity } from "@/sim/kinds/quantity";
import { eventsLines } from "./events";
import type { Describer } from "./types";
import { head, timeText, type Writer } from "./writer";

const UNKNOWN = "<unknown>";
/** What a quantity that is not set prints as. */
const quantity = (value: string | undefined): string => (value === undefined ? "<nil>" : canonicalQuantity(value));

export const describeHorizontalPodAutoscaler: Describer = async (w, { apiVersion, ...given }, world) => {
  // Describing asks for autoscaling/v2 itself, whatever version the object was found in.
  const { namespace, name } = given.metadata;
  const found =
    apiVersion === "autoscaling/v2"
      ? given
      : await world.get("horizontalpodautoscalers.v2.autoscaling", namespace, name);
  const autoscaler = found ?? given;
  const { metadata, spec, status = {} } = autoscaler;
  const target = spec.scaleTargetRef;
  head(w, autoscaler);
  w.line(`CreationTimestamp:\t${timeText(metadata.creationTimestamp)}`);
  w.line(`Reference:\t${target.kind}/${target.name}`);
  w.line("Metrics:\t( current / target )");
  (spec.metrics ?? []).forEach((metric: any, index: number) => {
    w.line(`  ${metricText(metric, status.currentMetrics?.[index])}`);
  });
  w.line(`Min replicas:\t${spec.minReplicas ?? "<unset>"}`);
  w.line(`Max replicas:\t${spec.maxReplicas}`);
  if (spec.behavior) {
    w.line("Behavior:");
    behaviorLines(w, "Scale Up", spec.behavior.scaleUp);
    behaviorLines(w, "Scale Down", spec.behavior.scaleDown);
  }
  w.line(`${target.kind} pods:\t${status.currentReplicas ?? 0} current / ${status.desiredReplicas ?? 0} desired`);
  if (status.conditions?.length) {
    w.line("Conditions:");
    w.line("  Type\tStatus\tReason\tMessage");
    w.line("  ----\t------\t------\t-------");
    for (const each of status.conditions)
      w.line(`  ${each.type}\t${each.status}\t${each.reason ?? ""}\t${each.message ?? ""}`);
  }
  eventsLines(w, await world.events(autoscaler), world.nowMs);
};

function metricText(metric: any, current: any): string {
  switch (metric.type) {
    case "External":
      return metric.external.target.averageValue !== undefined
        ? `${JSON.stringify(metric.external.metric.name)} (target average value):\t${averageOf(current?.external)} / ${quantity(metric.external.target.averageValue)}`
        : `${JSON.stringify(metric.external.metric.name)} (target value):\t${wholeOf(current?.external)} / ${quantity(metric.external.target.value)}`;
    case "Pods":
      return `${JSON.stringify(metric.pods.metric.name)} on pods:\t${averageOf(current?.pods)} / ${quantity(metric.pods.target.averageValue)}`;
    case "Object": {
      const { metric: named, describedObject, target } = metric.object;
      const what = `"${named.name}" on ${describedObject.kind}/${describedObject.name} `;
      return target.type === "AverageValue"
        ? `${what}(target average value):\t${averageOf(current?.object)} / ${quantity(target.averageValue)}`
        : `${what}(target value):\t${wholeOf(current?.object)} / ${quantity(target.value)}`;
    }
    case "Resource":
      return `resource ${metric.resource.name} on pods${resourceText(metric.resource.target, current?.resource)}`;
    case "ContainerResource":
      return `resource ${metric.containerResource.name} of container "${metric.containerResource.container}" on pods${resourceText(metric.containerResource.target, current?.containerResource)}`;
    default:
      return `<unknown metric type ${JSON.stringify(metric.type)}>`;
  }
}

const averageOf = (status: any): string => (status ? quantity(status.current.averageValue) : UNKNOWN);
const wholeOf = (status: any): string => (status ? quantity(status.current.value) : UNKNOWN);

function resourceText(target: any, status: any): string {
  if (target.averageValue !== undefined) return `:\t${averageOf(status)} / ${quantity(target.averageValue)}`;
  const { averageUtilization, averageValue } = status?.current ?? {};
  const current = averageUtilization === undefined ? UNKNOWN : `${averageUtilization}% (${quantity(averageValue)})`;
  const wanted = target.averageUtilization === undefined ? "<auto>" : `${target.averageUtilization}%`;
  return `  (as a percentage of request):\t${current} / ${wanted}`;
}

function behaviorLines(w: Writer, direction: string, rules: any): void {
  if (!rules) return;
  w.line(`  ${direction}:`);
  if (rules.stabilizationWindowSeconds !== undefined)
    w.line(`    Stabilization Window: ${rules.stabilizationWindowSeconds} seconds`);
  if (!rules.policies?.length) return;
  w.line(`    Select Policy: ${rules.selectPolicy ?? "Max"}`);
  w.line("    Policies:");
  for (const { type, value, periodSeconds } of rules.policies)
    w.line(`      - Type: ${type}\tValue: ${value}\tPeriod: ${periodSeconds} seconds`);
}
