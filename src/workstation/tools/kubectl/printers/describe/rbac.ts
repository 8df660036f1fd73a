import { ruleLines } from "../../resource/policy-rules";
import type { Describer } from "./types";
import { annotationsLines, labelsLines, type Writer } from "./writer";

function head(w: Writer, { metadata }: any): void {
  w.line(`Name:\t${metadata.name}`);
  labelsLines(w, "Labels", metadata.labels);
  annotationsLines(w, "Annotations", metadata.annotations);
}

export const describeRole: Describer = async (w, role) => {
  head(w, role);
  w.line("PolicyRule:");
  w.line("  Resources\tNon-Resource URLs\tResource Names\tVerbs");
  w.line("  ---------\t-----------------\t--------------\t-----");
  for (const line of ruleLines(role.rules ?? [])) w.line(`  ${line}`);
};

export const describeRoleBinding: Describer = async (w, binding) => {
  head(w, binding);
  w.line("Role:");
  w.line(`  Kind:\t${binding.roleRef.kind}`);
  w.line(`  Name:\t${binding.roleRef.name}`);
  w.line("Subjects:");
  w.line("  Kind\tName\tNamespace");
  w.line("  ----\t----\t---------");
  for (const { kind, name, namespace = "" } of binding.subjects ?? []) w.line(`  ${kind}\t${name}\t${namespace}`);
};
