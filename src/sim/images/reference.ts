/** Image references as containerd normalises them (distribution/reference: the grammar of `docker pull`). */

const DEFAULT_REGISTRY = "docker.io";
const DEFAULT_TAG = "latest";
/** More than this many characters in a repository name is an invalid reference. */
const REPOSITORY_LENGTH_LIMIT = 255;

const DOMAIN_PART = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const DOMAIN = new RegExp(`^${DOMAIN_PART}(?:\\.${DOMAIN_PART})*(?::[0-9]+)?$`);
const PATH_PART = "[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*";
const PATH = new RegExp(`^${PATH_PART}(?:/${PATH_PART})*$`);
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const IDENTIFIER = /^[a-f0-9]{64}$/;

/** A whole reference as it stands, before anything is added to it: `[domain/]path[:tag][@digest]`. */
const WHOLE = new RegExp(
  `^(?:${DOMAIN.source.slice(1, -1)}/)?${PATH.source.slice(1, -1)}(?::${TAG.source.slice(1, -1)})?(?:@${DIGEST.source.slice(1, -1)})?$`,
);

/** Whether kubectl takes a text for an image: the grammar alone, before anything is added to it. */
export const isReference = (text: string): boolean => WHOLE.test(text);

export interface ImageReference {
  /** `docker.io` */
  registry: string;
  /** With registry: `docker.io/library/nginx`. */
  repository: string;
  /** Absent where only a digest was given. */
  tag?: string;
  digest?: string;
}

/** A reference that cannot be parsed: the kubelet reports it as InvalidImageName. */
export class InvalidImageName extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InvalidImageName";
  }
}

/** Parses `nginx`, `nginx:1.25`, `gcr.io/kuar-demo/kuard-amd64@sha256:…`; throws `InvalidImageName` with the real wording. */
export function parseImageReference(text: string): ImageReference {
  if (IDENTIFIER.test(text)) {
    throw new InvalidImageName(`invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`);
  }
  const { domain, remainder } = splitDomain(text);
  const at = remainder.indexOf("@");
  const digest = at >= 0 ? remainder.slice(at + 1) : undefined;
  const named = at >= 0 ? remainder.slice(0, at) : remainder;
  const colon = named.lastIndexOf(":");
  const path = colon >= 0 ? named.slice(0, colon) : named;
  const tag = colon >= 0 ? named.slice(colon + 1) : undefined;
  if (path.toLowerCase() !== path) {
    throw new InvalidImageName(`invalid reference format: repository name (${path}) must be lowercase`);
  }
  const valid =
    DOMAIN.test(domain) &&
    PATH.test(path) &&
    (tag === undefined || TAG.test(tag)) &&
    (digest === undefined || DIGEST.test(digest));
  if (!valid) throw new InvalidImageName("invalid reference format");
  const repository = `${domain}/${path}`;
  if (repository.length > REPOSITORY_LENGTH_LIMIT) {
    throw new InvalidImageName(`repository name must not be more than ${REPOSITORY_LENGTH_LIMIT} characters`);
  }
  return {
    registry: domain,
    repository,
    ...(tag !== undefined && { tag }),
    ...(tag === undefined && digest === undefined && { tag: DEFAULT_TAG }),
    ...(digest !== undefined && { digest }),
  };
}

/** The reference in full: `docker.io/library/nginx:latest`. */
export function formatImageReference(reference: ImageReference): string {
  const tag = reference.tag === undefined ? "" : `:${reference.tag}`;
  const digest = reference.digest === undefined ? "" : `@${reference.digest}`;
  return `${reference.repository}${tag}${digest}`;
}

/** The first part names a registry only where it looks like a host: with a dot, a port, an upper-case letter, or `localhost`. */
function splitDomain(text: string): { domain: string; remainder: string } {
  const slash = text.indexOf("/");
  const first = slash < 0 ? "" : text.slice(0, slash);
  const isHost = /[.:]/.test(first) || first === "localhost" || first.toLowerCase() !== first;
  let domain = slash < 0 || !isHost ? DEFAULT_REGISTRY : first;
  let remainder = slash < 0 || !isHost ? text : text.slice(slash + 1);
  if (domain === "index.docker.io") domain = DEFAULT_REGISTRY;
  if (domain === DEFAULT_REGISTRY && !remainder.includes("/")) remainder = `library/${remainder}`;
  return { domain, remainder };
}
