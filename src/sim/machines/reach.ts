import { nodeAddress } from "../boot/addresses";
import type { ClusterOptions } from "../options";
import { API_PORT } from "./control-plane-manifests";

/** Under which URLs the API servers of a cluster answer, by address and by name. */
export function apiServerUrls(options: ClusterOptions): Set<string> {
  const urls = new Set<string>();
  options.nodes.forEach((node, index) => {
    if (node.role !== "control-plane") return;
    urls.add(`https://${nodeAddress(index)}:${API_PORT}`);
    urls.add(`https://${node.name}:${API_PORT}`);
  });
  return urls;
}
