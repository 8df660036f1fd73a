import type { FieldError } from "../../../apiserver/status";
import { forbidden } from "../../validation/field-error";

type Annotations = Readonly<Record<string, string>>;

export const SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
export const SECCOMP_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";
export const APPARMOR = "container.apparmor.security.beta.kubernetes.io/";

/** What annotations called the types of profiles, before there were fields for them. */
const SECCOMP: Record<string, readonly string[]> = {
  Unconfined: ["unconfined"],
  RuntimeDefault: ["runtime/default", "docker/default"],
};
const APPARMOR_TYPES: Record<string, readonly string[]> = {
  Unconfined: ["unconfined"],
  RuntimeDefault: ["runtime/default"],
};
const LOCALHOST = "localhost/";

/** A profile that a new pod or a template names both ways must be the same in both. */
export function validateAnnotatedProfiles(annotations: Annotations, spec: any, path: string): FieldError[] {
  const errors = mismatches(
    annotations[SECCOMP_POD],
    spec.securityContext?.seccompProfile,
    `${path}.securityContext.seccompProfile`,
    "seccomp",
  );
  for (const what of ["seccomp", "apparmor"] as const) {
    const [field, prefix] =
      what === "seccomp" ? (["seccompProfile", SECCOMP_CONTAINER] as const) : (["appArmorProfile", APPARMOR] as const);
    for (const list of ["initContainers", "containers", "ephemeralContainers"]) {
      for (const [index, { name, securityContext }] of (spec[list] ?? []).entries()) {
        // AppArmor profiles of the pod hold for the containers that name none.
        const own = securityContext?.[field] ?? (what === "apparmor" ? spec.securityContext?.[field] : undefined);
        const at = `${path}.${list}[${index}].securityContext.${field}`;
        errors.push(...mismatches(annotations[prefix + name], own, at, what));
      }
    }
  }
  return errors;
}

function mismatches(annotation: string | undefined, profile: any, path: string, what: string): FieldError[] {
  if (annotation === undefined || !profile) return [];
  const differs = (field: string, word: string) => [
    forbidden(`${path}.${field}`, `${what} ${word} in annotation and field must match`),
  ];
  if (profile.type !== "Localhost") {
    const names = (what === "seccomp" ? SECCOMP : APPARMOR_TYPES)[profile.type];
    return names && !names.includes(annotation) ? differs("type", "type") : [];
  }
  if (!annotation.startsWith(LOCALHOST)) return differs("type", "type");
  return annotation.slice(LOCALHOST.length) === profile.localhostProfile ? [] : differs("localhostProfile", "profile");
}
