import { isReference } from "@/sim/images/reference";
import { resourcePath } from "../api/discovery";
import { type Call, type Command, usageError } from "../command";
import { CliError, isNotFound, PlainExit } from "../errors";
import { DELETE_FLAGS, dryRun, FILE_FLAGS, manager, PRINT_FLAGS, saveConfig } from "../flags/groups";
import { array, bool, duration, int, text } from "../flags/spec";
import { waitUntilGone } from "../resource/gone";
import { type Info, infoOf } from "../resource/info";
import { parseLabels } from "../resource/labels";
import { applyOverrides } from "../resource/overrides";
import { waitForPod } from "../resource/pods";
import { createObject, dryRunOf, report, withLastApplied } from "../resource/submit";
import { attachTo } from "./attach";
import { deleteObject, propagationOf } from "./delete";
import { classicWorkload, DEFAULT_CLASSIC_GENERATOR } from "./run-classic";

const RESTART_POLICIES = ["Always", "OnFailure", "Never"];

/** Flags that only the classic mode has; today's kubectl does not know them. */
const CLASSIC_FLAGS = ["replicas", "generator"];

async function run(call: Call): Promise<number> {
  const { session, flags, args, argsBeforeDash } = call;
  for (const old of CLASSIC_FLAGS)
    if (!session.classic && flags.changed(old))
      throw new CliError(`unknown flag: --${old}\nSee 'kubectl run --help' for usage.`);
  if (args.length === 0 || argsBeforeDash === 0) throw usageError(call, "NAME is required for run");
  const [name, ...words] = args as [string, ...string[]];
  const image = flags.text("image");
  if (!image) throw new CliError("--image is required");
  if (!isReference(image)) throw new CliError(`Invalid image name ${JSON.stringify(image)}: invalid reference format`);
  const dry = dryRunOf(call);
  const interactive = flags.bool("stdin") || flags.bool("tty");
  const attaching = flags.changed("attach") ? flags.bool("attach") : interactive;
  checkFlags(call, dry !== "none", attaching);
  if (flags.bool("expose") && !flags.text("port")) throw usageError(call, "--port must be set when exposing a service");
  const restart = restartPolicy(call);
  const pod = podFor(call, name, image, words, restart);
  const object = applyOverrides(call, session.classic ? classicObject(call, pod, restart) : pod);
  const placedObject = session.namespaceEnforced
    ? { ...object, metadata: { ...object.metadata, namespace: session.namespace } }
    : object;
  const saved = flags.bool("save-config") ? withLastApplied(placedObject) : placedObject;
  const resource = await session.discovery.forKind(saved.apiVersion, saved.kind);
  if (!resource)
    throw new CliError(
      `no matches for kind ${JSON.stringify(saved.kind)} in version ${JSON.stringify(saved.apiVersion)}`,
    );
  const info: Info = { ...infoOf(resource, saved), namespace: session.namespace };
  const created = await createObject(call, info, dry);
  if (flags.bool("expose")) await exposePod(call, name, dry);
  if (!attaching || dry !== "none") {
    report(call, { ...info, name: created.metadata?.name ?? name }, created, "created", dry, dry === "client");
    return 0;
  }
  if (flags.changed("output")) report(call, info, created, "created", dry);
  return attachToNew(call, { ...info, object: created }, restart);
}

function checkFlags(call: Call, dry: boolean, attaching: boolean): void {
  const { flags } = call;
  if (flags.bool("tty") && !flags.bool("stdin"))
    throw usageError(call, "-i/--stdin is required for containers with -t/--tty=true");
  if (flags.bool("rm") && !attaching) throw usageError(call, "--rm should only be used for attached containers");
  if (attaching && dry) {
    throw usageError(
      call,
      "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)",
    );
  }
}

function restartPolicy(call: Call): string {
  const value = call.flags.text("restart");
  if (!value) return "Always";
  const match = RESTART_POLICIES.find(
    (policy) => policy === value || (call.session.classic && policy.toLowerCase() === value.toLowerCase()),
  );
  if (!match) throw usageError(call, `invalid restart policy: ${value}`);
  return match;
}

