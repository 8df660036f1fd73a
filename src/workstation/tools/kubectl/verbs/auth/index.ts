import type { Command } from "../../command";
import { canI } from "./can-i";
import { reconcile } from "./reconcile";
import { whoami } from "./whoami";

export const auth: Command = {
  name: "auth",
  use: "auth [flags]",
  short: "Inspect authorization",
  long: "Questions about who one is and what one may do.",
  commands: [canI, reconcile, whoami],
};
