import type { KubeObject } from "../../types";

/** Conversion between autoscaling/v1 and v2: what v1 has no field for travels in annotations, as upstream does it. */

const METRICS = "autoscaling.alpha.kubernetes.io/metrics";
const CURRENT_METRICS = "autoscaling.alpha.kubernetes.io/current-metrics";
const CONDITIONS = "autoscaling.alpha.kubernetes.io/conditions";
const BEHAVIOR = "autoscaling.alpha.kubernetes.io/behavior";

const isCpuUtilization = (metric: any): boolean =>
  metric.type === "Resource" &&
  metric.resource?.name === "cpu" &&
  metric.resource.target?.averageUtilization !== undefined;

const without = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;

export function fromStored({ metadata, spec, status, ...rest }: KubeObject): KubeObject {
  const metrics: any[] = spec.metrics ?? [];
  const cpu = metrics.find(isCpuUtilization)?.resource.target.averageUtilization;
  const current: any[] = status?.currentMetrics ?? [];
  const currentCpu = current.find(
    ({ resource }) => resource?.name === "cpu" && resource.current.averageUtilization !== undefined,
  );
  const others = metrics.filter((metric) => !isCpuUtilization(metric)).map(metricToV1);
  const annotations: Record<string, any> = without({
    ...metadata.annotations,
    [METRICS]: others.length > 0 ? JSON.stringify(others) : undefined,
    [CURRENT_METRICS]: current.length > 0 ? JSON.stringify(current.map(statusToV1)) : undefined,
    [CONDITIONS]: status?.conditions?.length > 0 ? JSON.stringify(status.conditions.map(conditionToV1)) : undefined,
    [BEHAVIOR]: spec.behavior ? JSON.stringify(behaviorToV1(spec.behavior)) : undefined,
  });
  const { scaleTargetRef, minReplicas, maxReplicas } = spec;
  const { observedGeneration, lastScaleTime, currentReplicas = 0, desiredReplicas = 0 } = status ?? {};
  return {
    ...rest,
    metadata: Object.keys(annotations).length > 0 ? { ...metadata, annotations } : metadata,
    spec: without({ scaleTargetRef, minReplicas, maxReplicas, targetCPUUtilizationPercentage: cpu }),
    status: without({
      observedGeneration,
      lastScaleTime,
      currentReplicas,
      desiredReplicas,
      currentCPUUtilizationPercentage: currentCpu?.resource.current.averageUtilization,
    }),
  };
}

export function toStored({ metadata, spec, status, ...rest }: KubeObject): KubeObject {
  const annotations: Record<string, string> = { ...(metadata.annotations as Record<string, string> | undefined) };
  const [others, current, conditions, behavior] = [METRICS, CURRENT_METRICS, CONDITIONS, BEHAVIOR].map((name) => {
    const value = parsed(annotations[name]);
    delete annotations[name];
    return value;
  });
  const { targetCPUUtilizationPercentage: cpu, scaleTargetRef, minReplicas, maxReplicas } = spec ?? {};
  const metrics = [
    ...(Array.isArray(others) ? others.map(metricFromV1) : []),
    ...(cpu === undefined
      ? []
      : [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: cpu } } }]),
  ];
  const { currentCPUUtilizationPercentage: _cpu, ...counts } = status ?? {};
  const kept = { ...metadata };
  if (Object.keys(annotations).length > 0) kept.annotations = annotations;
  else delete kept.annotations;
  return {
    ...rest,
    metadata: kept,
    spec: without({
      scaleTargetRef,
      minReplicas,
      maxReplicas,
      metrics: metrics.length > 0 ? metrics : undefined,
      behavior: behavior ? fromGoNames(behavior) : undefined,
    }),
    ...(status && {
      status: without({
        ...counts,
        currentMetrics: Array.isArray(current) ? current.map(statusFromV1) : null,
        conditions: Array.isArray(conditions) ? conditions : undefined,
      }),
    }),
  };
}

