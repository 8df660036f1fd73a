import type { Call, Command } from "../command";
import { CliError } from "../errors";
import { array, bool, list, text } from "../flags/spec";
import { buildKustomization } from "../kustomize/build";
import { printYaml } from "../printers/yaml";

const RESTRICTORS = ["LoadRestrictionsRootOnly", "LoadRestrictionsNone"];

async function run({ session, args, flags }: Call): Promise<number> {
  if (args.length > 1) throw new CliError("specify one path to kustomization.yaml");
  const restrictor = flags.text("load-restrictor");
  if (!RESTRICTORS.includes(restrictor))
    throw new CliError(`illegal flag value --load-restrictor ${restrictor}; legal values: [${RESTRICTORS.join(" ")}]`);
  const objects = buildKustomization(session, args[0] ?? ".", restrictor === "LoadRestrictionsNone");
  const output = objects.map(printYaml).join("---\n");
  if (flags.text("output")) session.tool.files.writeFile(session.path(flags.text("output")), output);
  else session.out(output);
  return 0;
}

export const kustomize: Command = {
  name: "kustomize",
  use: "kustomize DIR [flags]",
  short: "Build a kustomization target from a directory or URL",
  long: "Print the objects that the kustomization.yaml of a folder stands for; without a folder, that of the current one.",
  examples: `# The kustomization here
kubectl kustomize

# That of another folder
kubectl kustomize /home/config/production`,
  flags: [
    bool("as-current-user"),
    bool("enable-alpha-plugins"),
    bool("enable-helm"),
    array("env", { short: "e" }),
    array("helm-api-versions"),
    text("helm-command", { default: "helm" }),
    bool("helm-debug"),
    text("helm-kube-version"),
    text("load-restrictor", { default: "LoadRestrictionsRootOnly" }),
    list("mount"),
    bool("network"),
    text("network-name", { default: "bridge" }),
    text("output", { short: "o" }),
  ],
  run,
  complete: "none",
};
