import { deepEqual } from "../../kernel/freeze";
import { ownMember } from "../../kernel/own";
import type { MergeField, MergeSchema } from "./merge-schema";
import { isDict } from "./strategic";

type Dict = { [key: string]: any };

/**
 * Whether two patches of the same object disagree about a field, as upstream's `MergingMapsHaveConflicts` sees it: what
 * `kubectl apply --overwrite=false` asks of its patch and of what others have changed since the last apply.
 */
export function patchesConflict(left: Dict, right: Dict, schema: MergeSchema): boolean {
  return valuesConflict(left, right, { fields: schema });
}

function valuesConflict(left: unknown, right: unknown, field: MergeField): boolean {
  if (isDict(left)) return !isDict(right) || dictsConflict(left, right, field);
  if (Array.isArray(left)) return !Array.isArray(right) || listsConflict(left, right, field);
  return !deepEqual(left, right);
}

function dictsConflict(left: Dict, right: Dict, field: MergeField): boolean {
  // A directive is about the whole map: the other patch must have the same.
  if (left.$patch !== right.$patch) return true;
  if (field.replace) return false;
  return Object.keys(left).some((key) => {
    if (key === "$patch" || key === "$retainKeys" || !Object.hasOwn(right, key)) return false;
    return valuesConflict(left[key], right[key], ownMember(field.fields ?? {}, key) ?? {});
  });
}

function listsConflict(left: any[], right: any[], field: MergeField): boolean {
  const { mergeKey } = field;
  const inner: MergeField = field.fields ? { fields: field.fields } : {};
  if (mergeKey === "") return false;
  if (mergeKey !== undefined)
    return left.some((item) => {
      const other = right.find((one) => deepEqual(one?.[mergeKey], item?.[mergeKey]));
      return other !== undefined && valuesConflict(item, other, inner);
    });
  if (left.length !== right.length) return true;
  const [ours, theirs] = isDict(left[0]) ? [left, right] : [[...left].sort(), [...right].sort()];
  return ours.some((item, index) => valuesConflict(item, theirs[index], inner));
}
