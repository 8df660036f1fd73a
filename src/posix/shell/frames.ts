import { type CommandNode, nodeOf, type Ref, refTo } from "./program";
import type { Frame } from "./state";

/**
 * The frame that runs one command; with `plain`, its redirections are done already. Undefined for what is no frame of
 * its own: a subshell (a process) and the definition of a function.
 */
export function commandFrame(ref: Ref, plain = false): Frame | undefined {
  const node = nodeOf<CommandNode>(ref);
  if (!plain && node.type !== "SimpleCommand" && node.type !== "FunctionDef" && node.redirections.length > 0) {
    return { k: "redirected", ref, subs: [] };
  }
  switch (node.type) {
    case "SimpleCommand":
      return { k: "simple", ref, subs: [] };
    case "If":
      return { k: "if", ref, i: 0 };
    case "For":
      return { k: "for", ref, subs: [], i: 0, last: 0 };
    case "CStyleFor":
      return { k: "cfor", ref, subs: [], phase: 0, last: 0 };
    case "While":
    case "Until":
      return { k: "loop", ref, phase: 0, last: 0 };
    case "Case":
      return { k: "case", ref, subs: [] };
    case "Group":
      return { k: "list", ref: refTo(ref, node.body), i: 0 };
    case "ArithmeticCommand":
    case "ConditionalCommand":
      return { k: "compute", ref, subs: [] };
    default:
      return undefined;
  }
}
