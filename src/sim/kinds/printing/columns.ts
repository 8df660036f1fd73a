import type { Column } from "../../apiserver/kind";

export const NAME_COLUMN: Column = { name: "Name", type: "string", format: "name" };
export const AGE_COLUMN: Column = { name: "Age", type: "string" };

/** A column that kubectl shows always. */
export const shown = (name: string, type: Column["type"] = "string"): Column => ({ name, type });
/** A column that only `-o wide` shows. */
export const wide = (name: string, type: Column["type"] = "string"): Column => ({ name, type, priority: 1 });

export const NONE = "<none>";
export const UNSET = "<unset>";
