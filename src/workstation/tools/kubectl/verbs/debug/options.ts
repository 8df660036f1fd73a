import { mergeSchemaOf } from "@/sim/apiserver/patch/merge-schema";
import { applyStrategicMerge } from "@/sim/apiserver/patch/strategic";
import type { Call } from "../../command";
import { CliError } from "../../errors";
import { parseYaml } from "../../resource/yaml";
import { type Keep, profileOf, type Style } from "./profiles";

const IMAGE = /^[a-zA-Z0-9][-\w.:/@]*$/;
const PULL_POLICIES = ["Always", "IfNotPresent", "Never", ""];
/** Kubernetes draws generated names from these letters. */
const LETTERS = "bcdfghjklmnpqrstvwxz2456789";
const SUFFIX_LENGTH = 5;

/** What a command line of `kubectl debug` asks for. */
export interface DebugOptions {
  targets: string[];
  command: string[];
  images: Record<string, string>;
  env: { name: string; value: string }[];
  keep: Keep;
  attach: boolean;
  custom?: any;
}

export function readOptions(call: Call): DebugOptions {
  const { flags, args, argsBeforeDash, session } = call;
  const dash = argsBeforeDash >= 0 && args.length > argsBeforeDash;
  profileOf(flags.text("profile"));
  const custom = flags.text("custom") ? parseYaml(session.readFile(flags.text("custom"))) : undefined;
  return {
    targets: dash ? args.slice(0, argsBeforeDash) : args,
    command: dash ? args.slice(argsBeforeDash) : [],
    images: pairs(call, "set-image"),
    env: Object.entries(pairs(call, "env")).map(([name, value]) => ({ name, value })),
    keep: {
      labels: flags.bool("keep-labels"),
      annotations: flags.bool("keep-annotations"),
      livenessProbe: flags.bool("keep-liveness"),
      readinessProbe: flags.bool("keep-readiness"),
      startupProbe: flags.bool("keep-startup"),
      initContainers: flags.bool("keep-init-containers"),
    },
    attach: flags.changed("attach") ? flags.bool("attach") : flags.bool("stdin"),
    ...(custom !== undefined && { custom }),
  };
}

function pairs({ flags }: Call, name: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const pair of flags.list(name)) {
    const equals = pair.indexOf("=");
    if (equals < 0)
      throw new CliError(
        `invalid argument ${JSON.stringify(pair)} for "--${name}" flag: ${pair} must be formatted as key=value\nSee 'kubectl debug --help' for usage.`,
      );
    found[pair.slice(0, equals)] = pair.slice(equals + 1);
  }
  return found;
}

/** Flags that exclude or need each other, in the order in which the real one looks at them. */
export function checkOptions(call: Call, options: DebugOptions): void {
  const { flags, session } = call;
  const [image, container, copyTo] = [flags.text("image"), flags.text("container"), flags.text("copy-to")];
  const setsImages = Object.keys(options.images).length > 0;
  if (options.attach && flags.changed("attach") && !image && !container)
    throw new CliError("you must specify --container or create a new container using --image in order to attach.");
  if (copyTo) {
    if (!image && !setsImages && options.command.length === 0)
      throw new CliError("you must specify --image, --set-image or command arguments.");
    if (options.command.length > 0 && !container && !image)
      throw new CliError("you must specify an existing container or a new image when specifying args.");
  } else {
    if (flags.bool("replace")) throw new CliError("--replace may only be used with --copy-to.");
    if (flags.bool("same-node")) throw new CliError("--same-node may only be used with --copy-to.");
    if (setsImages) throw new CliError("--set-image may only be used with --copy-to.");
    if (!image) throw new CliError("you must specify --image when not using --copy-to.");
  }
  if (image && !IMAGE.test(image))
    throw new CliError(`invalid image name ${JSON.stringify(image)}: invalid reference format`);
  if (options.targets.length === 0 && flags.list("filename").length === 0)
    throw new CliError("NAME or filename is required for debug");
  if (!PULL_POLICIES.includes(flags.text("image-pull-policy")))
    throw new CliError(`invalid image pull policy: ${flags.text("image-pull-policy")}`);
  for (const [name, other] of Object.entries(options.images))
    if (!IMAGE.test(other))
      throw new CliError(
        `invalid image name ${JSON.stringify(other)} for container ${JSON.stringify(name)}: invalid reference format`,
      );
  if (flags.text("target")) {
    if (copyTo) throw new CliError("--target is incompatible with --copy-to. Use --share-processes instead.");
    if (!flags.bool("quiet"))
      session.out(
        `Targeting container ${JSON.stringify(flags.text("target"))}. If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`,
      );
  }
  if (flags.bool("tty") && !flags.bool("stdin"))
    throw new CliError("-i/--stdin is required for containers with -t/--tty=true");
  const { custom } = options;
  if (
    custom &&
    (custom.name || custom.command?.length || custom.image || custom.lifecycle || custom.volumeDevices?.length)
  )
    throw new CliError("name, command, image, lifecycle and volume devices are not modifiable via custom profile");
  if (flags.text("profile") === "legacy")
    session.err(
      `--profile=legacy is deprecated and will be removed in the future. It is recommended to explicitly specify a profile, for example "--profile=general".\n`,
    );
}

/** Five letters behind a generated name. */
export const suffix = ({ session }: Call): string =>
  Array.from({ length: SUFFIX_LENGTH }, () => LETTERS[Math.floor(session.tool.random() * LETTERS.length)]).join("");

/** The name of the debugging container: the one asked for, or a free one. */
export function containerName(call: Call, pod: any): string {
  const { flags, session } = call;
  if (flags.text("container")) return flags.text("container");
  const taken = containersOf(pod).map(({ name }) => name);
  let name = "";
  while (name === "" || taken.includes(name)) name = `debugger-${suffix(call)}`;
  if (!flags.bool("quiet")) session.out(`Defaulting debug container name to ${name}.\n`);
  return name;
}

export const containersOf = (pod: any): any[] => [
  ...(pod.spec.containers ?? []),
  ...(pod.spec.initContainers ?? []),
  ...(pod.spec.ephemeralContainers ?? []),
];

/** Lays profile and custom profile on a container that stands in the pod. */
export function dress(call: Call, options: DebugOptions, pod: any, container: any, style: Style): void {
  profileOf(call.flags.text("profile"))(pod, container, style, options.keep);
  if (!options.custom) return;
  const schema = mergeSchemaOf("Pod").spec?.fields?.containers?.fields ?? {};
  Object.assign(container, applyStrategicMerge(container, options.custom, schema));
}
