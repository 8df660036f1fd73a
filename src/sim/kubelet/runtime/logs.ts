import type { Sim } from "../../component";
import type { ContainerRef, LogLine } from "../../runtime";
import { instanceKey } from "./instances";

/** Lines are kept in chunks, so that a new one copies little. */
const CHUNK_LINES = 64;
/** Beyond these the oldest chunk goes, as the kubelet rotates a log that outgrows containerLogMaxSize. */
export const LOG_CHUNKS_LIMIT = 80;
export const LOG_BYTES_LIMIT = 1024 * 1024;
/** A line longer than this is cut in pieces, as CRI log files do. */
export const LOG_LINE_LIMIT = 16_384;

interface LogRow {
  chunks: readonly (readonly LogLine[])[];
  bytes: number;
  /** What was written without a newline yet. */
  partial: { stdout?: string; stderr?: string };
}

const EMPTY: LogRow = { chunks: [], bytes: 0, partial: {} };
const current = (sim: Sim) => sim.kernel.table<LogRow>("kubelet.logs");
const before = (sim: Sim) => sim.kernel.table<LogRow>("kubelet.previous-logs");

export function appendLog(sim: Sim, ref: ContainerRef, stream: "stdout" | "stderr", text: string): void {
  if (text === "") return;
  const key = instanceKey(ref);
  const row = current(sim).get(key) ?? EMPTY;
  const pieces = ((row.partial[stream] ?? "") + text).split("\n");
  const rest = pieces.pop()!;
  const partial = { ...row.partial };
  delete partial[stream];
  if (rest !== "") {
    if (rest.length < LOG_LINE_LIMIT) partial[stream] = rest;
    else pieces.push(rest);
  }
  current(sim).set(key, add({ ...row, partial }, sim.kernel.nowMs, stream, pieces));
}

/** The process has ended: what it wrote last without a newline is a line too. */
export function flushLog(sim: Sim, ref: ContainerRef): void {
  const key = instanceKey(ref);
  let row = current(sim).get(key);
  if (!row) return;
  const { stdout, stderr } = row.partial;
  if (stdout === undefined && stderr === undefined) return;
  row = { ...row, partial: {} };
  if (stdout !== undefined) row = add(row, sim.kernel.nowMs, "stdout", [stdout]);
  if (stderr !== undefined) row = add(row, sim.kernel.nowMs, "stderr", [stderr]);
  current(sim).set(key, row);
}

function add(row: LogRow, atMs: number, stream: "stdout" | "stderr", texts: string[]): LogRow {
  const chunks = row.chunks.slice();
  let { bytes } = row;
  let last = chunks.length > 0 && chunks[chunks.length - 1]!.length < CHUNK_LINES ? chunks.pop()!.slice() : [];
  for (const text of texts) {
    for (let at = 0; at === 0 || at < text.length; at += LOG_LINE_LIMIT) {
      const line = text.slice(at, at + LOG_LINE_LIMIT);
      last.push({ atMs, stream, text: line });
      bytes += line.length;
      if (last.length >= CHUNK_LINES) {
        chunks.push(last);
        last = [];
      }
    }
  }
  if (last.length > 0) chunks.push(last);
  while (chunks.length > 1 && (chunks.length > LOG_CHUNKS_LIMIT || bytes > LOG_BYTES_LIMIT)) {
    for (const line of chunks.shift()!) bytes -= line.text.length;
  }
  return { ...row, chunks, bytes };
}

export function readLog(sim: Sim, ref: ContainerRef, previous = false): readonly LogLine[] | undefined {
  return (previous ? before(sim) : current(sim)).get(instanceKey(ref))?.chunks.flat();
}

/** A new instance begins an empty log; the old one stays readable as `--previous`. */
export function beginLog(sim: Sim, ref: ContainerRef): void {
  const key = instanceKey(ref);
  const old = current(sim).get(key);
  if (old) before(sim).set(key, old);
  current(sim).set(key, EMPTY);
}

export function dropLogs(sim: Sim, ref: ContainerRef): void {
  current(sim).delete(instanceKey(ref));
  before(sim).delete(instanceKey(ref));
}
