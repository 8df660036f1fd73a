import type { FieldError } from "../../../apiserver/status";
import { forbidden, invalid } from "../../validation/field-error";
import { nonNegative } from "../../validation/numbers";

/** What of a pod's log is wanted, as the query says it. */
export interface PodLogOptions {
  tailLines?: number;
  limitBytes?: number;
  sinceSeconds?: number;
  sinceTime?: string;
  stream?: string;
}

const positive = (value: number | undefined, path: string): FieldError[] =>
  value !== undefined && value < 1 ? [invalid(path, value, "must be greater than 0")] : [];

/** ValidatePodLogOptions; the two streams cannot be told apart unless a feature gate is set. */
export function validatePodLogOptions(options: PodLogOptions): FieldError[] {
  const { tailLines, limitBytes, sinceSeconds, sinceTime, stream } = options;
  const both = sinceSeconds !== undefined && sinceTime !== undefined;
  return [
    ...nonNegative(tailLines, "tailLines"),
    ...positive(limitBytes, "limitBytes"),
    ...(both
      ? [forbidden("[]", "at most one of `sinceTime` or `sinceSeconds` may be specified")]
      : positive(sinceSeconds, "sinceSeconds")),
    ...(stream === undefined ? [] : [forbidden("stream", "may not be specified")]),
  ];
}
