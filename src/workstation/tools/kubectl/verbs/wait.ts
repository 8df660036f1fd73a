import type { Call, Command } from "../command";
import { CliError, isNotFound, throwCollected } from "../errors";
import { all, allNamespaces, fieldSelector, PRINT_FLAGS, selector } from "../flags/groups";
import { bool, duration, list, text } from "../flags/spec";
import { formatGo } from "../printers/go-value";
import { JsonPath, relaxedPath } from "../printers/jsonpath/evaluate";
import { build } from "../resource/builder";
import { nextChange, waitUntilGone } from "../resource/gone";
import { type Info, pathOf } from "../resource/info";
import { report } from "../resource/submit";

/** A negative timeout means a week. */
const WEEK_MS = 7 * 24 * 3_600_000;
const POLL_MS = 1000;

type Goal = { kind: "delete" } | { kind: "create" } | { kind: "object"; met(object: any): boolean };

function goalOf(text: string): Goal {
  const lower = text.toLowerCase();
  if (lower === "delete") return { kind: "delete" };
  if (lower === "create") return { kind: "create" };
  if (text.startsWith("condition=")) {
    const [name, value = "true"] = text.slice("condition=".length).split("=") as [string, string?];
    return { kind: "object", met: (object) => conditionMet(object, name, value) };
  }
  if (text.startsWith("jsonpath=")) return jsonPathGoal(text.slice("jsonpath=".length));
  throw new CliError(`unrecognized condition: ${JSON.stringify(text)}`);
}

function conditionMet(object: any, name: string, value: string): boolean {
  const condition = (object.status?.conditions ?? []).find(
    ({ type }: any) => type.toLowerCase() === name.toLowerCase(),
  );
  if (!condition) return false;
  const seen = condition.observedGeneration ?? object.status?.observedGeneration;
  if (seen !== undefined && object.metadata.generation > seen) return false;
  return String(condition.status).toLowerCase() === value.toLowerCase();
}

function jsonPathGoal(source: string): Goal {
  const FORMAT =
    "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'";
  const brace = source.lastIndexOf("}");
  const [expression, rest] =
    brace < 0
      ? [source.split("=")[0]!, source.includes("=") ? source.slice(source.indexOf("=")) : ""]
      : [source.slice(0, brace + 1), source.slice(brace + 1)];
  if (expression === "" || (rest !== "" && !rest.startsWith("="))) throw new CliError(FORMAT);
  const wanted = rest.slice(1).replace(/^(["'])(.*)\1$/, "$2");
  if (rest === "=") throw new CliError("jsonpath wait value cannot be empty");
  let path: JsonPath;
  try {
    path = new JsonPath(relaxedPath(expression));
  } catch (error) {
    throw new CliError((error as Error).message);
  }
  return {
    kind: "object",
    met(object) {
      let values: unknown[];
      try {
        values = path.find(object).flat();
      } catch {
        return false;
      }
      if (values.length === 0) return false;
      if (values.length > 1) throw new CliError("given jsonpath expression matches more than one value");
      if (rest === "") return true;
      if (typeof values[0] === "object" && values[0] !== null)
        throw new CliError("jsonpath leads to a nested object or list which is not supported");
      return formatGo(values[0]) === wanted;
    },
  };
}

async function run(call: Call): Promise<number> {
  const { session, flags } = call;
  const goal = goalOf(flags.text("for"));
  const timeout = flags.durationMs("timeout");
  const deadlineMs = session.nowMs + (timeout < 0 ? WEEK_MS : timeout);
  const infos = goal.kind === "create" ? await whenCreated(call, deadlineMs) : await found(call, goal);
  if (infos.length === 0) {
    if (goal.kind === "delete" && call.args.length > 0 && !flags.text("selector")) return 0;
    throw new CliError("no matching resources found");
  }
  const errors: Error[] = [];
  for (const info of infos) {
    try {
      if (goal.kind === "delete")
        await waitUntilGone(session, info, info.object?.metadata?.uid, Math.max(1, deadlineMs - session.nowMs));
      else if (goal.kind === "object") await waitForGoal(call, info, goal.met, deadlineMs);
      report(call, info, info.object, "condition met");
    } catch (error) {
      errors.push(error as Error);
    }
  }
  throwCollected(errors);
  return 0;
}

async function found(call: Call, goal: Goal): Promise<Info[]> {
  const built = await build(call);
  const errors = goal.kind === "delete" ? built.errors.filter((error) => !isNotFound(error)) : built.errors;
  throwCollected(errors);
  return built.infos;
}

async function whenCreated(call: Call, deadlineMs: number): Promise<Info[]> {
  for (;;) {
    const built = await build(call);
    if (built.infos.length > 0 && built.errors.length === 0) return built.infos;
    const other = built.errors.filter((error) => !isNotFound(error));
    throwCollected(other);
    if (call.session.nowMs >= deadlineMs) {
      if (built.errors.length > 0) throwCollected(built.errors);
      throw new CliError("no matching resources found");
    }
    await call.session.tool.sleep(Math.min(POLL_MS, deadlineMs - call.session.nowMs));
  }
}

async function waitForGoal(
  { session }: Call,
  info: Info,
  met: (object: any) => boolean,
  deadlineMs: number,
): Promise<void> {
  let object = await session.client.get(pathOf(info));
  while (!met(object)) {
    const event = await nextChange(session, info, object.metadata.resourceVersion, deadlineMs);
    if (event?.type === "DELETED") throw new CliError(`${info.resource.plural} ${JSON.stringify(info.name)} not found`);
    if (!event) throw new CliError(`timed out waiting for the condition on ${info.resource.plural}/${info.name}`);
    object = event.object;
  }
  info.object = object;
}

export const wait: Command = {
  name: "wait",
  use: "wait ([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]",
  short: "Experimental: Wait for a specific condition on one or many resources",
  long: "Wait until objects exist, are gone, have a condition, or a field has a value.",
  examples: `# Until a pod is ready
kubectl wait --for=condition=Ready pod/busybox1

# Until it runs
kubectl wait --for=jsonpath='{.status.phase}'=Running pod/busybox1

# Until it is gone
kubectl wait --for=delete pod/busybox1 --timeout=60s`,
  flags: [
    all,
    allNamespaces,
    fieldSelector,
    list("filename", { short: "f" }),
    bool("recursive", { short: "R", default: "true" }),
    text("for"),
    bool("local"),
    ...PRINT_FLAGS,
    selector,
    duration("timeout", { default: "30s" }),
  ],
  run,
};
