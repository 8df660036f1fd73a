import type { Call, Command } from "../command";
import { CliError, isConflict } from "../errors";
import { all, dryRun, FILE_FLAGS, PRINT_FLAGS, selector } from "../flags/groups";
import { duration, int, text } from "../flags/spec";
import { build, forEachInfo } from "../resource/builder";
import { nextChange } from "../resource/gone";
import { type Info, pathOf } from "../resource/info";
import { dryRunOf, report } from "../resource/submit";

async function run(call: Call): Promise<number> {
  const { session, flags } = call;
  if (flags.int("replicas") < 0)
    throw new CliError("The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0");
  if (flags.changed("current-replicas") && flags.int("current-replicas") < -1)
    throw new CliError("The --current-replicas must specify an integer of -1 or greater");
  const dry = dryRunOf(call);
  const built = await build(call);
  if (built.infos.length === 0) {
    const [first] = built.errors;
    throw new CliError(`no objects passed to scale${first ? ` ${first.message}` : ""}`);
  }
  const deadlineMs = session.nowMs + flags.durationMs("timeout");
  await forEachInfo(built, async (info) => {
    const object = dry === "client" ? info.object : await scaleOne(call, info, dry === "server");
    report(call, info, object, "scaled", dry);
    if (flags.durationMs("timeout") > 0 && dry === "none") await waitForScale(call, info, deadlineMs);
  });
  return 0;
}

async function scaleOne(call: Call, info: Info, dryRunOnServer: boolean): Promise<any> {
  const { session, flags } = call;
  const replicas = flags.int("replicas");
  const path = pathOf(info, "scale");
  const query: Record<string, string> = dryRunOnServer ? { dryRun: "All" } : {};
  const expected = flags.int("current-replicas");
  const version = flags.text("resource-version");
  if (expected < 0 && !version) {
    return session.client.request("PATCH", path, {
      headers: { "content-type": "application/merge-patch+json" },
      query,
      body: { spec: { replicas } },
    });
  }
  const scale = await session.client.get(path);
  const current = scale.spec?.replicas ?? 0;
  if (expected >= 0 && current !== expected) throw new CliError(`Expected replicas to be ${expected}, was ${current}`);
  if (version && scale.metadata.resourceVersion !== version)
    throw new CliError(`Expected resource version to be ${version}, was ${scale.metadata.resourceVersion}`);
  try {
    return await session.client.request("PUT", path, { query, body: { ...scale, spec: { ...scale.spec, replicas } } });
  } catch (error) {
    if (isConflict(error))
      throw new CliError(
        `Scaling the resource failed with: ${error.message}; Current resource version ${scale.metadata.resourceVersion}`,
      );
    throw error;
  }
}

async function waitForScale({ session, flags }: Call, info: Info, deadlineMs: number): Promise<void> {
  for (;;) {
    const scale = await session.client.get(pathOf(info, "scale"));
    if (scale.spec?.replicas === flags.int("replicas") && scale.status?.replicas === scale.spec.replicas) return;
    await nextChange(session, info, scale.metadata.resourceVersion, deadlineMs);
    if (session.nowMs >= deadlineMs)
      throw new CliError(`timed out waiting for ${JSON.stringify(info.name)} to be synced`);
  }
}

export const scale: Command = {
  name: "scale",
  use: "scale [--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)",
  short: "Set a new size for a deployment, replica set, or replication controller",
  long: "Set how many replicas a Deployment, ReplicaSet, ReplicationController or StatefulSet wants; with --current-replicas only where it has that many now.",
  examples: `# Three replicas
kubectl scale --replicas=3 rs/foo

# Only from two to three
kubectl scale --current-replicas=2 --replicas=3 deployment/mysql`,
  flags: [
    all,
    int("current-replicas", { default: "-1" }),
    dryRun,
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    int("replicas"),
    text("resource-version"),
    selector,
    duration("timeout"),
  ],
  required: ["replicas"],
  run,
  complete: "scalable",
};
