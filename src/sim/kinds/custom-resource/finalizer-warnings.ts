import type { KubeObject } from "../../types";
import { isQualifiedName } from "../validation/names";

const STANDARD: ReadonlySet<string> = new Set(["orphan", "foregroundDeletion", "kubernetes"]);
const PATH = "metadata.finalizers";

/** Finalizers whose names may collide with those of others. */
export function finalizerWarnings(object: KubeObject, old?: KubeObject): string[] {
  const known = new Set<string>(old?.metadata.finalizers ?? []);
  const added = [...new Set<string>(object.metadata.finalizers ?? [])].filter((name) => !known.has(name)).sort();
  return added.flatMap((name) => {
    const quoted = `${PATH}: ${JSON.stringify(name)}`;
    const warnings = isQualifiedName(name).map((text) => `${quoted}: ${text}`);
    if (name.includes("/") || STANDARD.has(name)) return warnings;
    const form = name.includes(".") ? " including a path (/)" : "";
    return [
      ...warnings,
      `${quoted}: prefer a domain-qualified finalizer name${form} to avoid accidental conflicts with other finalizer writers`,
    ];
  });
}
