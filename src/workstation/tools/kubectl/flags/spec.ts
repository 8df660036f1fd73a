/** What a flag takes. `list` splits at commas, `array` takes each occurrence whole. */
export type FlagType = "bool" | "string" | "int" | "list" | "array" | "duration" | "count";

export interface FlagSpec {
  name: string;
  short?: string;
  type: FlagType;
  /** As help prints it, e.g. `false`, `''`, `[]`, `500`, `1m0s`. */
  default: string;
  /** The value that the bare flag stands for (`--dry-run`, `--validate`). Booleans: `true`. */
  bare?: string;
  /** Overrides the description that `descriptions.ts` holds for the name. */
  usage?: string;
  hidden?: boolean;
  /** The default as help prints it, where its type alone would print otherwise. */
  shown?: string;
}

const make =
  (type: FlagType, fallback: string) =>
  (name: string, options: Partial<Omit<FlagSpec, "name" | "type">> = {}): FlagSpec => ({
    name,
    type,
    default: fallback,
    ...(type === "bool" && { bare: "true" }),
    ...options,
  });

export const bool = make("bool", "false");
export const text = make("string", "");
export const int = make("int", "0");
export const list = make("list", "");
export const array = make("array", "");
export const duration = make("duration", "0s");
