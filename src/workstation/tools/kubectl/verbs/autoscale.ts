import type { Call, Command } from "../command";
import { CliError } from "../errors";
import { dryRun, FILE_FLAGS, manager, PRINT_FLAGS, saveConfig } from "../flags/groups";
import { int, text } from "../flags/spec";
import { build, forEachInfo } from "../resource/builder";
import type { Info } from "../resource/info";
import { createObject, dryRunOf, report, withLastApplied } from "../resource/submit";

async function run(call: Call): Promise<number> {
  const { session, flags } = call;
  const [least, most] = [flags.int("min"), flags.int("max")];
  if (most < 1) throw new CliError(`--max=MAXPODS is required and must be at least 1, max: ${most}`);
  if (most < least)
    throw new CliError(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${most}, min: ${least}`);
  const dry = dryRunOf(call);
  const built = await build(call);
  if (built.infos.length === 0 && built.errors.length === 0) throw new CliError("no objects passed to autoscale");
  await forEachInfo(built, async (info) => {
    if (!info.resource.subresources.includes("scale"))
      throw new CliError(
        `cannot autoscale a ${info.resource.kind}: could not find scale subresource for ${[info.resource.group, info.resource.version].join("/")}, Resource=${info.resource.plural} in discovery information`,
      );
    const resource = await session.discovery.forKind("autoscaling/v2", "HorizontalPodAutoscaler");
    if (!resource) throw new CliError("the server could not find the requested resource");
    const object = autoscalerFor(call, info);
    const saved = flags.bool("save-config") ? withLastApplied(object) : object;
    const target: Info = {
      resource,
      namespace: session.namespace,
      name: saved.metadata.name,
      object: saved,
      source: "",
    };
    const created = await createObject(call, target, dry);
    report(call, target, created, dry === "client" ? "created" : "autoscaled", dry, dry === "client");
  });
  return 0;
}

function autoscalerFor({ flags }: Call, { resource, name }: Info): any {
  const percent = flags.int("cpu-percent");
  return {
    kind: "HorizontalPodAutoscaler",
    apiVersion: "autoscaling/v2",
    metadata: { name: flags.text("name") || name, creationTimestamp: null },
    spec: {
      scaleTargetRef: {
        kind: resource.kind,
        name,
        apiVersion: resource.group ? `${resource.group}/${resource.version}` : resource.version,
      },
      ...(flags.int("min") > 0 && { minReplicas: flags.int("min") }),
      maxReplicas: flags.int("max"),
      ...(percent >= 0 && {
        metrics: [
          { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: percent } } },
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
  long: "Make a HorizontalPodAutoscaler that sets how many replicas a workload has.",
  examples: `# Between two and ten pods
kubectl autoscale deployment foo --min=2 --max=10

# Up to five, by their use of the CPU
kubectl autoscale rc foo --max=5 --cpu-percent=80`,
  flags: [
    int("cpu-percent", { default: "-1", usage: "Share of the requested CPU that pods shall use on average." }),
    dryRun,
    manager("kubectl-autoscale"),
    ...FILE_FLAGS,
    int("max", { default: "-1", usage: "The most pods that there may be." }),
    int("min", { default: "-1", usage: "The fewest pods that there may be; negative leaves it to the server." }),
    text("name"),
    ...PRINT_FLAGS,
    saveConfig,
  ],
  required: ["max"],
  run,
  complete: "scalable",
};
