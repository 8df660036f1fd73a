import { runToEnd } from "@/workstation/lab/drive";
import type { LabApi } from "@/workstation/lab/types";
import { AppError } from "../errors";
import type { CallInput, CallResult } from "./messages";

/** Lab time that a command of the drawer may take on its fork. */
const TIME_LIMIT_MS = 5_000;
const TEXT_LIMIT = 256 * 1024;
const LOG_LINES = 500;

/** Names come from the page: what is no name of Kubernetes does not reach a shell. */
const NAME = /^[a-z0-9]([-a-z0-9.:]*[a-z0-9])?$/;

/** An object as kubectl shows it, with the command lines that would have shown the same. Runs on a fork. */
export async function readObject(lab: LabApi, input: CallInput<"objectRead">): Promise<CallResult<"objectRead">> {
  for (const part of [input.resource, input.name, input.namespace, input.container]) {
    if (part !== undefined && !NAME.test(part)) throw new AppError("BAD_REQUEST", "This is no name of an object.");
  }
  const short = input.resource.split(".")[0]!;
  const namespaced = input.namespace && input.namespace !== "default" ? ` -n ${input.namespace}` : "";
  const container = input.container ? ` -c ${input.container}` : "";
  const commands = [
    `kubectl get ${short} ${input.name}${namespaced} -o yaml`,
    `kubectl describe ${short} ${input.name}${namespaced}`,
  ];
  if (short === "pods") commands.push(`kubectl logs ${input.name}${namespaced}${container}`);
  const fork = lab.fork();
  const show = async (command: string) => {
    const result = await runToEnd(fork, fork.run(command), TIME_LIMIT_MS);
    return (result.exitCode === 0 ? result.stdout : result.stdout + result.stderr).slice(0, TEXT_LIMIT);
  };
  const shown: CallResult<"objectRead"> = {
    yaml: await show(commands[0]!),
    describe: await show(commands[1]!),
    commands,
  };
  if (commands[2]) shown.logs = await show(`${commands[2]} --tail=${LOG_LINES}`);
  return shown;
}
