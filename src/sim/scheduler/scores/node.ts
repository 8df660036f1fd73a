import type { Pod } from "../../kinds/types";
import { type Cycle, MAX_SCORE, normaliseToMax, type ScorePlugin } from "../framework";
import { matchesTerm } from "../node-selector";
import { isTolerated, type Taint } from "../tolerations";

/** Avoids nodes whose PreferNoSchedule taints the pod does not tolerate. */
export const taintTolerationScore: ScorePlugin<true> = {
  name: "TaintToleration",
  weight: 3,
  prepare: () => true,
  score: ({ spec }, { node }) =>
    ((node.spec.taints ?? []) as Taint[]).filter(
      (taint) => taint.effect === "PreferNoSchedule" && !isTolerated(taint, spec.tolerations),
    ).length,
  normalise: (scores) => normaliseToMax(scores, true),
};

/** Sums the weights of the preferences that a node meets. */
export const nodeAffinityScore: ScorePlugin<any[]> = {
  name: "NodeAffinity",
  weight: 2,
  prepare({ spec }: Pod) {
    const preferred: any[] =
      (spec.affinity as any)?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    return preferred.length > 0 ? preferred : undefined;
  },
  score: (_pod, { node }, preferred) =>
    preferred.reduce((total, { weight, preference }) => total + (matchesTerm(preference, node) ? weight : 0), 0),
  normalise: (scores) => normaliseToMax(scores),
};

const MEBIBYTE = 1024 * 1024;
const MIN_IMAGE_BYTES = 23 * MEBIBYTE;
const MAX_IMAGE_BYTES_PER_CONTAINER = 1000 * MEBIBYTE;

/** `nginx` and `nginx:latest` are the same image on a node. */
const withTag = (image: string): string =>
  image.lastIndexOf(":") <= image.lastIndexOf("/") ? `${image}:latest` : image;

interface Images {
  names: string[];
  /** Share of nodes that have an image: one that is everywhere says more than one that is here by chance. */
  spread: Map<string, number>;
  containers: number;
}

/** Prefers nodes that have the pod's images already. */
export const imageLocality: ScorePlugin<Images> = {
  name: "ImageLocality",
  weight: 1,
  prepare({ spec }: Pod, { nodes }: Cycle) {
    const containers = [...(spec.initContainers ?? []), ...(spec.containers ?? [])];
    const names = containers.map(({ image }) => withTag(image ?? ""));
    const spread = new Map<string, number>();
    for (const name of new Set(names)) {
      const having = nodes.filter(({ node }) => imageBytes(node, name) > 0).length;
      spread.set(name, nodes.length > 0 ? having / nodes.length : 0);
    }
    return { names, spread, containers: containers.length };
  },
  score(_pod, { node }, { names, spread, containers }) {
    const bytes = names.reduce((total, name) => total + Math.floor(imageBytes(node, name) * spread.get(name)!), 0);
    const max = MAX_IMAGE_BYTES_PER_CONTAINER * containers;
    const clamped = Math.min(max, Math.max(MIN_IMAGE_BYTES, bytes));
    return Math.floor((MAX_SCORE * (clamped - MIN_IMAGE_BYTES)) / (max - MIN_IMAGE_BYTES));
  },
};

type NodeImage = { names?: string[]; sizeBytes?: number };

/** What a node's frozen list of images says by name: read once, asked for each pod and node. */
const sizes = new WeakMap<readonly NodeImage[], Map<string, number>>();

function imageBytes(node: any, name: string): number {
  const images: readonly NodeImage[] | undefined = node.status?.images;
  if (!images) return 0;
  let byName = sizes.get(images);
  if (!byName) {
    byName = new Map();
    for (const { names = [], sizeBytes = 0 } of images) for (const one of names) byName.set(withTag(one), sizeBytes);
    sizes.set(images, byName);
  }
  return byName.get(name) ?? 0;
}
