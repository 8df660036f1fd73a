import { failure, type StatusError } from "../status";
import type { Managed } from "./entries";
import { paths, pathText } from "./field-set";
import type { Conflict } from "./ownership";

/** The 409 that lists who manages what the applied configuration would change. */
export function applyConflict(conflicts: readonly Conflict[]): StatusError {
  const all = conflicts.flatMap(({ manager, fields }) =>
    [...paths(fields)].map((path) => ({ who: managerText(manager), path: pathText(path) })),
  );
  return failure(409, "Conflict", messageOf(all), {
    causes: all.map(({ who, path }) => ({
      reason: "FieldManagerConflict",
      message: `conflict with ${who}`,
      field: path,
    })),
  });
}

function messageOf(all: readonly { who: string; path: string }[]): string {
  if (all.length === 1) return `Apply failed with 1 conflict: conflict with ${all[0]!.who}: ${all[0]!.path}`;
  const managers = [...new Set(all.map(({ who }) => who))].sort();
  const lines = managers.flatMap((who) => [
    `conflicts with ${who}:`,
    ...all.filter((one) => one.who === who).map(({ path }) => `- ${path}`),
  ]);
  return `Apply failed with ${all.length} conflicts: ${lines.join("\n")}`;
}

function managerText({ manager, subresource, applied, apiVersion }: Managed): string {
  const name = `${JSON.stringify(manager)}${subresource ? ` with subresource ${JSON.stringify(subresource)}` : ""}`;
  return applied ? name : `${name} using ${apiVersion}`;
}
