import { formatGo } from "../go-value";
import { entries } from "../json";
import { eventsLines } from "./events";
import type { Describer } from "./types";
import { head, type Writer } from "./writer";

const HIDDEN = new Set([
  ".metadata.managedFields",
  ".metadata.name",
  ".metadata.namespace",
  ".metadata.labels",
  ".metadata.annotations",
]);
const ACRONYMS = new Set(["API", "URL", "UID", "OSB", "GUID"]);

/** Any kind without a describer of its own: its fields as they are, under readable names. */
export const describeGeneric: Describer = async (w, object, world) => {
  head(w, object);
  contentLines(w, 0, object, "");
  eventsLines(w, await world.events(object), world.nowMs);
};

function contentLines(w: Writer, level: number, content: object, path: string): void {
  for (const [field, value] of entries(content)) {
    const inner = `${path}.${field}`;
    if (HIDDEN.has(inner)) continue;
    if (Array.isArray(value)) {
      w.write(level, `${labelFor(field)}:\n`);
      for (const item of value) {
        if (typeof item === "object" && item !== null && !Array.isArray(item)) contentLines(w, level + 1, item, inner);
        else w.write(level + 1, `${formatGo(item)}\n`);
      }
    } else if (typeof value === "object" && value !== null) {
      w.write(level, `${labelFor(field)}:\n`);
      contentLines(w, level + 1, value, inner);
    } else w.write(level, `${labelFor(field)}:\t${formatGo(value)}\n`);
  }
}

/** `apiVersion` -> `API Version` */
function labelFor(field: string): string {
  if (field === "openAPIV3Schema") return field;
  const parts = field.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^A-Za-z\d]+/g) ?? [field];
  return parts
    .map((part) => (ACRONYMS.has(part.toUpperCase()) ? part.toUpperCase() : part[0]!.toUpperCase() + part.slice(1)))
    .join(" ");
}
