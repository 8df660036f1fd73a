import { expect, it } from "vitest";
import { detailOf, violations } from "./evaluate";

const SAFE = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
};
const two = (a: any, b: any = {}) => ({
  containers: [
    { name: "a", ...a },
    { name: "b", ...b },
  ],
});
const context = (securityContext: any) => two({ securityContext }, { securityContext });
const annotated = (key: string, value: string) => ({ metadata: { annotations: { [key]: value } }, spec: two({}) });

/** What each check says of a pod's spec, on its level as of the newest version. */
const CASES: [level: "baseline" | "restricted", spec: any, text: string][] = [
  [
    "baseline",
    context({ capabilities: { add: ["SYS_TIME", "CHOWN", "NET_RAW"] } }),
    'non-default capabilities (containers "a", "b" must not include "NET_RAW", "SYS_TIME" in securityContext.capabilities.add)',
  ],
  [
    "baseline",
    { ...two({}), hostNetwork: true, hostPID: true, hostIPC: true },
    "host namespaces (hostNetwork=true, hostPID=true, hostIPC=true)",
  ],
  ["baseline", { ...two({}), volumes: [{ name: "v", hostPath: { path: "/" } }] }, 'hostPath volumes (volume "v")'],
  [
    "baseline",
    two({ ports: [{ hostPort: 80 }, { hostPort: 443 }] }),
    'hostPort (container "a" uses hostPorts 443, 80)',
  ],
  [
    "baseline",
    two({ ports: [{ hostPort: 1 }] }, { ports: [{ hostPort: 1 }] }),
    'hostPort (containers "a", "b" use hostPort 1)',
  ],
  [
    "baseline",
    two({ securityContext: { privileged: true } }),
    'privileged (container "a" must not set securityContext.privileged=true)',
  ],
  [
    "baseline",
    context({ procMount: "Unmasked" }),
    'procMount (containers "a", "b" must not set securityContext.procMount to "Unmasked")',
  ],
  [
    "baseline",
    { ...two({}), securityContext: { seLinuxOptions: { type: "x", user: "u", role: "r" } } },
    'seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type "x"; user may not be set; role may not be set)',
  ],
  [
    "baseline",
    {
      ...two({ securityContext: { seccompProfile: { type: "Unconfined" } } }),
      securityContext: { seccompProfile: { type: "Unconfined" } },
    },
    'seccompProfile (pod and container "a" must not set securityContext.seccompProfile.type to "Unconfined")',
  ],
  [
    "baseline",
    context({ appArmorProfile: { type: "Unconfined" } }),
    'forbidden AppArmor profile (containers "a", "b" must not set AppArmor profile type to "Unconfined")',
  ],
  [
    "baseline",
    { ...two({}), securityContext: { sysctls: [{ name: "kernel.msgmax" }, { name: "net.ipv4.tcp_rmem" }] } },
    "forbidden sysctls (kernel.msgmax)",
  ],
  [
    "baseline",
    { ...two({}), securityContext: { windowsOptions: { hostProcess: true } } },
    "hostProcess (pod must not set securityContext.windowsOptions.hostProcess=true)",
  ],
  [
    "restricted",
    two({}, { securityContext: SAFE }),
    'allowPrivilegeEscalation != false (container "a" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "a" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "a" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "a" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
  ],
  [
    "restricted",
    context({ ...SAFE, capabilities: { add: ["CHOWN"] } }),
    'unrestricted capabilities (containers "a", "b" must set securityContext.capabilities.drop=["ALL"]; containers "a", "b" must not include "CHOWN" in securityContext.capabilities.add)',
  ],
  [
    "restricted",
    { ...context({ ...SAFE, runAsNonRoot: false }), securityContext: { runAsNonRoot: true } },
    'runAsNonRoot != true (containers "a", "b" must not set securityContext.runAsNonRoot=false)',
  ],
  ["restricted", { ...context(SAFE), securityContext: { runAsUser: 0 } }, "runAsUser=0 (pod must not set runAsUser=0)"],
  [
    "restricted",
    {
      ...context(SAFE),
      volumes: [
        { name: "v", hostPath: {} },
        { name: "w", nfs: {} },
        { name: "x", emptyDir: {} },
      ],
    },
    'restricted volume types (volumes "v", "w" use restricted volume types "hostPath", "nfs")',
  ],
];

it.each(CASES)("%s: %j", (level, spec, text) => {
  expect(detailOf(violations({ level, version: "latest" }, { spec }))).toBe(text);
});

it("lets a pod in that does what the level asks for, and any pod on the lowest", () => {
  expect(violations({ level: "restricted", version: "latest" }, { spec: context(SAFE) })).toEqual([]);
  expect(violations({ level: "privileged", version: "latest" }, { spec: { ...two({}), hostPID: true } })).toEqual([]);
});

it("reads as of the version that is named", () => {
  const of = (level: "baseline" | "restricted", version: string, pod: any) =>
    detailOf(violations({ level, version }, pod));
  const seccomp = annotated("seccomp.security.alpha.kubernetes.io/pod", "unconfined");
  expect(of("baseline", "v1.18", seccomp)).toBe(
    'seccompProfile (forbidden annotation seccomp.security.alpha.kubernetes.io/pod="unconfined")',
  );
  expect(of("baseline", "v1.19", seccomp)).toBe("");
  expect(of("restricted", "v1.7", { spec: { ...two({}), securityContext: { runAsNonRoot: true } } })).toBe("");
  const armor = annotated("container.apparmor.security.beta.kubernetes.io/a", "unconfined");
  expect(of("baseline", "latest", armor)).toBe(
    'forbidden AppArmor profile (annotation must not set AppArmor profile type to "container.apparmor.security.beta.kubernetes.io/a="unconfined"")',
  );
  const windows = { spec: { ...context({ runAsNonRoot: true }), os: { name: "windows" } } };
  expect(of("restricted", "v1.25", windows)).toBe("");
  expect(of("restricted", "v1.24", windows)).toContain("allowPrivilegeEscalation != false");
});
