/**
 * Values worked out from a list of the store once per change: lists are shared and change their identity with each
 * write, so the list itself is the key. Nothing here is state; forks share what they have in common.
 */
export function derivedFrom<L extends readonly unknown[], T>(build: (list: L) => T): (list: L) => T {
  const known = new WeakMap<L, T & {}>();
  return (list) => {
    let value = known.get(list);
    if (value === undefined) {
      value = build(list) as T & {};
      known.set(list, value);
    }
    return value;
  };
}
