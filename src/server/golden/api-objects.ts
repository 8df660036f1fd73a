import { fileURLToPath } from "node:url";
import type { CaseResult, Suite } from "@/sim/golden/suite";
import { NOT_RUN } from "@/sim/golden/suite";
import { schemaKey, schemaOf } from "@/sim/kinds/schema";
import { decodeProtobuf } from "../kubeapi/protobuf/decode";
import { filesOf } from "./archive";

const ARCHIVE = fileURLToPath(new URL("../../../../shared/golden/api-objects-json-yaml-pb.tar.gz", import.meta.url));

/** No kind of a group of its own: every group has it. */
const DELETE_OPTIONS = "meta/v1/DeleteOptions";

/** The recording is of a later version: fields that 1.33 does not have are left out. */
function known(value: any, type: string): any {
  if (type.startsWith("[]") && Array.isArray(value)) return value.map((item) => known(item, type.slice(2)));
  const schema = schemaOf(type);
  if (!schema || typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([name]) => schema.fields[name]);
  return Object.fromEntries(fields.map(([name, field]) => [name, known(field, schema.fields[name]!)]));
}

function firstDifference(real: any, ours: any, path: string): string | undefined {
  if (typeof real !== "object" || real === null || typeof ours !== "object" || ours === null)
    return Object.is(real, ours) ? undefined : `${path}: ${JSON.stringify(ours)}, not ${JSON.stringify(real)}`;
  for (const key of new Set([...Object.keys(real), ...Object.keys(ours)])) {
    const found = firstDifference(real[key], ours[key], `${path}.${key}`);
    if (found) return found;
  }
  return undefined;
}

function complaintsOf(real: any, body: Uint8Array): string[] {
  const key = schemaKey(real.apiVersion, real.kind) ?? (real.kind === "DeleteOptions" && DELETE_OPTIONS);
  if (!key) return [NOT_RUN];
  const difference = firstDifference(known(real, key), decodeProtobuf(body), "");
  return difference ? [difference] : [];
}

function run(): CaseResult[] {
  const files = filesOf(ARCHIVE);
  return [...files.keys()]
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name): CaseResult => {
      const id = name.slice(name.indexOf("/") + 1, -".json".length);
      const what = id.slice(id.lastIndexOf(".") + 1);
      const real = JSON.parse(Buffer.from(files.get(name)!).toString("utf8"));
      try {
        return { id, what, complaints: complaintsOf(real, files.get(name.replace(/json$/, "pb"))!) };
      } catch (error) {
        return { id, what, complaints: [`throws ${(error as Error).message}`] };
      }
    });
}

/** One case a kind: its protobuf body decodes to the object that its JSON is. */
export const apiObjectsSuite: Suite = {
  file: "api-objects-json-yaml-pb.tar.gz",
  exceptions: new URL("./exceptions/", import.meta.url),
  run,
};
