import { sha512 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { groupVersion } from "../kind";
import type { KindRegistry } from "../registry";
import { definitionsOf } from "./definitions";
import { mergeStrategies } from "./merge-strategies";
import { pathsOf } from "./paths";

/** Documents are the same as long as the kinds are, and take a moment to make. */
const made = new WeakMap<KindRegistry, Map<string, { document: unknown; hash: string }>>();

/** `/openapi/v3`: where the document of each group and version is. */
export function openApiPaths(kinds: KindRegistry): unknown {
  const paths = [...documentsOf(kinds)].map(([name, { hash }]) => [
    name,
    { serverRelativeURL: `/openapi/v3/${name}?hash=${hash}` },
  ]);
  return { paths: Object.fromEntries(paths) };
}

/** The document of `api/v1`, `apis/apps/v1`; undefined for what the server does not have. */
export const openApiV3 = (kinds: KindRegistry, name: string): unknown => documentsOf(kinds).get(name)?.document;

function documentsOf(kinds: KindRegistry): Map<string, { document: unknown; hash: string }> {
  let documents = made.get(kinds);
  if (!documents) {
    const merges = mergeStrategies(kinds);
    documents = new Map();
    for (const version of new Set(kinds.all.map(groupVersion))) {
      const members = kinds.all.filter((kind) => groupVersion(kind) === version);
      const document = {
        openapi: "3.0.0",
        info: { title: "Kubernetes", version: "unversioned" },
        paths: Object.assign({}, ...members.map((kind) => pathsOf(kind, "v3"))),
        components: { schemas: definitionsOf(members, merges, "v3") },
      };
      const hash = bytesToHex(sha512(utf8ToBytes(JSON.stringify(document)))).toUpperCase();
      documents.set(version.includes("/") ? `apis/${version}` : `api/${version}`, { document, hash });
    }
    made.set(kinds, documents);
  }
  return documents;
}
