import type { Sim } from "../../component";
import { formatQuantity, milliQuantity, parseQuantity, quantityMilliValue } from "../../kinds/quantity";
import type { KubeObject } from "../../types";
import { goSelector, MetricError, noCustomMetric, noExternalMetric, resourceMetrics } from "./metrics";
import { byAverage, byUtilization, type Proposal } from "./replicas";

/** What one metric of an autoscaler comes to. */
export interface MetricResult {
  replicas: number;
  /** As events name it. */
  metric: string;
  status: Record<string, unknown>;
}

/** A metric that gives no number: condition and event have `why`, the error of the whole look has `text`. */
export class InvalidMetric extends Error {
  constructor(
    readonly reason: string,
    readonly why: string,
    readonly text: string,
  ) {
    super(text);
  }
}

export interface Target {
  namespace: string;
  selector: string;
  pods: readonly KubeObject[];
  current: number;
}

/** Throws `InvalidMetric`. */
export function proposalOf(sim: Sim, spec: any, target: Target): MetricResult {
  const { namespace } = target;
  switch (spec.type) {
    case "Resource":
      return ofResource(sim, spec.resource, target);
    case "ContainerResource":
      return ofResource(sim, spec.containerResource, target, spec.containerResource.container);
    case "Pods":
      return invalid("FailedGetPodsMetric", noCustomMetric(spec.pods.metric.name), "failed to get pods metric value: ");
    case "Object": {
      const { describedObject, metric } = spec.object;
      const about = `${describedObject.kind} ${namespace}/${describedObject.name}`;
      const why = new MetricError(
        `unable to get metric ${metric.name}: ${about} ${noCustomMetric("").message.replace(/^unable to get metric : /, "")}`,
      );
      return invalid("FailedGetObjectMetric", why, "failed to get object metric value: ");
    }
    case "External": {
      const { name, selector } = spec.external.metric;
      const why = noExternalMetric(namespace, name, goSelector(selector));
      return invalid("FailedGetExternalMetric", why, `failed to get ${name} external metric value: `);
    }
    default: {
      const why = new MetricError(`unknown metric source type "${spec.type}"`);
      return invalid("InvalidMetricSourceType", why, "");
    }
  }
}

function invalid(reason: string, why: MetricError, frame: string): never {
  throw new InvalidMetric(reason, why.message, `${frame}${why.message}`);
}

function ofResource(sim: Sim, spec: any, target: Target, container?: string): MetricResult {
  const { name } = spec;
  const { averageUtilization, averageValue } = spec.target;
  const what = averageValue === undefined ? "utilization" : "usage";
  try {
    const question = {
      ...target,
      metrics: metricsOf(sim, target, name, container),
      resource: name,
      nowMs: sim.kernel.nowMs,
    };
    const proposal =
      averageValue === undefined
        ? byUtilization(question, averageUtilization, container)
        : byAverage(question, quantityMilliValue(parseQuantity(averageValue)));
    const metric =
      averageValue === undefined ? `${name} resource utilization (percentage of request)` : `${name} resource`;
    return { replicas: proposal.replicas, metric, status: statusOf(name, proposal, container) };
  } catch (error) {
    if (!(error instanceof MetricError)) throw error;
    const why = new MetricError(`failed to get ${name} ${what}: ${error.message}`);
    return container === undefined
      ? invalid("FailedGetResourceMetric", why, `failed to get ${name} resource metric value: `)
      : invalid("FailedGetContainerResourceMetric", why, `failed to get ${name} container metric value: `);
  }
}

function metricsOf(sim: Sim, { namespace, selector }: Target, name: string, container: string | undefined) {
  try {
    return resourceMetrics(sim, namespace, selector, name, container);
  } catch (error) {
    if (!(error instanceof MetricError)) throw error;
    throw new MetricError(`unable to get metrics for resource ${name}: ${error.message}`);
  }
}

function statusOf(name: string, { utilization, average }: Proposal, container: string | undefined) {
  const current = {
    ...(utilization !== undefined && { averageUtilization: utilization }),
    averageValue: formatQuantity(milliQuantity(average)),
  };
  return container === undefined
    ? { type: "Resource", resource: { name, current } }
    : { type: "ContainerResource", containerResource: { name, container, current } };
}
