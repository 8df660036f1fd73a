import type { Call } from "../../command";
import { CliError } from "../../errors";
import { text } from "../../flags/spec";
import { resolveTargets } from "../../resource/arguments";
import { fetchInfo } from "../../resource/info";
import { commandOf, type Generator, metadata } from "./generator";

const podTemplate = (name: string, image: string, command: string[], restartPolicy: string) => ({
  metadata: { creationTimestamp: null },
  spec: { containers: [{ name, image, ...(command.length > 0 && { command }), resources: {} }], restartPolicy },
});

export const job: Generator = {
  name: "job",
  use: "job NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]",
  short: "Create a job with the specified name",
  examples: `# One run of a command
kubectl create job my-job --image=busybox -- date

# One run of a cron job, now
kubectl create job test-job --from=cronjob/a-cronjob`,
  flags: [
    text("from", { usage: "The cron job whose job is to be run, as cronjob/NAME." }),
    text("image", { usage: "Image of the container." }),
  ],
  failure: () => "failed to create job:",
  async generate(call, name) {
    const { flags } = call;
    const [image, from, command] = [flags.text("image"), flags.text("from"), commandOf(call)];
    if (!image === !from) throw new CliError("either --image or --from must be specified");
    if (command.length > 0 && from) throw new CliError("cannot specify --from and command");
    if (from) return fromCronJob(await cronJobOf(call, from), name);
    return {
      kind: "Job",
      apiVersion: "batch/v1",
      metadata: metadata(name),
      spec: { template: podTemplate(name, image, command, "Never") },
      status: {},
    };
  },
};

async function cronJobOf({ session }: Call, from: string): Promise<any> {
  const [target] = await resolveTargets(session, [from]);
  if (!target?.name) throw new CliError("from must be an existing cronjob");
  const { resource, name } = target;
  const namespace = resource.namespaced ? session.namespace : undefined;
  const { object } = await fetchInfo(session, { resource, namespace, name, source: "" });
  if (resource.kind !== "CronJob")
    throw new CliError(`unknown object type *${resource.version ?? "v1"}.${resource.kind}`);
  return object;
}

/** A job of the cron job that somebody has started by hand, in the order of Go's fields. */
function fromCronJob({ metadata: owner, spec }: any, name: string): any {
  const { metadata: template = {}, spec: jobSpec } = spec.jobTemplate;
  const pods = jobSpec.template;
  return {
    kind: "Job",
    apiVersion: "batch/v1",
    metadata: {
      ...metadata(name, template.labels),
      annotations: { "cronjob.kubernetes.io/instantiate": "manual", ...template.annotations },
      ownerReferences: [
        { apiVersion: "batch/v1", kind: "CronJob", name: owner.name, uid: owner.uid, controller: true },
      ],
    },
    spec: {
      ...jobSpec,
      template: { ...pods, metadata: { creationTimestamp: null, ...pods.metadata } },
    },
    status: {},
  };
}

export const cronJob: Generator = {
  name: "cronjob",
  aliases: ["cj"],
  use: "cronjob NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...] [flags]",
  short: "Create a cron job with the specified name",
  examples: `# A command each minute
kubectl create cronjob my-job --image=busybox --schedule="*/1 * * * *" -- date`,
  flags: [text("image"), text("restart"), text("schedule")],
  required: ["image", "schedule"],
  failure: () => "failed to create cronjob:",
  generate(call, name) {
    const { flags } = call;
    return {
      kind: "CronJob",
      apiVersion: "batch/v1",
      metadata: metadata(name),
      spec: {
        schedule: flags.text("schedule"),
        jobTemplate: {
          metadata: { name, creationTimestamp: null },
          spec: {
            template: podTemplate(name, flags.text("image"), commandOf(call), flags.text("restart") || "OnFailure"),
          },
        },
      },
      status: {},
    };
  },
};
