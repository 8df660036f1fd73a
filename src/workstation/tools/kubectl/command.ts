import { CliError } from "./errors";
import type { FlagValues } from "./flags/parse";
import type { FlagSpec } from "./flags/spec";
import type { Session } from "./session";

/** One command of the tree: `get`, `create deployment`, … */
export interface Command {
  name: string;
  aliases?: string[];
  /** The usage line behind `kubectl `. */
  use: string;
  /** One line for lists of commands. */
  short: string;
  long?: string;
  examples?: string;
  flags?: FlagSpec[];
  /** Flags without which the command does not start. */
  required?: string[];
  commands?: Command[];
  hidden?: boolean;
  /** What the command does without a subcommand: its help goes to stdout rather than stderr, and may even be no error. */
  bareHelp?: "fails" | "succeeds";
  /** What is said on stderr in place of any help. */
  insteadOfHelp?: string;
  run?(call: Call): Promise<number | undefined>;
  /** What may stand at the cursor, if not type or name of a resource. */
  complete?: CompletionKind;
  /** Added to the exit code of errors: diff's 1 says that there are differences. */
  errorsAdd?: number;
}

/** What completion offers for a command's arguments. */
export type CompletionKind =
  | "resources"
  | "pods"
  | "pods-and-workloads"
  | "nodes"
  | "contexts"
  | "none"
  | "types"
  | "rollout"
  | "scalable";

/** One running command line. */
export interface Call {
  session: Session;
  command: Command;
  /** `create deployment` */
  path: string;
  args: string[];
  argsBeforeDash: number;
  flags: FlagValues;
}

/** `error: … See 'kubectl get -h' for help and examples`. */
export const usageError = (call: Pick<Call, "path">, message: string) =>
  new CliError(`${message}\nSee 'kubectl ${call.path ? `${call.path} ` : ""}-h' for help and examples`);
