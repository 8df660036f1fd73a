import { base64Encode } from "@/posix/files/bytes";
import type { Call } from "../../command";
import { CliError } from "../../errors";
import { bool, list, text } from "../../flags/spec";
import { type Generator, metadata } from "./generator";
import { hashSuffix } from "./hash";
import { checkKeyPair } from "./key-pair";
import { encoded, fileEntries, isBinary, readSources, SOURCE_FLAGS } from "./sources";

const appendHash = bool("append-hash");

export const configMap: Generator = {
  name: "configmap",
  aliases: ["cm"],
  use: "configmap NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]",
  short: "Create a config map from a local file, directory or literal value",
  examples: `# Every file of a folder becomes a key
kubectl create configmap my-config --from-file=path/to/bar

# A literal value
kubectl create configmap my-config --from-literal=key1=config1`,
  flags: [appendHash, ...SOURCE_FLAGS],
  failure: () => "failed to create configmap:",
  generate(call, name) {
    const entries = [...readSources(call, "ConfigMap", name)];
    const texts = entries.filter(([, value]) => !isBinary(value));
    const binaries = entries
      .filter(([, value]) => isBinary(value))
      .map(([key, value]) => [key, base64Encode(value)] as const);
    const object = {
      kind: "ConfigMap",
      apiVersion: "v1",
      metadata: metadata(name),
      ...(texts.length > 0 && { data: Object.fromEntries(texts) }),
      ...(binaries.length > 0 && { binaryData: Object.fromEntries(binaries) }),
    };
    return call.flags.bool("append-hash") ? hashSuffix(object) : object;
  },
};

const secret = (call: Call, name: string, data: Record<string, string>, type?: string) => {
  const object = {
    kind: "Secret",
    apiVersion: "v1",
    metadata: metadata(name),
    ...(Object.keys(data).length > 0 && { data }),
    ...(type && { type }),
  };
  return call.flags.bool("append-hash") ? hashSuffix(object) : object;
};

export const genericSecret: Generator = {
  name: "generic",
  use: "generic NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]",
  short: "Create a secret from a local file, directory, or literal value",
  examples: `# Every file of a folder becomes a key
kubectl create secret generic my-secret --from-file=path/to/bar

# Literal values
kubectl create secret generic my-secret --from-literal=key1=supersecret`,
  flags: [appendHash, ...SOURCE_FLAGS, text("type")],
  failure: () => "failed to create secret",
  generate: (call, name) => secret(call, name, encoded(readSources(call, "Secret", name)), call.flags.text("type")),
};

export const tlsSecret: Generator = {
  name: "tls",
  use: "tls NAME --cert=path/to/cert/file --key=path/to/key/file [--dry-run=server|client|none]",
  short: "Create a TLS secret",
  examples: `# From a key pair that belongs together
kubectl create secret tls tls-secret --cert=path/to/tls.crt --key=path/to/tls.key`,
  flags: [appendHash, text("cert"), text("key")],
  failure: () => "failed to create secret",
  generate(call, name) {
    const { flags, session } = call;
    if (!flags.text("cert") || !flags.text("key")) throw new CliError("key and cert must be specified");
    const read = (name: string) => {
      try {
        return session.readFile(name);
      } catch (error) {
        throw new CliError(`Cannot read file ${name}, ${(error as Error).message}`);
      }
    };
    const certificate = read(flags.text("cert"));
    const key = read(flags.text("key"));
    checkKeyPair(certificate, key);
    return secret(
      call,
      name,
      { "tls.crt": base64Encode(certificate), "tls.key": base64Encode(key) },
      "kubernetes.io/tls",
    );
  },
};

export const dockerRegistrySecret: Generator = {
  name: "docker-registry",
  use: "docker-registry NAME --docker-username=user --docker-password=password --docker-email=email [--docker-server=string] [--from-file=[key=]source] [--dry-run=server|client|none]",
  short: "Create a secret for use with a Docker registry",
  examples: `# From a user name and a password
kubectl create secret docker-registry my-secret --docker-server=registry.example.com --docker-username=me --docker-password=secret`,
  flags: [
    appendHash,
    text("docker-email"),
    text("docker-password"),
    text("docker-server", { default: "https://index.docker.io/v1/" }),
    text("docker-username"),
    list("from-file"),
  ],
  failure: () => "failed to create secret",
  generate(call, name) {
    const { flags } = call;
    const files = flags.list("from-file").flatMap((source) => fileEntries(call, source));
    if (files.length > 0)
      return secret(call, name, { ".dockerconfigjson": base64Encode(files[0]![1]) }, "kubernetes.io/dockerconfigjson");
    const [username, password, email] = [
      flags.text("docker-username"),
      flags.text("docker-password"),
      flags.text("docker-email"),
    ];
    if (!username || !password)
      throw new CliError(
        "either --from-file or the combination of --docker-username, --docker-password and --docker-server is required",
      );
    const login = { username, password, ...(email && { email }), auth: base64Encode(`${username}:${password}`) };
    const config = JSON.stringify({ auths: { [flags.text("docker-server")]: login } });
    return secret(call, name, { ".dockerconfigjson": base64Encode(config) }, "kubernetes.io/dockerconfigjson");
  },
};
