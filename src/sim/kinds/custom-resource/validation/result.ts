import type { FieldError } from "../../../apiserver/status";
import { invalid, notSupported, required, tooLong, tooMany, typeInvalid } from "../../validation/field-error";

/**
 * What one schema says of a value. `matches` counts the checks that were made, by which the alternatives of an anyOf are
 * told apart: the complaints of the one that came furthest are shown.
 */
export class Result {
  readonly errors: FieldError[] = [];
  matches = 0;

  merge(other: Result): this {
    this.errors.push(...other.errors);
    this.matches += other.matches;
    return this;
  }

  get isValid(): boolean {
    return this.errors.length === 0;
  }
}

/** Complaints that have no field of their own are told of nothing at all, as upstream prints a nil path. */
const NO_PATH = "<nil>";

/** Where a complaint belongs: `spec.replicas`; the root's is the path that validation began with. */
export class Place {
  constructor(
    readonly path: string,
    /** In front of each field's path; "" but for a status that is checked alone. */
    private readonly prefix = "",
  ) {}

  member(name: string): Place {
    return new Place(this.path ? `${this.path}.${name}` : name, this.prefix);
  }

  item(index: number): Place {
    return new Place(`${this.path}[${index}]`, this.prefix);
  }

  private get field(): string {
    return [this.prefix, this.path].filter(Boolean).join(".") || NO_PATH;
  }

  /** `spec.replicas in body should be …` */
  private text(rest: string): string {
    return `${this.path} in body ${rest}`;
  }

  invalid(value: unknown, rest: string): FieldError {
    return invalid(this.field, value, this.text(rest));
  }

  wrongType(wanted: string, found: unknown): FieldError {
    const shown = typeof found === "string" ? `: ${JSON.stringify(found)}` : "";
    return typeInvalid(this.field, found, `${this.text(`must be of type ${wanted}`)}${shown}`);
  }

  notSupported(value: unknown, values: readonly unknown[]): FieldError {
    return notSupported(
      this.field,
      value,
      values.map((one) => (typeof one === "string" ? one : JSON.stringify(one))),
    );
  }

  missing(name: string): FieldError {
    return required(this.member(name).field);
  }

  tooLong(max: number): FieldError {
    return tooLong(this.field, max);
  }

  tooMany(actual: number, max: number): FieldError {
    return tooMany(this.field, actual, max);
  }

  /** About all alternatives together. */
  alternatives(rest: string): FieldError {
    return invalid(this.prefix || NO_PATH, "", `${JSON.stringify(this.path)} ${rest}`);
  }

  /** Without a field, in words of its own. */
  general(detail: string): FieldError {
    return invalid(this.prefix || NO_PATH, "", detail);
  }
}
