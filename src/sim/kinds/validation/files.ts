import type { FieldError } from "../../apiserver/status";
import { invalid, required } from "./field-error";

const hasBackstep = (path: string) => path.split("/").includes("..");

/** A path inside a volume: relative, and never above its root. */
export function descendingPath(path: string, field: string): FieldError[] {
  const errors: FieldError[] = [];
  if (path.startsWith("/")) errors.push(invalid(field, path, "must be a relative path"));
  return [...errors, ...withoutBackstep(path, field)];
}

export const withoutBackstep = (path: string, field: string): FieldError[] =>
  hasBackstep(path) ? [invalid(field, path, "must not contain '..'")] : [];

/** A file that a volume makes: `..` at the start is the kubelet's own. */
export function volumeFilePath(path: string, field: string): FieldError[] {
  const errors = descendingPath(path, field);
  if (path.startsWith("..") && !path.startsWith("../")) errors.push(invalid(field, path, "must not start with '..'"));
  return errors;
}

export function validateMode(mode: number | undefined, field: string): FieldError[] {
  if (mode === undefined || (mode >= 0 && mode <= 0o777)) return [];
  return [invalid(field, mode, "must be a number between 0 and 0777 (octal), both inclusive")];
}

/** Which keys of a ConfigMap or Secret go to which files. */
export function validateKeysToPaths(items: readonly any[] | undefined, field: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const [index, item] of (items ?? []).entries()) {
    const at = `${field}[${index}]`;
    if (!item.key) errors.push(required(`${at}.key`));
    if (!item.path) errors.push(required(`${at}.path`));
    errors.push(...volumeFilePath(item.path ?? "", `${at}.path`), ...validateMode(item.mode, `${at}.mode`));
  }
  return errors;
}
