import { base64Decode } from "@/posix/files/bytes";
import type { Sim } from "../component";
import type { Container, Pod } from "../kinds/types";
import { expand } from "./expansion";
import { podField, resourceField } from "./field-refs";
import { serviceEnvironment } from "./service-environment";

/** A container that cannot be configured: CreateContainerConfigError with this text. */
export class ConfigError extends Error {}

/** envFrom first, then env, in order; later ones win. Services' variables only fill what is free. */
export function containerEnv(sim: Sim, pod: Pod, container: Container, podIp: string): Record<string, string> {
  const services = serviceEnvironment(sim, pod);
  const env: Record<string, string> = {};
  for (const source of container.envFrom ?? []) {
    const kind = source.configMapRef ? "configmap" : "secret";
    const reference = source.configMapRef ?? source.secretRef;
    if (!reference) continue;
    const data = readData(sim, pod, kind, reference.name ?? "", reference.optional === true);
    // Any printable name will do since 1.32: keys of ConfigMaps and Secrets always are.
    for (const key of Object.keys(data ?? {}).sort()) env[`${source.prefix ?? ""}${key}`] = data![key]!;
  }
  for (const entry of container.env ?? []) {
    const value = entryValue(sim, pod, container, entry, podIp, (name) => env[name] ?? services[name]);
    if (value !== undefined) env[entry.name] = value;
  }
  return { ...services, ...env };
}

type EnvEntry = NonNullable<Container["env"]>[number];

function entryValue(
  sim: Sim,
  pod: Pod,
  container: Container,
  entry: EnvEntry,
  podIp: string,
  lookUp: (name: string) => string | undefined,
): string | undefined {
  const from = entry.valueFrom;
  if (!from) return expand(entry.value ?? "", lookUp);
  if (from.fieldRef) return podField(sim, pod, from.fieldRef.fieldPath, podIp) ?? "";
  if (from.resourceFieldRef) {
    const { containerName, resource, divisor } = from.resourceFieldRef;
    const all = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])];
    const about = (containerName && all.find((candidate) => candidate.name === containerName)) || container;
    return resourceField(sim, pod, about as Container, resource, divisor);
  }
  const kind = from.configMapKeyRef ? "configmap" : "secret";
  const reference = from.configMapKeyRef ?? from.secretKeyRef;
  if (!reference) return undefined;
  const optional = reference.optional === true;
  const data = readData(sim, pod, kind, reference.name ?? "", optional);
  const value = data?.[reference.key];
  if (value === undefined && !optional) {
    throw new ConfigError(
      `couldn't find key ${reference.key} in ${kind === "configmap" ? "ConfigMap" : "Secret"} ${pod.metadata.namespace}/${reference.name}`,
    );
  }
  return value;
}

function readData(
  sim: Sim,
  pod: Pod,
  kind: "configmap" | "secret",
  name: string,
  optional: boolean,
): Record<string, string> | undefined {
  const object = sim.store.get(kind === "configmap" ? "configmaps" : "secrets", pod.metadata.namespace, name);
  if (!object) {
    if (optional) return undefined;
    throw new ConfigError(`${kind} "${name}" not found`);
  }
  if (kind === "configmap") return object.data ?? {};
  return Object.fromEntries(
    Object.entries((object.data ?? {}) as Record<string, string>).map(([key, value]) => [
      key,
      base64Decode(value) ?? "",
    ]),
  );
}
