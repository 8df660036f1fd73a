import { parseQuantity, quantityError } from "../quantity";
import type { Pod, PodSpec } from "../types";
import { isDns1123Label } from "../validation/names";

const MILLI = 1_000_000n;
const UNIT = 1000n * MILLI;

/** What the server says of pods that it takes but finds odd. */
export function podWarnings(pod: Pod, old?: Pod): string[] {
  if (old) return [];
  const warnings: string[] = [];
  const complaints = isDns1123Label(pod.metadata.name);
  if (complaints.length > 0 && !pod.metadata.generateName) {
    const text =
      "this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended";
    warnings.push(`metadata.name: ${text}: [${complaints.join(" ")}]`);
  }
  return [...warnings, ...podSpecWarnings(pod.spec, "spec")];
}

/** Also for the templates of workloads, with their path. */
export function podSpecWarnings(spec: PodSpec, path: string): string[] {
  const warnings: string[] = [];
  for (const field of ["initContainers", "containers"] as const) {
    for (const [index, container] of (spec[field] ?? []).entries()) {
      const at = `${path}.${field}[${index}]`;
      warnings.push(...fractionalBytes(container.resources as any, `${at}.resources`));
      warnings.push(...repeatedEnv(container.env ?? [], `${at}.env`));
      warnings.push(...repeatedPorts(container.ports ?? [], `${at}.ports`));
    }
  }
  if (Number(spec.terminationGracePeriodSeconds) < 0) {
    warnings.push(
      `${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`,
    );
  }
  return warnings;
}

function fractionalBytes(
  resources: { limits?: Record<string, string>; requests?: Record<string, string> } = {},
  path: string,
): string[] {
  const warnings: string[] = [];
  for (const side of ["limits", "requests"] as const) {
    for (const name of ["ephemeral-storage", "memory"]) {
      const value = resources[side]?.[name];
      if (value === undefined || quantityError(value) !== undefined || parseQuantity(value).nanos % UNIT === 0n)
        continue;
      warnings.push(`${path}.${side}[${name}]: fractional byte value "${value}" is invalid, must be an integer`);
    }
  }
  return warnings;
}

function repeatedEnv(env: readonly { name: string; value?: string }[], path: string): string[] {
  const warnings: string[] = [];
  const seen = new Map<string, string | undefined>();
  for (const [index, { name, value }] of env.entries()) {
    // A variable that builds on its own former value says so on purpose.
    if (seen.has(name) && !value?.includes(`$(${name})`)) {
      warnings.push(`${path}[${index}]: hides previous definition of "${name}", which may be dropped when using apply`);
    }
    seen.set(name, value);
  }
  return warnings;
}

function repeatedPorts(
  ports: readonly { containerPort: number; protocol?: string; hostPort?: number; hostIP?: string }[],
  path: string,
): string[] {
  const warnings: string[] = [];
  const seen = new Map<string, number>();
  for (const [index, port] of ports.entries()) {
    const key = `${port.protocol ?? "TCP"}/${port.containerPort}/${port.hostPort ?? 0}/${port.hostIP ?? ""}`;
    const before = seen.get(key);
    if (before === undefined) seen.set(key, index);
    else warnings.push(`${path}[${index}]: duplicate port definition with ${path}[${before}]`);
  }
  return warnings;
}