function parsed(text: string | undefined): any {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The internal type is written out here, with Go's names of its fields and every pointer that is nil. */
const behaviorToV1 = ({ scaleUp, scaleDown }: any) => ({
  ScaleUp: rulesToV1(scaleUp),
  ScaleDown: rulesToV1(scaleDown),
});

const rulesToV1 = (rules: any) =>
  rules
    ? {
        StabilizationWindowSeconds: rules.stabilizationWindowSeconds ?? null,
        SelectPolicy: rules.selectPolicy ?? null,
        Policies:
          rules.policies?.map(({ type, value, periodSeconds }: any) => ({
            Type: type,
            Value: value,
            PeriodSeconds: periodSeconds,
          })) ?? null,
        Tolerance: rules.tolerance ?? null,
      }
    : null;

/** Go reads names in either case. */
function fromGoNames(value: any): any {
  if (Array.isArray(value)) return value.map(fromGoNames);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(
    members.map(([name, member]) => [name[0]!.toLowerCase() + name.slice(1), fromGoNames(member)]),
  );
}

const conditionToV1 = ({ type, status, lastTransitionTime, reason, message }: any) =>
  without({ type, status, lastTransitionTime, reason, message });

function metricToV1(metric: any): any {
  const { type, object, pods, resource, containerResource, external } = metric;
  return without({
    type,
    object:
      object &&
      without({
        target: object.describedObject,
        metricName: object.metric.name,
        targetValue: object.target.value ?? "0",
        selector: object.metric.selector,
        averageValue: object.target.averageValue,
      }),
    pods:
      pods &&
      without({
        metricName: pods.metric.name,
        targetAverageValue: pods.target.averageValue,
        selector: pods.metric.selector,
      }),
    resource: resource && without({ name: resource.name, ...targetToV1(resource.target) }),
    containerResource:
      containerResource &&
      without({
        name: containerResource.name,
        ...targetToV1(containerResource.target),
        container: containerResource.container,
      }),
    external:
      external &&
      without({
        metricName: external.metric.name,
        metricSelector: external.metric.selector,
        targetValue: external.target.value,
        targetAverageValue: external.target.averageValue,
      }),
  });
}

const targetToV1 = ({ averageUtilization, averageValue }: any) =>
  without({ targetAverageUtilization: averageUtilization, targetAverageValue: averageValue });

const targetFromV1 = ({ targetAverageUtilization, targetAverageValue }: any) =>
  without({
    type: targetAverageUtilization === undefined ? "AverageValue" : "Utilization",
    averageUtilization: targetAverageUtilization,
    averageValue: targetAverageValue,
  });

function metricFromV1({ type, object, pods, resource, containerResource, external }: any): any {
  return without({
    type,
    object: object && {
      describedObject: object.target,
      metric: without({ name: object.metricName, selector: object.selector }),
      target:
        object.averageValue === undefined
          ? { type: "Value", value: object.targetValue }
          : { type: "AverageValue", averageValue: object.averageValue },
    },
    pods: pods && {
      metric: without({ name: pods.metricName, selector: pods.selector }),
      target: { type: "AverageValue", averageValue: pods.targetAverageValue },
    },
    resource: resource && { name: resource.name, target: targetFromV1(resource) },
    containerResource: containerResource && {
      name: containerResource.name,
      container: containerResource.container,
      target: targetFromV1(containerResource),
    },
    external: external && {
      metric: without({ name: external.metricName, selector: external.metricSelector }),
      target: without({
        type: external.targetValue === undefined ? "AverageValue" : "Value",
        value: external.targetValue,
        averageValue: external.targetAverageValue,
      }),
    },
  });
}

function statusToV1({ type, object, pods, resource, containerResource, external }: any): any {
  const usage = ({ averageUtilization, averageValue }: any) =>
    without({ currentAverageUtilization: averageUtilization, currentAverageValue: averageValue });
  return without({
    type,
    object:
      object &&
      without({
        target: object.describedObject,
        metricName: object.metric.name,
        currentValue: object.current.value ?? "0",
        selector: object.metric.selector,
        averageValue: object.current.averageValue,
      }),
    pods:
      pods &&
      without({
        metricName: pods.metric.name,
        currentAverageValue: pods.current.averageValue,
        selector: pods.metric.selector,
      }),
    resource: resource && without({ name: resource.name, ...usage(resource.current) }),
    containerResource:
      containerResource &&
      without({
        name: containerResource.name,
        ...usage(containerResource.current),
        container: containerResource.container,
      }),
    external:
      external &&
      without({
        metricName: external.metric.name,
        metricSelector: external.metric.selector,
        currentValue: external.current.value ?? "0",
        currentAverageValue: external.current.averageValue,
      }),
  });
}

function statusFromV1({ type, object, pods, resource, containerResource, external }: any): any {
  const current = ({ currentAverageUtilization, currentAverageValue }: any) =>
    without({ averageUtilization: currentAverageUtilization, averageValue: currentAverageValue });
  return without({
    type,
    object: object && {
      describedObject: object.target,
      metric: without({ name: object.metricName, selector: object.selector }),
      current: without({ value: object.currentValue, averageValue: object.averageValue }),
    },
    pods: pods && {
      metric: without({ name: pods.metricName, selector: pods.selector }),
      current: { averageValue: pods.currentAverageValue },
    },
    resource: resource && { name: resource.name, current: current(resource) },
    containerResource: containerResource && {
      name: containerResource.name,
      container: containerResource.container,
      current: current(containerResource),
    },
    external: external && {
      metric: without({ name: external.metricName, selector: external.metricSelector }),
      current: without({ value: external.currentValue, averageValue: external.currentAverageValue }),
    },
  });
}
