import { base64Encode } from "@/posix/files/bytes";
import { basename, joinPath } from "@/posix/files/path";
import { CliError } from "../errors";
import type { Session } from "../session";
import { isBinary } from "../verbs/create/sources";
import type { GeneratorArgs, Kustomization } from "./kustomization";
import type { Built } from "./resource";

/** ConfigMaps and Secrets from files, literals and env files: new ones, or laid over those of a base. */
export function generate(session: Session, folder: string, file: Kustomization, resources: Built[]): void {
  for (const [kind, list] of [
    ["ConfigMap", file.configMapGenerator],
    ["Secret", file.secretGenerator],
  ] as const)
    for (const args of list ?? []) place(resources, makeOne(session, folder, file, kind, args), args);
}

function makeOne(session: Session, folder: string, file: Kustomization, kind: string, args: GeneratorArgs): Built {
  const shared = file.generatorOptions ?? {};
  const own = args.options ?? {};
  const labels = { ...shared.labels, ...own.labels };
  const annotations = { ...shared.annotations, ...own.annotations };
  const data: Record<string, string> = {};
  const binaryData: Record<string, string> = {};
  for (const [key, value] of sources(session, folder, args)) {
    if (key in data || key in binaryData)
      throw new CliError(
        `configmap ${args.name} illegally repeats the key \`${key}\``.replace(
          "configmap",
          kind === "Secret" ? "secret" : "configmap",
        ),
      );
    if (kind === "Secret") data[key] = base64Encode(value);
    else if (isBinary(value)) binaryData[key] = base64Encode(value);
    else data[key] = value;
  }
  const immutable = own.immutable ?? shared.immutable;
  return {
    earlierNames: [],
    hashed: !(own.disableNameSuffixHash ?? shared.disableNameSuffixHash ?? false),
    object: {
      apiVersion: "v1",
      kind,
      metadata: {
        name: args.name,
        ...(args.namespace && { namespace: args.namespace }),
        ...(Object.keys(labels).length > 0 && { labels }),
        ...(Object.keys(annotations).length > 0 && { annotations }),
      },
      ...(Object.keys(data).length > 0 && { data }),
      ...(Object.keys(binaryData).length > 0 && { binaryData }),
      ...(kind === "Secret" && { type: args.type ?? "Opaque" }),
      ...(immutable && { immutable }),
    },
  };
}

/** The real one prints where its generator stands in memory. */
const GENERATOR = "0xc000ace270";

const goList = (values: readonly string[]) => `[${values.join(" ")}]`;

const goId = ({ kind, metadata }: any) =>
  `id resid.ResId{Gvk:resid.Gvk{Group:"", Version:"v1", Kind:"${kind}", isClusterScoped:false}, Name:"${metadata.name}", Namespace:"${metadata.namespace ?? ""}"}`;

function place(resources: Built[], made: Built, { behavior = "create", name }: GeneratorArgs): void {
  const old = resources.find(
    ({ object, earlierNames }) =>
      object.kind === made.object.kind && (object.metadata.name === name || earlierNames.includes(name)),
  );
  if (behavior === "create") {
    if (old)
      throw new CliError(
        `merging from generator &{${GENERATOR} <nil>}: ${goId(made.object)} exists; behavior must be merge or replace`,
      );
    resources.push(made);
    return;
  }
  if (!old)
    throw new CliError(
      `merging from generator &{${GENERATOR} <nil>}: ${goId(made.object)} does not exist; cannot merge or replace`,
    );
  const metadata = {
    ...old.object.metadata,
    ...(made.object.metadata.labels && { labels: { ...old.object.metadata.labels, ...made.object.metadata.labels } }),
    ...(made.object.metadata.annotations && {
      annotations: { ...old.object.metadata.annotations, ...made.object.metadata.annotations },
    }),
  };
  old.hashed ||= made.hashed!;
  if (behavior === "replace") old.object = { ...made.object, metadata };
  else {
    const merged = { ...old.object, metadata };
    for (const field of ["data", "binaryData"])
      if (made.object[field]) merged[field] = { ...old.object[field], ...made.object[field] };
    old.object = merged;
  }
}

function* sources(session: Session, folder: string, args: GeneratorArgs): Generator<[string, string]> {
  for (const path of [...(args.envs ?? []), ...(args.env ? [args.env] : [])]) {
    for (const line of readSource(session, folder, path, "env").split("\n")) {
      const text = line.replace(/^\s+/, "").replace(/\r$/, "");
      if (text === "" || text.startsWith("#")) continue;
      const equals = text.indexOf("=");
      yield equals < 0 ? [text, session.tool.env[text] ?? ""] : [text.slice(0, equals), text.slice(equals + 1)];
    }
  }
  for (const literal of args.literals ?? []) {
    const equals = literal.indexOf("=");
    if (equals <= 0)
      throw new CliError(
        `loading KV pairs: literal sources ${goList(args.literals ?? [])}: invalid literal source ${literal}, expected key=value`,
      );
    yield [literal.slice(0, equals), literal.slice(equals + 1).replace(/^(["'])(.*)\1$/s, "$2")];
  }
  for (const source of args.files ?? []) {
    const equals = source.indexOf("=");
    const path = source.slice(equals + 1);
    yield [equals < 0 ? basename(path) : source.slice(0, equals), readSource(session, folder, path, "file")];
  }
}

function readSource(session: Session, folder: string, path: string, what: string): string {
  const full = joinPath(folder, path);
  if (session.tool.files.stat(full)?.type !== "file")
    throw new CliError(
      `loading KV pairs: ${what} sources: [${path}]: evalsymlink failure on '${full}' : lstat ${full}: no such file or directory`,
    );
  return session.tool.files.readFile(full);
}
