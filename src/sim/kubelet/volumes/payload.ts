import { type FileEntry, type FileTree, fileTree } from "@/posix/files/tree";
import { civil } from "../../kernel/time";

/** One file of a volume that the kubelet writes. */
export interface PayloadFile {
  content: string;
  mode: number;
}

export type Payload = Record<string, PayloadFile>;

/** A volume that cannot be set up now: FailedMount with this text, tried again later. */
export class MountError extends Error {}

/**
 * Files behind `..data`, a link to a directory named after the moment: so the kubelet swaps all files of a volume at
 * once, and so `ls -la` shows it.
 */
export function payloadTree(payload: Payload, nowMs: number, gid = 0): FileTree {
  const stamp = stampOf(nowMs);
  const entries: Record<string, FileEntry> = {
    "/": { directory: true, mode: 0o777 },
    [`/${stamp}`]: { directory: true },
    "/..data": { target: stamp },
  };
  for (const [path, file] of Object.entries(payload)) {
    entries[`/${stamp}/${path}`] = { content: file.content, mode: file.mode, gid };
    const top = path.split("/")[0]!;
    entries[`/${top}`] = { target: `..data/${top}` };
  }
  return fileTree(entries, nowMs);
}

const pad = (value: number, width = 2) => String(value).padStart(width, "0");

function stampOf(nowMs: number): string {
  const t = civil(nowMs);
  const fraction = pad((nowMs * 7919) % 1_000_000_000, 9);
  return `..${t.year}_${pad(t.month)}_${pad(t.day)}_${pad(t.hour)}_${pad(t.minute)}_${pad(t.second)}.${fraction}`;
}
