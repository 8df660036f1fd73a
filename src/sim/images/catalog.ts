import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { deepFreeze } from "../kernel/freeze";
import { repositories } from "./data";
import type { Image } from "./image";
import { type ImageReference, parseImageReference } from "./reference";
import { DEFAULT_PATH, type ImagePart, type ImageRepository, MiB } from "./repository";

const byName = new Map<string, ImageRepository>();
for (const repository of repositories) for (const name of repository.names) byName.set(name, repository);

const expanded = new Map<string, Image>();

/**
 * The image that a reference names, or undefined where no registry has it (`pull-error.ts` says how that reads).
 * Throws `InvalidImageName` for a reference that cannot be parsed.
 */
export function findImage(reference: string | ImageReference): Image | undefined {
  const parsed = typeof reference === "string" ? parseImageReference(reference) : reference;
  const repository = byName.get(parsed.repository);
  if (!repository) return undefined;
  if (parsed.digest === undefined) return image(repository, parsed.repository, parsed.tag!);
  for (const tag of Object.keys(repository.tags)) {
    const candidate = image(repository, parsed.repository, tag);
    if (candidate?.digest === parsed.digest) return candidate;
  }
  return undefined;
}

export function repositoryExists(reference: ImageReference): boolean {
  return byName.has(reference.repository);
}

/** The tags of a repository, as `docker search` and completion list them. */
export function tagsOf(repositoryName: string): string[] {
  return Object.keys(byName.get(repositoryName)?.tags ?? {});
}

/** All repositories by their own name. */
export function repositoryNames(): string[] {
  return repositories.map((repository) => repository.names[0]!);
}

function image(repository: ImageRepository, name: string, tag: string): Image | undefined {
  const key = `${name}:${tag}`;
  const known = expanded.get(key);
  if (known) return known;
  const target = resolveTag(repository, tag);
  if (target === undefined) return undefined;
  const made = deepFreeze(expand(repository, name, tag, target));
  expanded.set(key, made);
  return made;
}

/** Follows `latest` -> `1.27` -> `1.27.5`. */
function resolveTag(repository: ImageRepository, tag: string): string | undefined {
  let current = tag;
  for (let step = 0; step <= Object.keys(repository.tags).length; step++) {
    if (!Object.hasOwn(repository.tags, current)) return undefined;
    const part = repository.tags[current]!;
    if (typeof part !== "string") return current;
    current = part;
  }
  throw new Error(`image tags of ${repository.names[0]} go in circles at ${tag}`);
}

function expand(repository: ImageRepository, name: string, tag: string, target: string): Image {
  const { shared } = repository;
  const own = repository.tags[target] as ImagePart;
  return {
    repository: name,
    tag,
    digest: `sha256:${bytesToHex(sha256(utf8ToBytes(`${repository.names[0]}:${target}`)))}`,
    sizeBytes: 20 * MiB,
    entrypoint: [],
    cmd: [],
    workingDirectory: "/",
    user: { uid: 0, gid: 0 },
    exposedPorts: [],
    userland: "none",
    ...shared,
    ...own,
    env: { PATH: DEFAULT_PATH, ...shared.env, ...own.env },
    files: { ...shared.files, ...own.files },
    links: { ...shared.links, ...own.links },
    programs: { ...shared.programs, ...own.programs },
  };
}
