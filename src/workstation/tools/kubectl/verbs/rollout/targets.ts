import type { Call } from "../../command";
import { CliError } from "../../errors";
import { build } from "../../resource/builder";

/** What a command of `rollout` is about; without any, it says so. */
export async function targets(call: Call) {
  if (call.args.length === 0 && call.flags.list("filename").length === 0 && !call.flags.text("selector"))
    throw new CliError("required resource not specified");
  return build(call, { allowAll: call.args.length === 1 });
}
