import { type FileEntry, type FileTree, fileTree } from "@/posix/files/tree";
import type { TokenGrant } from "../../apiserver/authentication/tokens";
import { civil } from "../../kernel/time";

/** One file of a volume that the kubelet writes. */
export interface PayloadFile {
  content: string;
  mode: number;
  /** In place of its content: the token of this grant. */
  grant?: TokenGrant;
}

export type Payload = Record<string, PayloadFile>;

/** A volume that cannot be set up now: FailedMount with this text, tried again later. */
export class MountError extends Error {}

/**
 * Files behind `..data`, a link to a directory named after the moment: so the kubelet swaps all files of a volume at
 * once, and so `ls -la` shows it.
 */
export function payloadTree(
  payload: Payload,
  nowMs: number,
  gid = 0,
): { tree: FileTree; tokens?: Record<string, TokenGrant> } {
  const stamp = stampOf(nowMs);
  const entries: Record<string, FileEntry> = {
    "/": { directory: true, mode: 0o777 },
    [`/${stamp}`]: { directory: true },
    "/..data": { target: stamp },
  };
  const tokens: Record<string, TokenGrant> = {};
  for (const [path, file] of Object.entries(payload)) {
    if (file.grant) tokens[`/${stamp}/${path}`] = file.grant;
    entries[`/${stamp}/${path}`] = { content: file.content, mode: file.mode, gid };
    const top = path.split("/")[0]!;
    entries[`/${top}`] = { target: `..data/${top}` };
  }
  const tree = fileTree(entries, nowMs);
  return Object.keys(tokens).length > 0 ? { tree, tokens } : { tree };
}

const pad = (value: number, width = 2) => String(value).padStart(width, "0");

function stampOf(nowMs: number): string {
  const t = civil(nowMs);
  const fraction = pad((nowMs * 7919) % 1_000_000_000, 9);
  return `..${t.year}_${pad(t.month)}_${pad(t.day)}_${pad(t.hour)}_${pad(t.minute)}_${pad(t.second)}.${fraction}`;
}
