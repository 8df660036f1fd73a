import type { KindRegistry } from "../registry";
import { definitionsOf } from "./definitions";
import { mergeStrategies } from "./merge-strategies";
import { pathsOf } from "./paths";

const made = new WeakMap<KindRegistry, object>();

/** `/openapi/v2`: one document of everything. */
export function openApiV2(kinds: KindRegistry): object {
  let document = made.get(kinds);
  if (!document) {
    document = {
      swagger: "2.0",
      info: { title: "Kubernetes", version: "unversioned" },
      paths: Object.assign({}, ...kinds.all.map((kind) => pathsOf(kind, "v2"))),
      definitions: definitionsOf(kinds.all, mergeStrategies(kinds), "v2"),
    };
    made.set(kinds, document);
  }
  return document;
}
