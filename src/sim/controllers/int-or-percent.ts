/** apimachinery's IntOrString where it stands for a number or a share. */
export type IntOrPercent = number | string;

/** `25%` of `total`, rounded up or down; a plain number is itself. Throws on other texts, which validation has refused. */
export function scaledValue(value: IntOrPercent | null, total: number, roundUp: boolean): number {
  if (value === null) throw new Error("nil value for IntOrString");
  if (typeof value === "number") return value;
  if (!value.endsWith("%")) throw new Error("invalid value for IntOrString: invalid type: string is not a percentage");
  const match = /^([+-]?\d+)%$/.exec(value);
  if (!match) {
    const parsing = JSON.stringify(value.slice(0, -1));
    const why = `strconv.Atoi: parsing ${parsing}: invalid syntax`;
    throw new Error(`invalid value for IntOrString: invalid value ${JSON.stringify(value)}: ${why}`);
  }
  const share = (Number(match[1]) * total) / 100;
  return roundUp ? Math.ceil(share) : Math.floor(share);
}

/**
 * maxSurge and maxUnavailable as numbers of pods: surge rounds up, unavailability down. Where both come to nothing one
 * pod may be unavailable, since a rollout could not move otherwise.
 */
export function resolveFenceposts(
  maxSurge: IntOrPercent | undefined,
  maxUnavailable: IntOrPercent | undefined,
  desired: number,
): { surge: number; unavailable: number } {
  const surge = scaledValue(maxSurge ?? 0, desired, true);
  const unavailable = scaledValue(maxUnavailable ?? 0, desired, false);
  return surge === 0 && unavailable === 0 ? { surge, unavailable: 1 } : { surge, unavailable };
}
