import { podTotal, type Quantities, quantitiesOf } from "../../kinds/pod/total-resources";
import { formatQuantity, parseQuantity, type Quantity, quantityMilliValue } from "../../kinds/quantity";
import type { LimitRange } from "../../kinds/types";
import { forbidden } from "../status";
import { groupResource } from "../verbs";
import { type AdmissionPlugin, type AdmissionRequest, isPod } from "./admission";

const ANNOTATION = "kubernetes.io/limit-ranger";

/** Fills in what containers leave out, and refuses what is out of bounds (plugin/pkg/admission/limitranger). */
export const limitRanger: AdmissionPlugin = {
  name: "LimitRanger",
  mutate(request) {
    if (request.verb !== "create" || !isPod(request) || !request.draft.spec) return;
    for (const range of rangesOf(request)) fillIn(request.draft, range);
  },
  validate(request) {
    const claim = request.kind.kind === "PersistentVolumeClaim" && request.kind.group === "" && !request.subresource;
    const asked = isPod(request) ? request.verb === "create" : claim && request.verb !== "delete";
    if (!asked) return;
    for (const range of rangesOf(request)) {
      const errors = isPod(request) ? podComplaints(request.draft.spec, range) : claimComplaints(request.draft, range);
      if (errors.length > 0)
        throw forbidden(
          groupResource(request.kind),
          request.draft.metadata.name,
          errors.length === 1 ? errors[0]! : `[${errors.join(", ")}]`,
        );
    }
  },
};

const rangesOf = ({ sim, draft }: AdmissionRequest) =>
  sim.store.list("limitranges", draft.metadata.namespace) as readonly LimitRange[];

const itemsOf = (range: LimitRange): any[] => [...((range.spec?.limits ?? []) as any[])];

function fillIn(pod: any, range: LimitRange): void {
  const defaults = itemsOf(range).filter(({ type }) => type === "Container");
  const limits = Object.assign({}, ...defaults.map((item) => item.default));
  const requests = Object.assign({}, ...defaults.map((item) => item.defaultRequest));
  const set: string[] = [];
  const containers: [string, any][] = [
    ...(pod.spec.containers ?? []).map((one: any) => ["container", one]),
    ...(pod.spec.initContainers ?? []).map((one: any) => ["init container", one]),
  ];
  for (const [kind, container] of containers) {
    for (const [side, values] of [
      ["requests", requests],
      ["limits", limits],
    ] as const) {
      const given = container.resources?.[side] ?? {};
      const missing = Object.keys(values)
        .filter((name) => given[name] === undefined)
        .sort();
      if (missing.length === 0) continue;
      const filled = Object.fromEntries(missing.map((name) => [name, values[name]]));
      container.resources = { ...container.resources, [side]: { ...given, ...filled } };
      set.push(`${missing.join(", ")} ${side.slice(0, -1)} for ${kind} ${container.name}`);
    }
  }
  if (set.length === 0) return;
  pod.metadata.annotations = {
    ...pod.metadata.annotations,
    [ANNOTATION]: `LimitRanger plugin set: ${set.join("; ")}`,
  };
}

function podComplaints(spec: any, range: LimitRange): string[] {
  const errors: string[] = [];
  for (const item of itemsOf(range)) {
    if (item.type === "Container") {
      for (const { resources } of [...(spec.containers ?? []), ...(spec.initContainers ?? [])])
        errors.push(...complaints(item, quantitiesOf(resources?.requests), quantitiesOf(resources?.limits)));
    }
    if (item.type === "Pod") errors.push(...complaints(item, podTotal(spec, "requests"), podTotal(spec, "limits")));
  }
  return [...new Set(errors)];
}

function claimComplaints(claim: any, range: LimitRange): string[] {
  const requests = quantitiesOf(claim.spec?.resources?.requests);
  return itemsOf(range).flatMap((item) => {
    if (item.type !== "PersistentVolumeClaim") return [];
    return [
      ...each(item.min, (name, bound) => tooLittle(item.type, name, bound, requests.get(name), undefined)),
      ...each(item.max, (name, bound) => {
        const asked = requests.get(name);
        const what = `maximum ${name} usage per ${item.type} is ${formatQuantity(bound)}`;
        if (!asked) return `${what}.  No request is specified`;
        return asked.nanos > bound.nanos ? `${what}, but request is ${formatQuantity(asked)}` : undefined;
      }),
    ];
  });
}

function complaints(item: any, requests: Quantities, limits: Quantities): string[] {
  return [
    ...each(item.min, (name, bound) => tooLittle(item.type, name, bound, requests.get(name), limits.get(name))),
    ...each(item.max, (name, bound) => tooMuch(item.type, name, bound, requests.get(name), limits.get(name))),
    ...each(item.maxLimitRequestRatio, (name, bound) =>
      tooFarApart(item.type, name, bound, requests.get(name), limits.get(name)),
    ),
  ];
}

function each(
  bounds: Record<string, string> | undefined,
  check: (name: string, bound: Quantity) => string | undefined,
): string[] {
  return Object.keys(bounds ?? {})
    .sort()
    .flatMap((name) => check(name, parseQuantity(bounds![name]!)) ?? []);
}

type Check = (
  type: string,
  name: string,
  bound: Quantity,
  request: Quantity | undefined,
  limit: Quantity | undefined,
) => string | undefined;

const tooLittle: Check = (type, name, bound, request, limit) => {
  const what = `minimum ${name} usage per ${type} is ${formatQuantity(bound)}`;
  if (!request) return `${what}.  No request is specified`;
  if (request.nanos < bound.nanos) return `${what}, but request is ${formatQuantity(request)}`;
  return limit && limit.nanos < bound.nanos ? `${what}, but limit is ${formatQuantity(limit)}` : undefined;
};

const tooMuch: Check = (type, name, bound, request, limit) => {
  const what = `maximum ${name} usage per ${type} is ${formatQuantity(bound)}`;
  if (!limit) return `${what}.  No limit is specified`;
  if (limit.nanos > bound.nanos) return `${what}, but limit is ${formatQuantity(limit)}`;
  return request && request.nanos > bound.nanos ? `${what}, but request is ${formatQuantity(request)}` : undefined;
};

const tooFarApart: Check = (type, name, bound, request, limit) => {
  const what = `${name} max limit to request ratio per ${type} is ${formatQuantity(bound)}`;
  if (!request || request.nanos === 0n) return `${what}, but no request is specified or request is 0`;
  if (!limit || limit.nanos === 0n) return `${what}, but no limit is specified or limit is 0`;
  const ratio = Number(limit.nanos) / Number(request.nanos);
  return ratio * 1000 > quantityMilliValue(bound) ? `${what}, but provided ratio is ${ratio.toFixed(6)}` : undefined;
};
