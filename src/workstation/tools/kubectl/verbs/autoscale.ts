import { groupVersionOf } from "../api/discovery";
import type { Call, Command } from "../command";
import { CliError } from "../errors";
import { dryRun, FILE_FLAGS, manager, PRINT_FLAGS, saveConfig } from "../flags/groups";
import { int, text } from "../flags/spec";
import { build, forEachInfo } from "../resource/builder";
import type { Info } from "../resource/info";
import { createObject, dryRunOf, report, withLastApplied } from "../resource/submit";

async function run(call: Call): Promise<number> {
  const { session, flags } = call;
  const [min, max] = [flags.int("min"), flags.int("max")];
  const dry = dryRunOf(call);
  if (max < 1) throw new CliError(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
  if (max < min) throw new CliError(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`);
  const built = await build(call);
  await forEachInfo(built, async (info) => {
    const { resource } = info;
    if (!resource.subresources.includes("scale"))
      throw new CliError(
        `cannot autoscale a ${resource.kind}: could not find scale subresource for ${info.resource.group}/${info.resource.version}, Resource=${resource.plural} in discovery information`,
      );
    const object = autoscalerFor(call, info);
    const autoscalers = (await session.discovery.forKind("autoscaling/v2", "HorizontalPodAutoscaler"))!;
    const target: Info = {
      resource: autoscalers,
      namespace: session.namespace,
      name: object.metadata.name,
      object: dry !== "client" && flags.bool("save-config") ? withLastApplied(object) : object,
      source: "",
    };
    if (dry === "client") report(call, target, target.object, "created", dry, true);
    else report(call, target, await createObject(call, target, dry), "autoscaled", dry);
  });
  if (built.infos.length === 0 && built.errors.length === 0) throw new CliError("no objects passed to autoscale");
  return 0;
}

/** In the order of Go's fields; the server's namespace is that of the request. */
function autoscalerFor({ flags }: Call, info: Info): any {
  const [min, cpu] = [flags.int("min"), flags.int("cpu-percent")];
  return {
    kind: "HorizontalPodAutoscaler",
    apiVersion: "autoscaling/v2",
    metadata: { name: flags.text("name") || info.name, creationTimestamp: null },
    spec: {
      scaleTargetRef: { kind: info.resource.kind, name: info.name, apiVersion: groupVersionOf(info.resource) },
      ...(min > 0 && { minReplicas: min }),
      maxReplicas: flags.int("max"),
      ...(cpu >= 0 && {
        metrics: [
          { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: cpu } } },
        ],
      }),
    },
    status: { desiredReplicas: 0, currentMetrics: null },
  };
}

export const autoscale: Command = {
  name: "autoscale",
  use: "autoscale (-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu-percent=CPU]",
  short: "Auto-scale a deployment, replica set, stateful set, or replication controller",
  long: "Make an autoscaler that sets how many pods a Deployment, ReplicaSet, StatefulSet or ReplicationController has, by the load on them.",
  examples: `# Between two and ten pods, as the server's default has it
kubectl autoscale deployment foo --min=2 --max=10

# At most five, around 80% of the CPU that they request
kubectl autoscale rc foo --max=5 --cpu-percent=80`,
  flags: [
    int("cpu-percent", { default: "-1", usage: "Share of the requested CPU to aim at, in percent." }),
    dryRun,
    manager("kubectl-autoscale"),
    ...FILE_FLAGS,
    int("max", { default: "-1", usage: "Most pods that the autoscaler may ask for." }),
    int("min", { default: "-1", usage: "Fewest pods that the autoscaler may ask for." }),
    text("name", { usage: "Name of the autoscaler; without it, that of what it scales." }),
    ...PRINT_FLAGS,
    saveConfig,
  ],
  required: ["max"],
  run,
  complete: "scalable",
};
