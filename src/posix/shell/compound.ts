import { arithmetic } from "./arithmetic";
import { evaluateCondition } from "./conditions";
import type { Machine } from "./machine";
import { type CommandNode, nodeOf, type Ref, refTo } from "./program";
import type { Frame } from "./state";
import { setVariable } from "./variables";

type FrameOf<K extends Frame["k"]> = Extract<Frame, { k: K }>;

/** `if`: a condition, then its body, or the next condition. */
export function conditional(machine: Machine, frame: FrameOf<"if">): undefined {
  const { state } = machine;
  const node = nodeOf<Extract<CommandNode, { type: "If" }>>(frame.ref);
  if (frame.quiet) {
    const taken = state.status === 0;
    frame.quiet = false;
    if (taken) {
      state.frames.pop();
      machine.push({ k: "list", ref: refTo(frame.ref, node.clauses[frame.i]!.body), i: 0 });
      return;
    }
    frame.i++;
  }
  const clause = node.clauses[frame.i];
  if (clause) {
    frame.quiet = true;
    machine.push({ k: "list", ref: refTo(frame.ref, clause.condition), i: 0 });
    return;
  }
  state.frames.pop();
  if (node.elseBody) machine.push({ k: "list", ref: refTo(frame.ref, node.elseBody), i: 0 });
  else state.status = 0;
}

/** `while` and `until`: condition, body, and again. */
export function loop(machine: Machine, frame: FrameOf<"loop">): undefined {
  const { state } = machine;
  const node = nodeOf<Extract<CommandNode, { type: "While" }>>(frame.ref);
  if (frame.phase === 0) {
    frame.phase = 1;
    frame.quiet = true;
    machine.push({ k: "list", ref: refTo(frame.ref, node.condition), i: 0 });
  } else if (frame.phase === 1) {
    frame.quiet = false;
    const goesOn = (state.status === 0) === ((node.type as string) === "While");
    if (!goesOn) {
      state.frames.pop();
      state.status = frame.last;
      return;
    }
    frame.phase = 2;
    machine.push({ k: "list", ref: refTo(frame.ref, node.body), i: 0 });
  } else {
    frame.last = state.status;
    frame.phase = 0;
  }
}

/** `for x in …` */
export function forLoop(machine: Machine, frame: FrameOf<"for">): undefined {
  const { state } = machine;
  const node = nodeOf<Extract<CommandNode, { type: "For" }>>(frame.ref);
  if (!frame.words) {
    const words = machine.expanding(frame, (expander) =>
      node.words ? expander.words(node.words) : [...state.positional],
    );
    if (!words) return;
    frame.words = words.value;
    frame.subs = [];
    state.status = 0;
  }
  if (frame.i > 0) frame.last = state.status;
  if (frame.i >= frame.words.length) {
    state.frames.pop();
    state.status = frame.last;
    return;
  }
  setVariable(machine, node.variable, frame.words[frame.i++]!);
  machine.push({ k: "list", ref: refTo(frame.ref, node.body), i: 0 });
}

/** `for ((init; condition; update))` */
export function arithmeticFor(machine: Machine, frame: FrameOf<"cfor">): undefined {
  const { state } = machine;
  const node = nodeOf<Extract<CommandNode, { type: "CStyleFor" }>>(frame.ref);
  const expression = [node.init, node.condition, null, node.update][frame.phase];
  let value = 1;
  if (expression) {
    const result = machine.expanding(frame, (expander) => arithmetic(expander, expression));
    if (!result) return;
    value = result.value;
    frame.subs = [];
  }
  if (frame.phase === 0 || frame.phase === 3) {
    frame.phase = 1;
  } else if (frame.phase === 1) {
    if (value === 0) {
      state.frames.pop();
      state.status = frame.last;
      return;
    }
    frame.phase = 2;
    machine.push({ k: "list", ref: refTo(frame.ref, node.body), i: 0 });
  } else {
    frame.last = state.status;
    frame.phase = 3;
  }
}

/** `case`: the body of the first pattern that matches, and with `;&` those behind it. */
export function caseOf(machine: Machine, frame: FrameOf<"case">): undefined {
  const node = nodeOf<Extract<CommandNode, { type: "Case" }>>(frame.ref);
  const found = machine.expanding(frame, (expander) => {
    const word = expander.single(node.word);
    return node.items.findIndex((item) =>
      item.patterns.some((pattern) => evaluateCondition.matches(expander, word, pattern)),
    );
  });
  if (!found) return;
  machine.state.frames.pop();
  machine.state.status = 0;
  if (found.value < 0) return;
  const bodies: Ref[] = [];
  for (let index = found.value; index < node.items.length; index++) {
    bodies.unshift(refTo(frame.ref, node.items[index]!.body));
    if (node.items[index]!.terminator !== ";&") break;
  }
  for (const ref of bodies) machine.push({ k: "list", ref, i: 0 });
}

/** `((…))` and `[[…]]`. */
export function compute(machine: Machine, frame: FrameOf<"compute">): undefined {
  const node = nodeOf<Extract<CommandNode, { type: "ArithmeticCommand" | "ConditionalCommand" }>>(frame.ref);
  machine.state.line = node.line ?? machine.state.line;
  const result = machine.expanding(frame, (expander) =>
    node.type === "ArithmeticCommand"
      ? arithmetic(expander, node.expression) !== 0
      : evaluateCondition(expander, node.expression),
  );
  if (!result) return;
  machine.state.frames.pop();
  machine.state.status = result.value ? 0 : 1;
}