function podFor(call: Call, name: string, image: string, words: string[], restartPolicyName: string): any {
  const { flags } = call;
  const labels = flags.text("labels") ? parseLabels(flags.text("labels")) : { run: name };
  const annotations = Object.fromEntries(
    flags.list("annotations").map((each) => each.split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
  const port = flags.text("port");
  if (port && !/^\d+$/.test(port))
    throw new CliError(`strconv.ParseInt: parsing ${JSON.stringify(port)}: invalid syntax`);
  const env = flags.list("env").map((pair) => {
    const equals = pair.indexOf("=");
    if (equals <= 0) throw new CliError(`invalid env: ${pair}`);
    return { name: pair.slice(0, equals), value: pair.slice(equals + 1) };
  });
  const container = {
    name,
    image,
    ...(words.length > 0 && { [flags.bool("command") ? "command" : "args"]: words }),
    ...(port && { ports: [{ containerPort: Number(port) }] }),
    ...(env.length > 0 && { env }),
    resources: {},
    ...(flags.text("image-pull-policy") && { imagePullPolicy: flags.text("image-pull-policy") }),
    ...(flags.bool("privileged") && { securityContext: { privileged: true } }),
    ...(flags.bool("stdin") && { stdin: true }),
    ...(flags.bool("stdin") && !flags.bool("leave-stdin-open") && { stdinOnce: true }),
    ...(flags.bool("tty") && { tty: true }),
  };
  return {
    kind: "Pod",
    apiVersion: "v1",
    metadata: { name, creationTimestamp: null, labels, ...(Object.keys(annotations).length > 0 && { annotations }) },
    spec: { containers: [container], restartPolicy: restartPolicyName, dnsPolicy: "ClusterFirst" },
    status: {},
  };
}

/** In the classic mode `run` makes what it made before 1.18: a Deployment, unless the restart policy says otherwise. */
function classicObject(call: Call, pod: any, restart: string): any {
  const { flags, session } = call;
  const generator = flags.text("generator") || (restart === "Always" ? DEFAULT_CLASSIC_GENERATOR : "run-pod/v1");
  if (generator === "run-pod/v1") return pod;
  session.err(
    `kubectl run --generator=${generator} is DEPRECATED and will be removed in a future version. Use kubectl run --generator=run-pod/v1 or kubectl create instead.\n`,
  );
  return classicWorkload(generator, pod, flags.int("replicas"));
}

async function exposePod(call: Call, name: string, dry: ReturnType<typeof dryRunOf>): Promise<void> {
  const { session, flags } = call;
  const port = Number(flags.text("port"));
  const selector = flags.text("labels") ? parseLabels(flags.text("labels")) : { run: name };
  const service = {
    kind: "Service",
    apiVersion: "v1",
    metadata: { name, creationTimestamp: null, ...(session.namespaceEnforced && { namespace: session.namespace }) },
    spec: { ports: [{ protocol: "TCP", port, targetPort: port }], selector },
    status: { loadBalancer: {} },
  };
  const resource = await session.discovery.require("services");
  const info: Info = { resource, namespace: session.namespace, name, object: service, source: "" };
  report(call, info, await createObject(call, info, dry), "created", dry, dry === "client");
  // The real one parts the two objects itself as well.
  if (flags.text("output") === "yaml") session.out("---\n");
}

const isDone = (pod: any) => pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed";
const isUp = (pod: any) => pod.status?.phase === "Running" || isDone(pod);

/** Waits for the container, gives it this terminal, and sees it off: exit code, `--rm`. */
async function attachToNew(call: Call, info: Info, restart: string): Promise<number> {
  const { session, flags } = call;
  const deadlineMs = session.nowMs + flags.durationMs("pod-running-timeout");
  let code = 0;
  try {
    const pod = await waitForPod(session, info, isUp, deadlineMs);
    if (!pod) throw new CliError("timed out waiting for the condition");
    if (isDone(pod)) await printLogs(call, info);
    else code = await attachTo(call, pod, "", flags.bool("stdin"), flags.bool("tty"));
    if (restart === "Never" || restart === "OnFailure") code = await exitCodeOf(call, info, restart);
    else if (!flags.bool("rm") && !flags.bool("quiet")) {
      const options = `${flags.bool("stdin") ? " -i" : ""}${flags.bool("tty") ? " -t" : ""}`;
      session.out(
        `Session ended, resume using '${`kubectl attach ${info.name} -c ${info.object.spec.containers[0].name}${options}`}' command when the pod is running\n`,
      );
    }
  } finally {
    if (flags.bool("rm")) await removePod(call, info);
  }
  return code;
}

async function printLogs({ session }: Call, info: Info): Promise<void> {
  const text = await session.client.get(resourcePath(info.resource, info.namespace, info.name, "log"), {
    container: info.object.spec.containers[0].name,
  });
  session.out(String(text));
}

async function exitCodeOf(call: Call, info: Info, restart: string): Promise<number> {
  const { session } = call;
  const pod = await waitForPod(session, info, isDone, Number.POSITIVE_INFINITY);
  const code = pod?.status?.containerStatuses?.[0]?.state?.terminated?.exitCode ?? 0;
  if (!pod || code === 0 || restart === "OnFailure") return 0;
  if (call.flags.bool("rm")) await removePod(call, info);
  throw new PlainExit(
    `pod ${info.namespace}/${info.name} terminated (${pod.status.containerStatuses[0].state.terminated.reason ?? "Error"})`,
    code,
  );
}

async function removePod(call: Call, info: Info): Promise<void> {
  const { session } = call;
  try {
    const answer = await deleteObject(call, info, {
      gracePeriodSeconds: call.flags.int("grace-period"),
      propagationPolicy: propagationOf(call),
      force: call.flags.bool("force"),
    });
    session.out(`pod "${info.name}" deleted\n`);
    await waitUntilGone(session, info, answer?.metadata?.uid);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

export const runCommand: Command = {
  name: "run",
  use: 'run NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...]',
  short: "Run a particular image on the cluster",
  long: "Make a pod of one container and run it.",
  examples: `# A pod of nginx
kubectl run nginx --image=nginx

# With an open port and an environment
kubectl run hazelcast --image=hazelcast/hazelcast --port=5701 --env="POD_NAMESPACE=default"

# The manifest only
kubectl run nginx --image=nginx --dry-run=client -o yaml

# A shell in a pod that goes away afterwards
kubectl run -i --tty --rm busybox --image=busybox --restart=Never -- sh`,
  flags: [
    array("annotations"),
    bool("attach"),
    bool("command"),
    ...DELETE_FLAGS,
    dryRun,
    array("env"),
    bool("expose"),
    manager("kubectl-run"),
    ...FILE_FLAGS,
    text("image"),
    text("image-pull-policy"),
    text("labels", { short: "l" }),
    bool("leave-stdin-open"),
    text("override-type", { default: "merge" }),
    text("overrides"),
    duration("pod-running-timeout", { default: "1m0s" }),
    text("port"),
    ...PRINT_FLAGS,
    bool("privileged"),
    bool("quiet", { short: "q" }),
    text("restart", { default: "Always" }),
    bool("rm"),
    saveConfig,
    bool("stdin", { short: "i" }),
    bool("tty", { short: "t" }),
    int("replicas", { short: "r", default: "1", hidden: true }),
    text("generator", { hidden: true }),
  ],
  required: ["image"],
  run,
  complete: "none",
};
