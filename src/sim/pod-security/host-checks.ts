import {
  type Check,
  containerNames,
  containersOf,
  namesOf,
  type PodLike,
  plural,
  quoted,
  setters,
  sorted,
} from "./check";

/** What a pod may not take from its host. */

export const hostNamespaces: Check = {
  id: "hostNamespaces",
  level: "baseline",
  versions: [
    {
      since: 0,
      check({ spec }) {
        const shared = ["hostNetwork", "hostPID", "hostIPC"].filter((field) => spec[field]);
        if (shared.length === 0) return undefined;
        return { reason: "host namespaces", detail: shared.map((field) => `${field}=true`).join(", ") };
      },
    },
  ],
};

export const hostPathVolumes: Check = {
  id: "hostPathVolumes",
  level: "baseline",
  versions: [
    {
      since: 0,
      check({ spec }) {
        const names = (spec.volumes ?? []).filter((volume: any) => volume.hostPath).map(({ name }: any) => name);
        if (names.length === 0) return undefined;
        return { reason: "hostPath volumes", detail: `${plural("volume", names.length)} ${quoted(names)}` };
      },
    },
  ],
};

const hostPortsOf = (container: any): string[] =>
  (container.ports ?? []).filter(({ hostPort }: any) => hostPort).map(({ hostPort }: any) => String(hostPort));

export const hostPorts: Check = {
  id: "hostPorts",
  level: "baseline",
  versions: [
    {
      since: 0,
      check(pod) {
        const ports = sorted(containersOf(pod).flatMap(hostPortsOf));
        if (ports.length === 0) return undefined;
        const names = namesOf(pod, (container) => hostPortsOf(container).length > 0);
        const use = names.length === 1 ? "uses" : "use";
        return {
          reason: "hostPort",
          detail: `${containerNames(names)} ${use} ${plural("hostPort", ports.length)} ${ports.join(", ")}`,
        };
      },
    },
  ],
};

export const privileged: Check = {
  id: "privileged",
  level: "baseline",
  versions: [
    {
      since: 0,
      check(pod) {
        const names = namesOf(pod, ({ securityContext }) => securityContext?.privileged);
        if (names.length === 0) return undefined;
        return {
          reason: "privileged",
          detail: `${containerNames(names)} must not set securityContext.privileged=true`,
        };
      },
    },
  ],
};

export const windowsHostProcess: Check = {
  id: "windowsHostProcess",
  level: "baseline",
  versions: [
    {
      since: 0,
      check(pod) {
        const isSet = ({ securityContext }: any) => securityContext?.windowsOptions?.hostProcess === true;
        const who = setters(isSet(pod.spec), namesOf(pod, isSet));
        if (!who) return undefined;
        return { reason: "hostProcess", detail: `${who} must not set securityContext.windowsOptions.hostProcess=true` };
      },
    },
  ],
};

export const procMount: Check = {
  id: "procMount",
  level: "baseline",
  versions: [
    {
      since: 0,
      check(pod) {
        const isBad = ({ securityContext }: any) => (securityContext?.procMount ?? "Default") !== "Default";
        const names = namesOf(pod, isBad);
        if (names.length === 0) return undefined;
        const types = containersOf(pod)
          .filter(isBad)
          .map(({ securityContext }) => securityContext.procMount);
        return {
          reason: "procMount",
          detail: `${containerNames(names)} must not set securityContext.procMount to ${quoted(sorted(types))}`,
        };
      },
    },
  ],
};

const SYSCTLS_OF_OLD = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.ping_group_range",
  "net.ipv4.ip_unprivileged_port_start",
];
const SYSCTLS_SINCE: readonly [since: number, names: readonly string[]][] = [
  [0, SYSCTLS_OF_OLD],
  [27, ["net.ipv4.ip_local_reserved_ports"]],
  [
    29,
    [
      "net.ipv4.tcp_keepalive_time",
      "net.ipv4.tcp_fin_timeout",
      "net.ipv4.tcp_keepalive_intvl",
      "net.ipv4.tcp_keepalive_probes",
    ],
  ],
  [32, ["net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"]],
];

export const sysctls: Check = {
  id: "sysctls",
  level: "baseline",
  versions: SYSCTLS_SINCE.map(([since]) => {
    const allowed = new Set(SYSCTLS_SINCE.filter(([other]) => other <= since).flatMap(([, names]) => names));
    return {
      since,
      check({ spec }: PodLike) {
        const names: string[] = (spec.securityContext?.sysctls ?? []).map(({ name }: any) => name);
        const bad = names.filter((name) => !allowed.has(name));
        return bad.length > 0 ? { reason: "forbidden sysctls", detail: bad.join(", ") } : undefined;
      },
    };
  }),
};

/** All but these are bound to something outside of the pod's namespace. */
const UNRESTRICTED_VOLUMES = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

export const restrictedVolumes: Check = {
  id: "restrictedVolumes",
  level: "restricted",
  versions: [
    {
      since: 0,
      replaces: hostPathVolumes.id,
      check({ spec }) {
        const bad = (spec.volumes ?? []).filter((volume: any) => !UNRESTRICTED_VOLUMES.some((type) => volume[type]));
        if (bad.length === 0) return undefined;
        const typeOf = (volume: any) => Object.keys(volume).find((key) => key !== "name") ?? "unknown";
        const types = sorted(bad.map(typeOf));
        const names = bad.map(({ name }: any) => name);
        return {
          reason: "restricted volume types",
          detail: `${plural("volume", names.length)} ${quoted(names)} ${names.length === 1 ? "uses" : "use"} ${plural("restricted volume type", types.length)} ${quoted(types)}`,
        };
      },
    },
  ],
};
