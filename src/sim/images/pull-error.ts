import { formatImageReference, type ImageReference } from "./reference";

/** Registries that answer at all; any other host is not found in the DNS. */
const REACHABLE_REGISTRIES = new Set([
  "docker.io",
  "gcr.io",
  "ghcr.io",
  "k8s.gcr.io",
  "mcr.microsoft.com",
  "public.ecr.aws",
  "quay.io",
  "registry.k8s.io",
]);

export interface PullError {
  /** The gRPC code with which containerd answers the kubelet. */
  code: "NotFound" | "Unknown";
  /** containerd's own words. */
  description: string;
  /** As the kubelet prints it, in the container's status and after `Failed to pull image "…": `. */
  message: string;
}

/**
 * Why an image that the catalogue does not have cannot be pulled, in containerd's words: Docker Hub tells nobody whether
 * a repository is private or absent, a missing tag is `not found`, an unknown registry has no address.
 */
export function pullError(reference: ImageReference, repositoryExists: boolean): PullError {
  const full = formatImageReference(reference);
  const { registry } = reference;
  let code: PullError["code"] = "NotFound";
  let cause = `${full}: not found`;
  if (!REACHABLE_REGISTRIES.has(registry)) {
    code = "Unknown";
    const host = registry.replace(/:\d+$/, "");
    const path = reference.repository.slice(registry.length + 1);
    const url = `https://${registry}/v2/${path}/manifests/${reference.digest ?? reference.tag}`;
    cause = `failed to do request: Head "${url}": dial tcp: lookup ${host}: no such host`;
  } else if (!repositoryExists && registry === "docker.io") {
    code = "Unknown";
    cause =
      "pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed";
  }
  const description = `failed to pull and unpack image "${full}": failed to resolve reference "${full}": ${cause}`;
  return { code, description, message: `rpc error: code = ${code} desc = ${description}` };
}
