import type { Builtin } from "./builtin";
import { directoryBuiltins } from "./directories";
import { flowBuiltins } from "./flow";
import { informationBuiltins } from "./information";
import { jobBuiltins } from "./jobs";
import { outputBuiltins } from "./output";
import { readBuiltins } from "./read";
import { setBuiltins } from "./set";
import { variableBuiltins } from "./variables";

/** Commands that are part of the shell. */
export const builtins: Readonly<Record<string, Builtin>> = {
  ...flowBuiltins,
  ...variableBuiltins,
  ...setBuiltins,
  ...outputBuiltins,
  ...readBuiltins,
  ...directoryBuiltins,
  ...jobBuiltins,
  ...informationBuiltins,
};

/** Builtins whose arguments are assignments, so that they are not split. */
export const DECLARATIONS: ReadonlySet<string> = new Set(["export", "local", "declare", "typeset", "readonly"]);
