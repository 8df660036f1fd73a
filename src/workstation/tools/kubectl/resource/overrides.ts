import { applyJsonPatch, applyMergePatch } from "@/sim/apiserver/patch/json";
import { mergeSchemaOf } from "@/sim/apiserver/patch/merge-schema";
import { applyStrategicMerge } from "@/sim/apiserver/patch/strategic";
import type { Call } from "../command";
import { CliError } from "../errors";
import { parseYaml } from "./yaml";

/** `--overrides`, laid over a generated object as `--override-type` says. */
export function applyOverrides({ flags }: Pick<Call, "flags">, object: any): any {
  const source = flags.text("overrides");
  if (!source) return object;
  let patch: any;
  try {
    patch = parseYaml(source);
  } catch (error) {
    throw new CliError(`Invalid JSON Patch: ${(error as Error).message}`);
  }
  const type = flags.text("override-type");
  if (type === "json") return applyJsonPatch(object, patch);
  if (type === "strategic") return applyStrategicMerge(object, patch, mergeSchemaOf(object.kind));
  if (type !== "merge") throw new CliError(`invalid override type: ${type}`);
  return applyMergePatch(object, patch);
}
