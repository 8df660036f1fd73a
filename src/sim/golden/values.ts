import { scaledValue } from "../controllers/int-or-percent";
import { humanDuration, shortHumanDuration } from "../kinds/printing";
import { formatQuantity, parseQuantity } from "../kinds/quantity";
import { callsSuite, differs } from "./suite";

/** What a call gave, or the text of what it threw. */
export function attempt(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return { error: (error as Error).message };
  }
}

export const quantitySuite = callsSuite("quantity.jsonl.gz", {
  ParseQuantity: ({ in: [text], out: [canonical, failure] }) =>
    differs(
      attempt(() => formatQuantity(parseQuantity(text))),
      failure ?? canonical,
    ),
});

export const durationSuite = callsSuite("duration.jsonl.gz", {
  HumanDuration: ({ in: [duration], out }) => differs(humanDuration(duration.ns / 1e6), out[0]),
  ShortHumanDuration: ({ in: [duration], out }) => differs(shortHumanDuration(duration.ns / 1e6), out[0]),
});

export const intOrStringSuite = callsSuite("intstr.jsonl.gz", {
  GetScaledValueFromIntOrPercent: ({ in: [value, total, roundUp], out: [scaled, failure] }) =>
    differs(
      attempt(() => scaledValue(value, total, roundUp)),
      failure ?? scaled,
    ),
});
