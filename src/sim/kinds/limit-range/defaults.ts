import type { LimitRange } from "../types";

type Resources = Record<string, string | number>;

/** SetDefaults_LimitRangeItem: for containers the limit falls back to the maximum, the request to the limit or the minimum. */
export function defaultLimitRange(draft: LimitRange): void {
  for (const item of ((draft as any).spec?.limits ?? []) as any[]) {
    if (item.type !== "Container") continue;
    const limits: Resources = fill(item.default, item.max);
    const requests: Resources = fill(fill(item.defaultRequest, limits), item.min);
    if (Object.keys(limits).length > 0) item.default = limits;
    if (Object.keys(requests).length > 0) item.defaultRequest = requests;
  }
}

const fill = (given: Resources | undefined, fallback: Resources | undefined): Resources => ({ ...fallback, ...given });
