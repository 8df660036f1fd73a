import { kindNameOf, type Resource } from "../api/discovery";
import type { Call } from "../command";
import type { TableOptions } from "../printers/table";

export const TABLE_ACCEPT =
  "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json";

/** One request that `get` makes: a collection, or one object by name. */
export interface Fetch {
  resource: Resource;
  namespace: string | undefined;
  name?: string;
}

/** What the flags of `get` make of a table. */
export function tableOptions({ flags }: Pick<Call, "flags">, resource: Resource, withKind: boolean): TableOptions {
  return {
    wide: flags.text("output") === "wide",
    noHeaders: flags.bool("no-headers"),
    withNamespace: flags.bool("all-namespaces") && resource.namespaced,
    ...(withKind && { kind: kindNameOf(resource) }),
    showLabels: flags.bool("show-labels"),
    labelColumns: flags.list("label-columns"),
  };
}
