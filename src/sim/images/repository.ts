import type { Image } from "./image";

/** What tags of one repository may say of themselves; the rest comes from `shared`, then from defaults. */
export type ImagePart = Partial<Omit<Image, "repository" | "tag" | "digest">>;

/** A repository as data. */
export interface ImageRepository {
  /** Full names; the first is its own, others are mirrors of it (`k8s.gcr.io`). */
  names: string[];
  shared: ImagePart;
  /** What differs by tag; a string is another name of that tag, with the same digest. */
  tags: Record<string, ImagePart | string>;
}

export const MiB = 1_048_576;
export const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
