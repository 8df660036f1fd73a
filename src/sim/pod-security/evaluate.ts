import type { Check, PodLike, Violation } from "./check";
import * as host from "./host-checks";
import type { LevelVersion } from "./policy";
import * as processes from "./process-checks";
import * as profiles from "./profile-checks";

/** All checks in the order in which they are told: those of the lower level first, then by id. */
const CHECKS: readonly Check[] = [host, processes, profiles]
  .flatMap((group) => Object.values(group))
  .sort((a, b) => (a.level === b.level ? (a.id < b.id ? -1 : 1) : a.level === "baseline" ? -1 : 1));

/** What a pod does that its level, as of a version, does not allow. */
export function violations({ level, version }: LevelVersion, pod: PodLike): Violation[] {
  if (level === "privileged") return [];
  const minor = version === "latest" ? Number.POSITIVE_INFINITY : Number(version.slice("v1.".length));
  const active = CHECKS.filter((check) => level === "restricted" || check.level === "baseline").flatMap((check) => {
    const current = check.versions.findLast(({ since }) => since <= minor);
    return current ? [{ id: check.id, ...current }] : [];
  });
  const replaced = new Set(active.map(({ replaces }) => replaces));
  return active.filter(({ id }) => !replaced.has(id)).flatMap(({ check }) => check(pod) ?? []);
}

export const detailOf = (found: readonly Violation[]): string =>
  found.map(({ reason, detail }) => `${reason} (${detail})`).join(", ");
