import type { Command } from "../../command";
import { ApiError, CliError } from "../../errors";
import { PRINT_FLAGS } from "../../flags/groups";
import { printerFor } from "../../printers/output";
import { alignTabs, TABLE } from "../../printers/tabwriter";
import { askServer } from "./reviews";

const GROUP = "authentication.k8s.io";

export const whoami: Command = {
  name: "whoami",
  use: "auth whoami",
  short: "Experimental: Check self subject attributes",
  long: "Shows who the server takes you for: user name, groups and what else it knows.",
  examples: `# Who am I?
kubectl auth whoami

# The same as JSON
kubectl auth whoami -o json`,
  flags: PRINT_FLAGS,
  complete: "none",
  async run(call) {
    const { session, flags } = call;
    const printer = printerFor(flags, { readFile: (name) => session.readFile(name) });
    const review: any = await askServer(call, "SelfSubjectReview", {}, GROUP).catch((error) => {
      if (error instanceof ApiError && error.status.code === 403)
        throw new CliError(
          "the selfsubjectreviews API is not enabled in the cluster or you do not have permission to call it",
        );
      throw error;
    });
    session.out(
      printer
        ? printer.print(review, { group: GROUP, kind: "SelfSubjectReview" })
        : alignTabs(`${attributeLines(review.status.userInfo).join("\n")}\n`, TABLE),
    );
    return 0;
  },
};

function attributeLines({ username, uid, groups = [], extra = {} }: any): string[] {
  return [
    "ATTRIBUTE\tVALUE",
    ...(username ? [`Username\t${username}`] : []),
    ...(uid ? [`UID\t${uid}`] : []),
    ...(groups.length > 0 ? [`Groups\t[${groups.join(" ")}]`] : []),
    ...Object.keys(extra)
      .sort()
      .map((key) => `Extra: ${key}\t[${extra[key].join(" ")}]`),
  ];
}
