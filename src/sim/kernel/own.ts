/**
 * Members of plain data under keys that come from outside. What every object of the language has (`toString`,
 * `__proto__`) is no member, and a key of that name is one like any other.
 */

/** A member of an object or an item of an array; undefined where there is none. */
export const ownMember = (value: unknown, key: string): any =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key) ? (value as any)[key] : undefined;

export function setOwn(target: object, key: string, value: unknown): void {
  if (key === "__proto__")
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else (target as any)[key] = value;
}
