import { matchesFields, parseFieldSelector } from "../apiserver/selectors/fields";
import { formatLabelSelector, matchesLabels, newRequirement, parseLabelSelector } from "../apiserver/selectors/labels";
import { type Ask, callsSuite, differs } from "./suite";
import { attempt } from "./values";

const textOf = (selector: any): string => selector?.string ?? selector ?? "";

const matchesLabelSet: Ask = ({ in: [selector, set], out }) =>
  differs(matchesLabels(parseLabelSelector(textOf(selector)), set ?? {}), out[0]);

export const labelsSuite = callsSuite("labels.jsonl.gz", {
  NewRequirement: ({ in: [key, operator, values], out: [requirement, failure] }) =>
    differs(
      attempt(() => formatLabelSelector([newRequirement(key, operator, values ?? [])])),
      failure ?? requirement,
    ),
  Parse: ({ in: [text], out: [selector, failure] }) =>
    differs(
      attempt(() => formatLabelSelector(parseLabelSelector(text))),
      failure ?? textOf(selector),
    ),
  "internalSelector.Matches": matchesLabelSet,
  "Requirement.Matches": matchesLabelSet,
});

const matchesFieldSet: Ask = ({ in: [selector, set], out }) =>
  differs(matchesFields(parseFieldSelector(textOf(selector)), set ?? {}), out[0]);

export const fieldsSuite = callsSuite("fields.jsonl.gz", {
  ParseSelector: ({ in: [text], out: [selector, failure] }) => {
    const parsed = attempt(() => parseFieldSelector(text));
    return failure ? differs(parsed, failure) : differs(parsed, parseFieldSelector(textOf(selector)));
  },
  "andTerm.Matches": matchesFieldSet,
  "hasTerm.Matches": matchesFieldSet,
  "notHasTerm.Matches": matchesFieldSet,
});
