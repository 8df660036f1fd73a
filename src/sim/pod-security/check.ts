/** A rule of the Pod Security Standards (kubernetes.io/docs/concepts/security/pod-security-standards). */
export interface Check {
  id: string;
  level: "baseline" | "restricted";
  /** By the minor version of the policy since which it reads so, oldest first. */
  versions: readonly CheckVersion[];
}

interface CheckVersion {
  since: number;
  check(pod: PodLike): Violation | undefined;
  /** The check of the lower level that it makes needless. */
  replaces?: string;
}

/** A pod, or the template of one. */
export interface PodLike {
  metadata?: { annotations?: Record<string, string> };
  spec?: any;
}

export interface Violation {
  reason: string;
  detail: string;
}

export const containersOf = ({ spec }: PodLike): any[] => [
  ...(spec.initContainers ?? []),
  ...(spec.containers ?? []),
  ...(spec.ephemeralContainers ?? []),
];

export const namesOf = (pod: PodLike, isBad: (container: any) => boolean): string[] =>
  containersOf(pod)
    .filter(isBad)
    .map(({ name }) => name);

export const quoted = (items: readonly string[]): string => items.map((item) => `"${item}"`).join(", ");

export const sorted = (items: Iterable<string>): string[] => [...new Set(items)].sort();

export const plural = (word: string, count: number): string => (count === 1 ? word : `${word}s`);

/** `container "a"`, `containers "a", "b"`. */
export const containerNames = (names: readonly string[]): string =>
  `${plural("container", names.length)} ${quoted(names)}`;

/** Who said something forbidden: `pod and containers "a", "b"`. */
export const setters = (pod: boolean, containers: readonly string[]): string =>
  [...(pod ? ["pod"] : []), ...(containers.length > 0 ? [containerNames(containers)] : [])].join(" and ");

/** Windows has no such thing, so its pods need not say so; known since 1.25. */
export const unlessWindows =
  (check: CheckVersion["check"]): CheckVersion["check"] =>
  (pod) =>
    pod.spec.os?.name === "windows" ? undefined : check(pod);
