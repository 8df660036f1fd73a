import type { Sim } from "../component";
import { findImage } from "../images/catalog";
import { imagesOn } from "../kubelet/image-pull";

/** How a cluster's own kubelets report their conditions, in the order in which they do. */
export const NODE_CONDITIONS = [
  {
    type: "MemoryPressure",
    status: "False",
    reason: "KubeletHasSufficientMemory",
    message: "kubelet has sufficient memory available",
  },
  {
    type: "DiskPressure",
    status: "False",
    reason: "KubeletHasNoDiskPressure",
    message: "kubelet has no disk pressure",
  },
  {
    type: "PIDPressure",
    status: "False",
    reason: "KubeletHasSufficientPID",
    message: "kubelet has sufficient PID available",
  },
  { type: "Ready", status: "True", reason: "KubeletReady", message: "kubelet is posting ready status" },
] as const;

/** The kubelet names at most this many images: --node-status-max-images. */
const IMAGES_LIMIT = 50;

/** What `status.images` says of the images on a node, largest first. */
export function reportedImages(sim: Sim, name: string): { names: string[]; sizeBytes: number }[] {
  const images = imagesOn(sim, name).flatMap((reference) => {
    const image = findImage(reference);
    return image ? { names: [`${image.repository}@${image.digest}`, reference], sizeBytes: image.sizeBytes } : [];
  });
  return images
    .sort((a, b) => b.sizeBytes - a.sizeBytes || (a.names[1]! < b.names[1]! ? -1 : 1))
    .slice(0, IMAGES_LIMIT);
}
