import { deepEqual } from "../../../kernel/freeze";
import type { PodSpec } from "../../types";
import { quote } from "../../validation/field-error";

/** Fields of the server's own PodSpec and Container in their order there, by their names in manifests. */
const POD_FIELDS =
  "volumes initContainers containers ephemeralContainers restartPolicy terminationGracePeriodSeconds activeDeadlineSeconds dnsPolicy nodeSelector serviceAccountName automountServiceAccountToken nodeName securityContext imagePullSecrets hostname subdomain setHostnameAsFQDN affinity schedulerName tolerations hostAliases priorityClassName priority preemptionPolicy dnsConfig readinessGates runtimeClassName overhead enableServiceLinks topologySpreadConstraints os schedulingGates resourceClaims resources".split(
    " ",
  );
const CONTAINER_FIELDS =
  "name image command args workingDir ports envFrom env resources resizePolicy restartPolicy volumeMounts volumeDevices livenessProbe readinessProbe startupProbe lifecycle terminationMessagePath terminationMessagePolicy imagePullPolicy securityContext stdin stdinOnce tty".split(
    " ",
  );
const TEXTS = new Set(
  "restartPolicy dnsPolicy serviceAccountName nodeName hostname subdomain schedulerName priorityClassName name image workingDir terminationMessagePath terminationMessagePolicy imagePullPolicy".split(
    " ",
  ),
);
/** Numbers and booleans that the server keeps behind a pointer. */
const POINTERS = new Set(
  "terminationGracePeriodSeconds activeDeadlineSeconds automountServiceAccountToken setHostnameAsFQDN priority enableServiceLinks runtimeClassName preemptionPolicy".split(
    " ",
  ),
);
const FLAGS = new Set(["stdin", "stdinOnce", "tty"]);
const CAPITALS: Record<string, string> = { dns: "DNS", os: "OS", tty: "TTY", tcp: "TCP", http: "HTTP", host: "Host" };

/** Fields of context that go-cmp shows on either side of a change. */
const CONTEXT = 2;

function goName(field: string): string {
  const head = /^[a-z]+/.exec(field)?.[0] ?? "";
  const rest = field.slice(head.length);
  const capital = CAPITALS[head];
  return (capital ?? head.charAt(0).toUpperCase() + head.slice(1)) + rest;
}

/** A value on one line, as go-cmp abbreviates those that did not change. */
function brief(field: string, value: unknown): string {
  if (value === undefined || value === null) {
    if (FLAGS.has(field)) return "false";
    if (field === "resources") return "{}";
    return TEXTS.has(field) ? '""' : "nil";
  }
  if (POINTERS.has(field)) return `&${inner(value)}`;
  if (field === "securityContext" || field.endsWith("Probe") || field === "affinity") return `&${inner(value)}`;
  return inner(value);
}

function inner(value: unknown): string {
  if (typeof value === "string") return quote(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `{${value.map(inner).join(", ")}}`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined && member !== null);
  return `{${members.map(([name, member]) => `${goName(name)}: ${inner(member)}`).join(", ")}}`;
}

type Line = { mark: " " | "-" | "+"; text: string };

function diffStruct(fields: readonly string[], now: any, old: any, indent: string): Line[] {
  const changed = fields.map((field) => !deepEqual(now[field] ?? null, old[field] ?? null));
  const near = (index: number) => changed.some((is, other) => is && Math.abs(other - index) <= CONTEXT);
  const lines: Line[] = [];
  let skipped = 0;
  const flush = () => {
    if (skipped > 0)
      lines.push({ mark: " ", text: `${indent}... // ${skipped} identical field${skipped === 1 ? "" : "s"}` });
    skipped = 0;
  };
  const shown = fields.filter((_, index) => near(index));
  const width = Math.max(...shown.map((field) => goName(field).length)) + 1;
  const label = (field: string) => `${indent}${`${goName(field)}:`.padEnd(width)} `;
  for (const [index, field] of fields.entries()) {
    if (!near(index)) {
      skipped++;
      continue;
    }
    flush();
    if (!changed[index]) {
      lines.push({ mark: " ", text: `${label(field)}${brief(field, now[field])},` });
    } else if (field === "containers" || field === "initContainers") {
      lines.push({ mark: " ", text: `${indent}${goName(field)}: []core.Container{` });
      for (const [position, container] of now[field].entries()) {
        const before = old[field][position];
        if (deepEqual(container, before)) {
          lines.push({ mark: " ", text: `${indent}\t${inner(container)},` });
          continue;
        }
        lines.push({ mark: " ", text: `${indent}\t{` });
        lines.push(...diffStruct(CONTAINER_FIELDS, container, before, `${indent}\t\t`));
        lines.push({ mark: " ", text: `${indent}\t},` });
      }
      lines.push({ mark: " ", text: `${indent}},` });
    } else {
      lines.push({ mark: "-", text: `${label(field)}${brief(field, old[field])},` });
      lines.push({ mark: "+", text: `${label(field)}${brief(field, now[field])},` });
    }
  }
  flush();
  return lines;
}

/**
 * What a refused update of a pod would have changed, in the manner of go-cmp: what the pod has is taken away, what was
 * asked for comes. The host's namespaces are part of SecurityContext on the server; here they are told by themselves.
 */
export function podSpecDiff(old: PodSpec, now: PodSpec): string {
  const others = ["hostNetwork", "hostPID", "hostIPC", "hostUsers", "shareProcessNamespace"];
  const fields = [...POD_FIELDS, ...others.filter((field) => field in old || field in now)];
  const lines = diffStruct(fields, now, old, "\t");
  return `${["  core.PodSpec{", ...lines.map(({ mark, text }) => `${mark} ${text}`), "  }"].join("\n")}\n`;
}
