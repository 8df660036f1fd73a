import { CliError } from "../../errors";

/** What is debugged: a running pod, a copy of one, or a node. */
export type Style = "ephemeral" | "copy" | "node";

/** What a copy keeps of its pod. */
export interface Keep {
  labels: boolean;
  annotations: boolean;
  livenessProbe: boolean;
  readinessProbe: boolean;
  startupProbe: boolean;
  initContainers: boolean;
}

type Profile = (pod: any, container: any, style: Style, keep: Keep) => void;

/** `--profile`: rights and surroundings of the debugging container. */
const PROFILES: Record<string, Profile> = {
  legacy(pod, container, style) {
    if (style === "node") {
      mountHost(pod, container);
      enterHost(pod);
    } else if (style === "copy") delete pod.metadata.labels;
  },
  general(pod, container, style, keep) {
    if (style === "node") {
      mountHost(pod, container);
      delete container.securityContext;
      enterHost(pod);
      return;
    }
    if (style === "copy") strip(pod, keep);
    addCapabilities(container, "SYS_PTRACE");
    if (style === "copy") share(pod);
  },
  baseline(pod, container, style, keep) {
    delete container.securityContext;
    if (style !== "copy") return;
    strip(pod, keep);
    share(pod);
  },
  restricted(pod, container, style, keep) {
    container.securityContext = {
      capabilities: { drop: ["ALL"] },
      runAsNonRoot: true,
      allowPrivilegeEscalation: false,
      seccompProfile: { type: "RuntimeDefault" },
    };
    if (style !== "copy") return;
    strip(pod, keep);
    share(pod);
  },
  netadmin(pod, container, style, keep) {
    addCapabilities(container, "NET_ADMIN", "NET_RAW");
    if (style === "node") enterHost(pod);
    if (style !== "copy") return;
    strip(pod, keep);
    share(pod);
  },
  sysadmin(pod, container, style, keep) {
    container.securityContext = { ...container.securityContext, privileged: true };
    if (style === "node") {
      enterHost(pod);
      mountHost(pod, container);
    }
    if (style !== "copy") return;
    strip(pod, keep);
    share(pod);
  },
};

export function profileOf(name: string): Profile {
  const profile = Object.hasOwn(PROFILES, name) ? PROFILES[name] : undefined;
  if (!profile) throw new CliError(`unknown profile: ${name}`);
  return profile;
}

function mountHost(pod: any, container: any): void {
  pod.spec.volumes = [...(pod.spec.volumes ?? []), { name: "host-root", hostPath: { path: "/" } }];
  container.volumeMounts = [...(container.volumeMounts ?? []), { mountPath: "/host", name: "host-root" }];
}

function enterHost(pod: any): void {
  Object.assign(pod.spec, { hostNetwork: true, hostPID: true, hostIPC: true });
}

function share(pod: any): void {
  pod.spec.shareProcessNamespace ??= true;
}

function strip(pod: any, keep: Keep): void {
  if (!keep.labels) delete pod.metadata.labels;
  if (!keep.annotations) delete pod.metadata.annotations;
  for (const container of pod.spec.containers)
    for (const probe of ["livenessProbe", "readinessProbe", "startupProbe"] as const)
      if (!keep[probe]) delete container[probe];
  if (!keep.initContainers) delete pod.spec.initContainers;
}

function addCapabilities(container: any, ...names: string[]): void {
  const context = container.securityContext ?? {};
  const { capabilities = {} } = context;
  container.securityContext = {
    ...context,
    capabilities: { ...capabilities, add: [...(capabilities.add ?? []), ...names] },
  };
}
