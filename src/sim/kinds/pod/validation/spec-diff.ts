import type { PodSpec } from "../../types";
export function podSpecDiff(_old: PodSpec, _now: PodSpec): string {
  return "";
}
