import type { Sim } from "../component";
import { findImage, repositoryExists } from "../images/catalog";
import { pullError } from "../images/pull-error";
import { formatImageReference, InvalidImageName, parseImageReference } from "../images/reference";
import { MANIFEST_CHECK_MS, PULL_BYTES_PER_MS, PULL_FAILURE_MS, QUEUED_CHECK_MS } from "./timing";

const images = (sim: Sim) => sim.kernel.table<number>("kubelet.images");
const keyOf = (node: string, image: string) => `${node} ${image}`;

/** The image in full, or why its name cannot be one. */
export function fullImageName(image: string): { image: string } | { error: string } {
  try {
    return { image: formatImageReference(parseImageReference(image)) };
  } catch (error) {
    if (!(error instanceof InvalidImageName)) throw error;
    return { error: error.message };
  }
}

export const imagePresent = (sim: Sim, node: string, image: string): boolean => images(sim).has(keyOf(node, image));

/** Images on a node, in full, in the order in which they came. */
export function imagesOn(sim: Sim, node: string): string[] {
  return [...images(sim).keys()].filter((key) => key.startsWith(`${node} `)).map((key) => key.slice(node.length + 1));
}

export function keepImage(sim: Sim, node: string, image: string): void {
  images(sim).set(keyOf(node, image), sim.kernel.nowMs);
}

/**
 * Takes a place in the node's line of pulls (one at a time, as `serializeImagePulls`) and says when this pull begins and
 * how long it takes: a second or so for the registry, then by size; little where the layers are there already.
 */
export function queuePull(sim: Sim, node: string, image: string): { startMs: number; tookMs: number } {
  const line = sim.kernel.table<{ freeAtMs: number; image: string }>("kubelet.pulls");
  const last = line.get(node);
  const startMs = Math.max(sim.kernel.nowMs, last?.freeAtMs ?? 0);
  const found = findImage(image);
  const there = imagePresent(sim, node, image);
  // Whoever waits behind the same image finds its layers and its manifest fresh.
  const behind = last?.image === image && last.freeAtMs > sim.kernel.nowMs;
  // Registries are not equally fast each time; chance comes from the cluster's own generator.
  const wobble = 0.85 + sim.kernel.randomFloat() * 0.3;
  const plainMs = !found
    ? PULL_FAILURE_MS
    : behind
      ? QUEUED_CHECK_MS
      : there
        ? MANIFEST_CHECK_MS
        : MANIFEST_CHECK_MS * 2 + found.sizeBytes / PULL_BYTES_PER_MS;
  const tookMs = Math.round(plainMs * wobble);
  line.set(node, { freeAtMs: startMs + tookMs, image });
  return { startMs, tookMs };
}

/** Why a pull of this image fails, as the kubelet words it; undefined where it succeeds. */
export function pullFailure(image: string): string | undefined {
  const reference = parseImageReference(image);
  if (findImage(reference)) return undefined;
  const { code, description, message } = pullError(reference, repositoryExists(reference));
  // The kubelet leaves the code out where it says nothing.
  return code === "Unknown" ? description : message;
}
