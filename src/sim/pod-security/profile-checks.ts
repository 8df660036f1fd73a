import { quote } from "../kinds/validation/field-error";
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
  unlessWindows,
} from "./check";

/** Profiles of the kernel's security modules: AppArmor, seccomp, SELinux. */

const PROFILES = new Set(["RuntimeDefault", "Localhost"]);

/** Pod and containers that set a profile of a type that is not allowed. */
function badProfiles(pod: PodLike, field: "appArmorProfile" | "seccompProfile") {
  const typeOf = ({ securityContext }: any): string | undefined =>
    securityContext?.[field] && (securityContext[field].type ?? "");
  const isBad = (one: any) => typeOf(one) !== undefined && !PROFILES.has(typeOf(one)!);
  const all = [pod.spec, ...containersOf(pod)].filter(isBad).map((one) => typeOf(one)!);
  return { who: setters(isBad(pod.spec), namesOf(pod, isBad)), types: sorted(all) };
}

const APP_ARMOR_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";

export const appArmorProfile: Check = {
  id: "appArmorProfile",
  level: "baseline",
  versions: [
    {
      since: 0,
      check(pod) {
        const { who, types } = badProfiles(pod, "appArmorProfile");
        const annotations = Object.entries(pod.metadata?.annotations ?? {})
          .filter(
            ([key, value]) =>
              key.startsWith(APP_ARMOR_ANNOTATION) && !/^(|runtime\/default|localhost\/.*)$/.test(value),
          )
          .map(([key, value]) => `${key}=${quote(value)}`)
          .sort();
        const said = annotations.length > 0 ? [plural("annotation", annotations.length)] : [];
        const all = [...(who ? [who] : []), ...said];
        if (all.length === 0) return undefined;
        const values = [...types, ...annotations];
        return {
          reason: plural("forbidden AppArmor profile", values.length),
          detail: `${all.join(" and ")} must not set AppArmor profile type to ${quoted(values)}`,
        };
      },
    },
  ],
};

const SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
const SECCOMP_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";

/** Before 1.19 seccomp was a matter of annotations. */
function seccompAnnotations(pod: PodLike) {
  const keys = [SECCOMP_POD, ...containersOf(pod).map(({ name }) => `${SECCOMP_CONTAINER}${name}`)];
  const annotations = pod.metadata?.annotations ?? {};
  const bad = keys.filter(
    (key) =>
      annotations[key] !== undefined && !/^(runtime\/default|docker\/default|localhost\/.*)$/.test(annotations[key]),
  );
  if (bad.length === 0) return undefined;
  const texts = sorted(bad.map((key) => `${key}=${quote(annotations[key]!)}`));
  return { reason: "seccompProfile", detail: `forbidden ${plural("annotation", texts.length)} ${texts.join(", ")}` };
}

function seccompFields(pod: PodLike) {
  const { who, types } = badProfiles(pod, "seccompProfile");
  if (!who) return undefined;
  return {
    reason: "seccompProfile",
    detail: `${who} must not set securityContext.seccompProfile.type to ${quoted(types)}`,
  };
}

function seccompRequired(pod: PodLike) {
  const wrong = seccompFields(pod);
  if (wrong || pod.spec.securityContext?.seccompProfile) return wrong;
  const silent = namesOf(pod, ({ securityContext }) => !securityContext?.seccompProfile);
  if (silent.length === 0) return undefined;
  return {
    reason: "seccompProfile",
    detail: `pod or ${containerNames(silent)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
  };
}

export const seccompBaseline: Check = {
  id: "seccompProfile_baseline",
  level: "baseline",
  versions: [
    { since: 0, check: seccompAnnotations },
    { since: 19, check: seccompFields },
  ],
};

export const seccompRestricted: Check = {
  id: "seccompProfile_restricted",
  level: "restricted",
  versions: [
    { since: 19, replaces: seccompBaseline.id, check: seccompRequired },
    { since: 25, replaces: seccompBaseline.id, check: unlessWindows(seccompRequired) },
  ],
};

const SELINUX_TYPES = ["", "container_t", "container_init_t", "container_kvm_t"];

const seLinux = (types: readonly string[]) => (pod: PodLike) => {
  const options = ({ securityContext }: any) => securityContext?.seLinuxOptions;
  const isBad = (one: any) => {
    const set = options(one);
    return set !== undefined && (!types.includes(set.type ?? "") || Boolean(set.user) || Boolean(set.role));
  };
  const who = setters(isBad(pod.spec), namesOf(pod, isBad));
  if (!who) return undefined;
  const all = [pod.spec, ...containersOf(pod)].map(options).filter((set) => set !== undefined);
  const badTypes = sorted(all.map(({ type }) => type ?? "").filter((type) => !types.includes(type)));
  const complaints = [
    ...(badTypes.length > 0 ? [`${plural("type", badTypes.length)} ${quoted(badTypes)}`] : []),
    ...(all.some(({ user }) => user) ? ["user may not be set"] : []),
    ...(all.some(({ role }) => role) ? ["role may not be set"] : []),
  ];
  return {
    reason: "seLinuxOptions",
    detail: `${who} set forbidden securityContext.seLinuxOptions: ${complaints.join("; ")}`,
  };
};

export const seLinuxOptions: Check = {
  id: "seLinuxOptions",
  level: "baseline",
  versions: [
    { since: 0, check: seLinux(SELINUX_TYPES) },
    { since: 31, check: seLinux([...SELINUX_TYPES, "container_engine_t"]) },
  ],
};
