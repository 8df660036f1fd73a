import { canonicalQuantity, parseQuantity } from "@/sim/kinds/quantity";
import { probeText } from "./probe";
import { boolText, orNone, timeText, type Writer } from "./writer";

export interface ContainerFacts {
  statuses?: any[];
  /** Resolves `fieldRef` of the environment where a pod is at hand. */
  pod?: any;
}

/** A section of containers. In a pod template (`nested`) it stands one level deeper, with the names a space in. */
export function containersLines(
  w: Writer,
  title: string,
  containers: any[],
  nested: boolean,
  facts: ContainerFacts = {},
): void {
  const space = nested ? "  " : "";
  if (containers.length === 0) {
    w.line(`${space}${title}: <none>`);
    return;
  }
  w.line(`${space}${title}:`);
  for (const container of containers) {
    const status = facts.statuses?.find(({ name }) => name === container.name);
    w.write(1, `${nested ? " " : ""}${container.name}:\n`);
    basics(w, container, status);
    words(w, "Command", container.command);
    words(w, "Args", container.args);
    if (status) statusLines(w, status);
    resourcesLines(w, container.resources);
    if (container.livenessProbe) w.write(2, `Liveness:\t${probeText(container.livenessProbe)}\n`);
    if (container.readinessProbe) w.write(2, `Readiness:\t${probeText(container.readinessProbe)}\n`);
    if (container.startupProbe) w.write(2, `Startup:\t${probeText(container.startupProbe)}\n`);
    environment(w, container, facts.pod);
    mounts(w, container);
  }
}

function basics(w: Writer, container: any, status: any): void {
  if (status) w.write(2, `Container ID:\t${status.containerID ?? ""}\n`);
  w.write(2, `Image:\t${container.image ?? ""}\n`);
  if (status) w.write(2, `Image ID:\t${status.imageID ?? ""}\n`);
  const ports: any[] = container.ports ?? [];
  const texts = ports.map((port) => `${port.containerPort}/${port.protocol ?? "TCP"}`).join(", ");
  const hostTexts = ports.map((port) => `${port.hostPort ?? 0}/${port.protocol ?? "TCP"}`).join(", ");
  w.write(2, `${ports.length > 1 ? "Ports" : "Port"}:\t${orNone(texts)}\n`);
  w.write(2, `${ports.length > 1 ? "Host Ports" : "Host Port"}:\t${orNone(hostTexts)}\n`);
}

function words(w: Writer, title: string, list: string[] | undefined): void {
  if (!list?.length) return;
  w.write(2, `${title}:\n`);
  for (const word of list) for (const line of word.split("\n")) w.write(3, `${line}\n`);
}

function statusLines(w: Writer, status: any): void {
  stateLines(w, "State", status.state ?? {});
  if (status.lastState?.terminated) stateLines(w, "Last State", status.lastState);
  w.write(2, `Ready:\t${boolText(status.ready)}\n`);
  w.write(2, `Restart Count:\t${status.restartCount ?? 0}\n`);
}

function stateLines(w: Writer, title: string, state: any): void {
  if (state.running) {
    w.write(2, `${title}:\tRunning\n`);
    w.write(3, `Started:\t${timeText(state.running.startedAt)}\n`);
  } else if (state.terminated) {
    const { reason, message, exitCode, signal, startedAt, finishedAt } = state.terminated;
    w.write(2, `${title}:\tTerminated\n`);
    if (reason) w.write(3, `Reason:\t${reason}\n`);
    if (message) w.write(3, `Message:\t${message}\n`);
    w.write(3, `Exit Code:\t${exitCode ?? 0}\n`);
    if (signal) w.write(3, `Signal:\t${signal}\n`);
    w.write(3, `Started:\t${timeText(startedAt)}\n`);
    w.write(3, `Finished:\t${timeText(finishedAt)}\n`);
  } else {
    w.write(2, `${title}:\tWaiting\n`);
    if (state.waiting?.reason) w.write(3, `Reason:\t${state.waiting.reason}\n`);
  }
}

