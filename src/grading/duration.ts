const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `1h30m`, `-45s` -> milliseconds; throws on anything else. */
export function parseDuration(text: string): number {
  const sign = text.startsWith("-") ? -1 : 1;
  const body = text.replace(/^[-+]/, "");
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(body)) throw new Error(`not a duration: ${text}`);
  let total = 0;
  for (const [, amount, , unit] of body.matchAll(/(\d+(\.\d+)?)(ms|s|m|h)/g)) total += Number(amount) * UNITS[unit!]!;
  return sign * total;
}
