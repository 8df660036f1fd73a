import type { Sim } from "../component";
import type { Node } from "../kinds/types";
import { recordsOn } from "./records";

const toNumber = (address: string): number => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const toAddress = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");

/** First and last address that pods may get: .0 is the network, .1 the bridge, the last one broadcast. */
function range(cidr: string): { first: number; last: number } {
  const [base = "10.244.0.0", bits = "24"] = cidr.split("/");
  const start = toNumber(base);
  return { first: start + 2, last: start + 2 ** (32 - Number(bits)) - 2 };
}

/**
 * The next free address of the node's podCIDR. As the host-local plugin does, it goes on from the last one given, so an
 * address comes back only after the range has been gone through.
 */
export function allocateIp(sim: Sim, nodeName: string): string | undefined {
  const node = sim.store.get("nodes", undefined, nodeName) as Node | undefined;
  const { first, last } = range(node?.spec.podCIDR ?? sim.options.podCidr);
  const used = new Set(recordsOn(sim, nodeName).map((record) => record.ip));
  const lastGiven = sim.kernel.table<number>("kubelet.ipam");
  let candidate = lastGiven.get(nodeName) ?? first - 1;
  for (let tries = first; tries <= last; tries++) {
    candidate = candidate >= last || candidate < first - 1 ? first : candidate + 1;
    const address = toAddress(candidate);
    if (used.has(address)) continue;
    lastGiven.set(nodeName, candidate);
    return address;
  }
  return undefined;
}

/** The node's own address, which hostNetwork pods share. */
export function nodeAddress(sim: Sim, nodeName: string): string {
  const node = sim.store.get("nodes", undefined, nodeName) as Node | undefined;
  const addresses = (node?.status?.addresses ?? []) as { type: string; address: string }[];
  return addresses.find((address) => address.type === "InternalIP")?.address ?? "";
}
