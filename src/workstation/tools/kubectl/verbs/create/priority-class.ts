import { CliError } from "../../errors";
import { bool, int, text } from "../../flags/spec";
import { type Generator, metadata } from "./generator";

export const priorityClass: Generator = {
  name: "priorityclass",
  aliases: ["pc"],
  use: "priorityclass NAME --value=VALUE --global-default=BOOL [--dry-run=server|client|none]",
  short: "Create a priority class with the specified name",
  examples: `# Pods of this class come before others
kubectl create priorityclass high-priority --value=1000 --description="high priority"

# Pods that name no class belong to this one
kubectl create priorityclass default-priority --value=1000 --global-default=true`,
  flags: [
    int("value", { usage: "Priority of the pods of this class." }),
    bool("global-default", { usage: "The class of all pods that name none." }),
    text("description", { usage: "What the class is for." }),
    text("preemption-policy", {
      default: "PreemptLowerPriority",
      usage: "Whether pods of the class drive others out.",
    }),
  ],
  failure: () => "failed to create priorityclass:",
  generate({ flags }, name) {
    const value = flags.int("value");
    if (!name) throw new CliError("name must be specified");
    return {
      kind: "PriorityClass",
      apiVersion: "scheduling.k8s.io/v1",
      metadata: metadata(name),
      value,
      ...(flags.bool("global-default") && { globalDefault: true }),
      ...(flags.text("description") && { description: flags.text("description") }),
      preemptionPolicy: flags.text("preemption-policy"),
    };
  },
};
