import { groupVersionOf, resourcePath } from "../api/discovery";
import type { Call, Command } from "../command";
import { CliError, throwCollected } from "../errors";
import { bool, list, text } from "../flags/spec";
import { build } from "../resource/builder";
import type { Info } from "../resource/info";
import { waitForPod } from "../resource/pods";
import { attachTo } from "./attach";
import { checkOptions, readOptions } from "./debug/options";
import { type Debugged, debugCopy, debugNode, debugRunning } from "./debug/pods";

async function run(call: Call): Promise<number> {
  const { flags } = call;
  const options = readOptions(call);
  checkOptions(call, options);
  const args = flags.list("filename").length > 0 ? options.targets : options.targets.map(typed);
  const built = await build(call, { args });
  throwCollected(built.errors);
  let code = 0;
  for (const info of built.infos) {
    const { kind, group } = info.resource;
    let debugged: Debugged;
    if (group === "" && kind === "Node") debugged = await debugNode(call, info, options);
    else if (group === "" && kind === "Pod")
      debugged = await (flags.text("copy-to") ? debugCopy : debugRunning)(call, info, options);
    else {
      const [first, second] = groupVersionOf(info.resource).split("/") as [string, string?];
      const named = second === undefined ? `/${first}` : `${first}/${second}`;
      throw new CliError(`${JSON.stringify(`${named}, Kind=${kind}`)} not supported by debug`);
    }
    if (options.attach && debugged.container) code = await attachToNew(call, debugged);
  }
  return code;
}

/** Pods are meant where no type is named. */
const typed = (word: string): string => (word.includes("/") ? word : `pods/${word}`);

const statusOf = (pod: any, container: string) =>
  [
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.containerStatuses ?? []),
    ...(pod.status?.ephemeralContainerStatuses ?? []),
  ].find(({ name }: any) => name === container);

/** Waits for the container, says why it does not come, and gives it this terminal; one that has ended shows its log. */
async function attachToNew(call: Call, { pod, container }: Debugged): Promise<number> {
  const { session, flags } = call;
  const resource = await session.discovery.require("pods");
  const { namespace, name } = pod.metadata;
  const info: Info = { resource, namespace, name, object: pod, source: "" };
  const running = await waitForPod(
    session,
    info,
    (each) => {
      const { state = {} } = statusOf(each, container) ?? {};
      if (state.waiting?.message && !flags.bool("quiet"))
        session.err(`Warning: container ${container}: ${state.waiting.message}\n`);
      return Boolean(state.running ?? state.terminated);
    },
    Number.POSITIVE_INFINITY,
  );
  if (!running) throw new CliError('pods "" not found');
  if (statusOf(running, container).state.terminated) {
    session.out(String(await session.client.get(resourcePath(resource, namespace, name, "log"), { container })));
    return 0;
  }
  return attachTo(call, running, container, flags.bool("stdin"), flags.bool("tty"));
}

export const debug: Command = {
  name: "debug",
  use: "debug (POD | TYPE[[.VERSION].GROUP]/NAME) [ -- COMMAND [args...] ]",
  short: "Create debugging sessions for troubleshooting workloads and nodes",
  long: "Look into a pod or a node with tools that its images lack: by a container that is added to a running pod, by a changed copy of a pod, or by a pod in the namespaces of a node.",
  examples: `# A container with a shell in a running pod
kubectl debug mypod -it --image=busybox

# A copy of a pod with such a container
kubectl debug mypod -it --image=busybox --copy-to=my-debugger

# A copy whose container runs something else
kubectl debug mypod -it --copy-to=my-debugger --container=mycontainer -- sh

# A copy with other images
kubectl debug mypod --copy-to=my-debugger --set-image=*=busybox

# A node, with its files at /host
kubectl debug node/mynode -it --image=busybox`,
  flags: [
    bool("arguments-only"),
    bool("attach"),
    text("container", { short: "c" }),
    text("copy-to"),
    text("custom"),
    list("env"),
    list("filename", { short: "f" }),
    text("image"),
    text("image-pull-policy"),
    bool("keep-annotations"),
    bool("keep-init-containers", { default: "true" }),
    bool("keep-labels"),
    bool("keep-liveness"),
    bool("keep-readiness"),
    bool("keep-startup"),
    text("profile", { default: "legacy" }),
    bool("quiet", { short: "q" }),
    bool("replace"),
    bool("same-node"),
    list("set-image"),
    bool("share-processes", { default: "true" }),
    bool("stdin", { short: "i" }),
    text("target"),
    bool("tty", { short: "t" }),
  ],
  run,
  complete: "pods-and-workloads",
};