export function resourcesLines(w: Writer, resources: any): void {
  for (const [title, list] of [
    ["Limits", resources?.limits],
    ["Requests", resources?.requests],
  ] as const) {
    const names = Object.keys(list ?? {}).sort();
    if (names.length === 0) continue;
    w.write(2, `${title}:\n`);
    for (const name of names) w.write(3, `${name}:\t${canonicalQuantity(list[name])}\n`);
  }
}

function environment(w: Writer, container: any, pod: any): void {
  const sources: any[] = container.envFrom ?? [];
  if (sources.length > 0) {
    w.write(2, "Environment Variables from:\n");
    for (const source of sources) {
      const reference = source.configMapRef ?? source.secretRef ?? {};
      const kind = source.configMapRef ? "ConfigMap" : "Secret";
      const prefix = source.prefix ? ` with prefix '${source.prefix}'` : "";
      w.write(3, `${reference.name}\t${kind}${prefix}\tOptional: ${reference.optional ?? false}\n`);
    }
  }
  const variables: any[] = container.env ?? [];
  w.write(2, `Environment:${variables.length === 0 ? "\t<none>" : ""}\n`);
  for (const variable of variables) variableLine(w, variable, container, pod);
}

function variableLine(w: Writer, { name, value = "", valueFrom }: any, container: any, pod: any): void {
  if (valueFrom?.fieldRef) {
    const { apiVersion = "v1", fieldPath } = valueFrom.fieldRef;
    w.write(3, `${name}:\t${pod ? metadataField(pod, fieldPath) : ""} (${apiVersion}:${fieldPath})\n`);
  } else if (valueFrom?.resourceFieldRef) {
    const { resource } = valueFrom.resourceFieldRef;
    w.write(3, `${name}:\t${resourceValue(container, valueFrom.resourceFieldRef)} (${resource})\n`);
  } else if (valueFrom?.secretKeyRef) {
    const { key, name: secret, optional = false } = valueFrom.secretKeyRef;
    w.write(3, `${name}:\t<set to the key '${key}' in secret '${secret}'>\tOptional: ${optional}\n`);
  } else if (valueFrom?.configMapKeyRef) {
    const { key, name: map, optional = false } = valueFrom.configMapKeyRef;
    w.write(3, `${name}:\t<set to the key '${key}' of config map '${map}'>\tOptional: ${optional}\n`);
  } else {
    String(value)
      .split("\n")
      .forEach((line, index) => {
        w.write(3, `${index === 0 ? `${name}:` : ""}\t${line}\n`);
      });
  }
}

/** Only fields of the metadata are filled in; others are left blank, as the real one does. */
function metadataField(pod: any, path: string): string {
  const keyed = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (keyed) return pod.metadata[keyed[1]!]?.[keyed[2]!] ?? "";
  if (path === "metadata.name" || path === "metadata.namespace" || path === "metadata.uid")
    return pod.metadata[path.slice(9)] ?? "";
  return "";
}

function resourceValue(container: any, { resource, divisor = "1" }: any): string {
  const [section, name] = String(resource).split(".") as [string, string];
  const quantity = container.resources?.[section]?.[name];
  if (!quantity) return "0";
  const { nanos } = parseQuantity(quantity);
  const by = parseQuantity(divisor === "0" ? "1" : divisor).nanos;
  return String((nanos + by - 1n) / by);
}

function mounts(w: Writer, container: any): void {
  const list: any[] = [...(container.volumeMounts ?? [])].sort((a, b) => (a.mountPath < b.mountPath ? -1 : 1));
  w.write(2, `Mounts:${list.length === 0 ? "\t<none>" : ""}\n`);
  for (const { mountPath, name, readOnly, subPath } of list) {
    w.write(
      3,
      `${mountPath} from ${name} (${readOnly ? "ro" : "rw"}${subPath ? `,path=${JSON.stringify(subPath)}` : ""})\n`,
    );
  }
  const devices: any[] = container.volumeDevices ?? [];
  if (devices.length === 0) return;
  w.write(2, "Devices:\n");
  for (const { devicePath, name } of [...devices].sort((a, b) => (a.devicePath < b.devicePath ? -1 : 1)))
    w.write(3, `${devicePath} from ${name}\n`);
}
