import type { FieldError } from "../apiserver/status";
import { invalid } from "../kinds/validation/field-error";

const LEVELS = ["privileged", "baseline", "restricted"] as const;
export type Level = (typeof LEVELS)[number];

export interface LevelVersion {
  level: Level;
  /** `latest` or `v1.<minor>`. */
  version: string;
}

export interface PodSecurityPolicy {
  enforce: LevelVersion;
  warn: LevelVersion;
  errors: FieldError[];
}

export const policyText = ({ level, version }: LevelVersion): string => `${level}:${version}`;

/** Above 0 if `a` is the stricter one. */
export const compareLevels = (a: Level, b: Level): number => LEVELS.indexOf(a) - LEVELS.indexOf(b);

const PREFIX = "pod-security.kubernetes.io/";

/**
 * What the labels of a namespace ask for. A label that cannot be read counts as the strictest for `enforce`, and as
 * nothing for the other modes. Whoever enforces a level without a word about warnings warns of it as well.
 */
export function policyOf(labels: Readonly<Record<string, string>> = {}): PodSecurityPolicy {
  const errors: FieldError[] = [];
  const level = (mode: string, otherwise: Level): Level => {
    const text = labels[`${PREFIX}${mode}`] ?? "privileged";
    if ((LEVELS as readonly string[]).includes(text)) return text as Level;
    errors.push(invalid(`metadata.labels[${PREFIX}${mode}]`, text, `must be one of ${LEVELS.join(", ")}`));
    return otherwise;
  };
  const version = (mode: string): string => {
    const text = labels[`${PREFIX}${mode}-version`] ?? "latest";
    if (/^(latest|v1\.([0-9]|[1-9][0-9]*))$/.test(text)) return text;
    errors.push(invalid(`metadata.labels[${PREFIX}${mode}-version]`, text, 'must be "latest" or "v1.x"'));
    return "latest";
  };
  const [enforce, , warn] = ["enforce", "audit", "warn"].map((mode) => ({
    level: level(mode, mode === "enforce" ? "restricted" : "privileged"),
    version: version(mode),
  })) as [LevelVersion, LevelVersion, LevelVersion];
  const isReadable = labels[`${PREFIX}enforce`] === enforce.level;
  if (labels[`${PREFIX}warn`] === undefined && isReadable && compareLevels(enforce.level, warn.level) > 0) {
    warn.level = enforce.level;
    if (labels[`${PREFIX}warn-version`] === undefined) warn.version = enforce.version;
  }
  return { enforce, warn, errors };
}
