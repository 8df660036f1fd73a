import {
  type Check,
  containerNames,
  containersOf,
  namesOf,
  type PodLike,
  quoted,
  setters,
  sorted,
  unlessWindows,
} from "./check";

/** What the processes of a pod may be, and may do. */

function allowPrivilegeEscalation(pod: PodLike) {
  const names = namesOf(pod, ({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false);
  if (names.length === 0) return undefined;
  return {
    reason: "allowPrivilegeEscalation != false",
    detail: `${containerNames(names)} must set securityContext.allowPrivilegeEscalation=false`,
  };
}

export const privilegeEscalation: Check = {
  id: "allowPrivilegeEscalation",
  level: "restricted",
  versions: [
    { since: 8, check: allowPrivilegeEscalation },
    { since: 25, check: unlessWindows(allowPrivilegeEscalation) },
  ],
};

const DEFAULT_CAPABILITIES = new Set([
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
]);

/** Who adds what is not allowed: the text of both levels. */
function addedBeyond(pod: PodLike, allowed: ReadonlySet<string>): string | undefined {
  const beyond = ({ securityContext }: any): string[] =>
    (securityContext?.capabilities?.add ?? []).filter((one: string) => !allowed.has(one));
  const names = namesOf(pod, (container) => beyond(container).length > 0);
  if (names.length === 0) return undefined;
  const added = sorted(containersOf(pod).flatMap(beyond));
  return `${containerNames(names)} must not include ${quoted(added)} in securityContext.capabilities.add`;
}

export const capabilitiesBaseline: Check = {
  id: "capabilities_baseline",
  level: "baseline",
  versions: [
    {
      since: 0,
      check(pod) {
        const detail = addedBeyond(pod, DEFAULT_CAPABILITIES);
        return detail ? { reason: "non-default capabilities", detail } : undefined;
      },
    },
  ],
};

const BIND_SERVICE = new Set(["NET_BIND_SERVICE"]);

function restrictCapabilities(pod: PodLike) {
  const keeping = namesOf(pod, ({ securityContext }) => !securityContext?.capabilities?.drop?.includes("ALL"));
  const details = [
    ...(keeping.length > 0 ? [`${containerNames(keeping)} must set securityContext.capabilities.drop=["ALL"]`] : []),
    ...[addedBeyond(pod, BIND_SERVICE)].filter((text) => text !== undefined),
  ];
  return details.length > 0 ? { reason: "unrestricted capabilities", detail: details.join("; ") } : undefined;
}

export const capabilitiesRestricted: Check = {
  id: "capabilities_restricted",
  level: "restricted",
  versions: [
    { since: 22, replaces: capabilitiesBaseline.id, check: restrictCapabilities },
    { since: 25, replaces: capabilitiesBaseline.id, check: unlessWindows(restrictCapabilities) },
  ],
};

export const runAsNonRoot: Check = {
  id: "runAsNonRoot",
  level: "restricted",
  versions: [
    {
      since: 0,
      check(pod) {
        const reason = "runAsNonRoot != true";
        const said = ({ securityContext }: any): boolean | undefined => securityContext?.runAsNonRoot;
        const who = setters(
          said(pod.spec) === false,
          namesOf(pod, (container) => said(container) === false),
        );
        if (who) return { reason, detail: `${who} must not set securityContext.runAsNonRoot=false` };
        const silent = said(pod.spec) ? [] : namesOf(pod, (container) => said(container) === undefined);
        if (silent.length === 0) return undefined;
        return { reason, detail: `pod or ${containerNames(silent)} must set securityContext.runAsNonRoot=true` };
      },
    },
  ],
};

export const runAsUser: Check = {
  id: "runAsUser",
  level: "restricted",
  versions: [
    {
      since: 23,
      check(pod) {
        const isRoot = ({ securityContext }: any) => securityContext?.runAsUser === 0;
        const who = setters(isRoot(pod.spec), namesOf(pod, isRoot));
        return who ? { reason: "runAsUser=0", detail: `${who} must not set runAsUser=0` } : undefined;
      },
    },
  ],
};
