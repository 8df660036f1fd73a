import { stringify } from "yaml";
import { patchesConflict } from "../apiserver/patch/conflicts";
import { createThreeWayJsonMergePatch } from "../apiserver/patch/json";
import type { MergeSchema } from "../apiserver/patch/merge-schema";
import { applyStrategicMerge } from "../apiserver/patch/strategic";
import { changesSince, createThreeWayMergePatch, createTwoWayMergePatch } from "../apiserver/patch/strategic-diff";
import { type Ask, callsSuite, differs } from "./suite";
import { attempt } from "./values";

/** The type that the recorded cases are about: one field of each way to merge. */
const item: Record<string, any> = {
  mergingIntList: { mergeKey: "" },
  replacingItem: { replace: true },
  retainKeysMap: { retainKeys: true },
};
item.retainKeysMap.fields = item;
item.mergingList = { mergeKey: "name", fields: item };
item.mergeItemPtr = { mergeKey: "name", fields: item };
item.retainKeysMergingList = { mergeKey: "name", retainKeys: true, fields: item };
const recorded: MergeSchema = item;

/** Documents were recorded as `{json}`, texts that are no document as `{bytes}`; an empty text is an empty document. */
function documentOf(value: any): any {
  if (value?.json !== undefined) return value.json;
  if (value && "bytes" in value && value.bytes !== "") throw new Error("invalid JSON document");
  return value && "bytes" in value ? {} : (value ?? {});
}

const resultOf = (out: any[]) => out[1] ?? out[0]?.json ?? out[0];

const asked =
  (call: (documents: any[], args: any[]) => unknown, count: number): Ask =>
  ({ in: args, out }) =>
    differs(
      attempt(() => call(args.slice(0, count).map(documentOf), args)),
      resultOf(out),
    );

const inYaml = (patch: unknown) => stringify(patch, { indentSeq: false, sortMapEntries: true });

const conflictText = (patch: unknown, changed: unknown): string =>
  `patch:\n${inYaml(patch)}\nconflicts with changes made from original to current:\n${inYaml(changed)}\n`;

const merge = asked(([original, patch]) => applyStrategicMerge(original, patch, recorded), 2);

export const strategicMergeSuite = callsSuite("smp.jsonl.gz", {
  StrategicMergeMapPatchUsingLookupPatchMeta: merge,
  StrategicMergePatchUsingLookupPatchMeta: merge,
  StrategicMergePatch: merge,
  CreateTwoWayMergePatchUsingLookupPatchMeta: asked(
    ([original, modified]) => createTwoWayMergePatch(original, modified, recorded),
    2,
  ),
  CreateThreeWayMergePatch: asked(([original, modified, current], { 4: overwrite }) => {
    const patch = createThreeWayMergePatch(original, modified, current, recorded);
    const changed = changesSince(original, current, recorded);
    if (!overwrite && patchesConflict(patch, changed, recorded)) throw new Error(conflictText(patch, changed));
    return patch;
  }, 3),
});

export const jsonMergeSuite = callsSuite("jsonmerge.jsonl.gz", {
  CreateThreeWayJSONMergePatch: asked(
    ([original, modified, current]) => createThreeWayJsonMergePatch(original, modified, current),
    3,
  ),
});
