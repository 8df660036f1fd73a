import type { MapObject } from "@/server/realtime/protocol";

/** A pod's name in two lines: what it belongs to, and what tells it from its siblings. */
export function crateLabel(
  pod: Pick<MapObject, "name" | "ownerKey">,
  characters: number,
): { title: string; suffix: string } {
  const owner = pod.ownerKey?.split("/").at(-1);
  let title = pod.name;
  let suffix = "";
  if (owner && pod.name.startsWith(`${owner}-`)) {
    suffix = pod.name.slice(owner.length + 1);
    // A ReplicaSet's own name ends in its template's hash, which says little to a reader.
    title = pod.ownerKey?.startsWith("replicasets") ? owner.replace(/-[a-z0-9]{8,10}$/, "") : owner;
  }
  return { title: shorten(title, characters), suffix: shorten(suffix, characters) };
}

export function shorten(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, Math.max(1, characters - 1))}…`;
}
