import { FileError } from "@/posix/files/file-system";
import type { Sim } from "../../component";
import { findImage } from "../../images/catalog";
import type { IncomingRequest } from "../../images/program";
import type { ContainerChange, ContainerChangeResult, ContainerRef, ProcessInfo, Runtime } from "../../runtime";
import { kubeletUid } from "../mirror-pods";
import { readRecord } from "../records";
import { markAt } from "../usage/account";
import { accountOf, charge, memoryOf, setBeside, usageNow } from "../usage/accounts";
import { changeFiles } from "./change-files";
import { programContext, type Trace } from "./context";
import { applyStep, endInstance, feedStdin, programCommand, programOf, signalInstance } from "./execution";
import { openFiles } from "./files";
import { type InstanceRow, readInstance, runningInstance } from "./instances";
import { appendLog, readLog } from "./logs";

/** CPU time that an answer takes where the program says nothing. */
const REQUEST_MS = 0.25;
/** Shorter waits for the CPU are lost in what the network takes. */
const NOTICED_MS = 5;

/** The containers of a cluster: rows in its tables, played by the programs of their images. */
export function createRuntime(sim: Sim): Runtime {
  // Those who ask know pods by the API; static pods are kept under the uid of their file.
  const own = (ref: ContainerRef): ContainerRef => ({ ...ref, podUid: kubeletUid(sim, ref.podUid) });
  return {
    inspect(ref) {
      const row = runningInstance(sim, own(ref));
      const image = row && findImage(row.image);
      if (!row || !image) return undefined;
      const { env, workingDirectory, user, hostname, tty, stdin } = row;
      return {
        ref,
        image,
        env,
        workingDirectory,
        user,
        hostname,
        tty,
        stdin,
        files: openFiles(sim, row),
        processes: processesOf(sim, row),
      };
    },
    change: (ref, change) => changeContainer(sim, own(ref), change),
    log: (ref, previous) => readLog(sim, own(ref), previous),
    deliver: (podUid, request, local) => deliver(sim, kubeletUid(sim, podUid), request, local),
    address: (podUid) => readRecord(sim, kubeletUid(sim, podUid))?.ip,
    listening(podUid) {
      return runningOf(sim, kubeletUid(sim, podUid)).flatMap((row) =>
        row.listeners.map(({ port, address = "0.0.0.0" }) => ({ port, address, container: row.container })),
      );
    },
    usage(ref) {
      const row = runningInstance(sim, own(ref));
      return row && usageNow(sim, row);
    },
    sample(ref, atMs) {
      const row = runningInstance(sim, own(ref));
      const mark = row && markAt(accountOf(sim, row), row.startedMs, atMs);
      return mark && { startedMs: row.startedMs, usedUs: mark.usedUs, memoryBytes: mark.memoryBytes };
    },
  };
}

function processesOf(sim: Sim, row: InstanceRow): ProcessInfo[] {
  const user = userName(row.user.uid);
  const known = programOf(row)?.processes?.(row.programState, programContext(sim, row)) ?? [];
  const main = { pid: 1, parentPid: 0, argv: row.argv.slice(), user, startedMs: row.startedMs };
  if (known.length === 0) return [main];
  return known.map((process) => ({ ...main, ...process, argv: [...process.argv] }));
}

const userName = (uid: number): string => (uid === 0 ? "root" : String(uid));

function runningOf(sim: Sim, podUid: string) {
  const rows = [];
  for (const container of Object.keys(readRecord(sim, podUid)?.containers ?? {})) {
    const row = readInstance(sim, { podUid, container });
    if (row?.state === "running") rows.push(row);
  }
  return rows;
}

/** Hands a connection to the container that listens; `changed` and `trace` tell lazy probes what it left behind. */
export function deliver(
  sim: Sim,
  podUid: string,
  request: IncomingRequest,
  local: boolean,
  trace?: Trace,
): ReturnType<Runtime["deliver"]> & { changed?: boolean } {
  for (const row of runningOf(sim, podUid)) {
    const listens = row.listeners.some(
      ({ port, address = "0.0.0.0" }) =>
        port === request.port && (local || (address !== "127.0.0.1" && address !== "localhost" && address !== "::1")),
    );
    const program = programOf(row);
    if (!listens || !program) continue;
    // A listener without a handler takes the connection and says nothing.
    if (!program.onRequest) return { outcome: "ok", container: row.container, response: {}, changed: false };
    const context = programContext(sim, row, trace);
    const { response, workMs = REQUEST_MS, ...step } = program.onRequest(row.programState, request, context);
    // Probes that would find the same again are not even sent: none of them counts.
    const waitMs = trace ? 0 : charge(sim, row, workMs * 1000);
    const changed = applyStep(sim, row, step);
    const answer = waitMs >= NOTICED_MS ? { ...response, delayMs: (response.delayMs ?? 0) + waitMs } : response;
    return { outcome: "ok", container: row.container, response: answer, changed };
  }
  return { outcome: "refused" };
}

function changeContainer(sim: Sim, ref: ContainerRef, change: ContainerChange): ContainerChangeResult {
  const row = runningInstance(sim, ref);
  if (!row) return { error: "ENOENT" };
  switch (change.op) {
    case "signal":
      // The kernel keeps the first process of a container from being killed by those inside.
      if (change.pid === 1 && change.signal === "SIGKILL") {
        if (change.fromNode) endInstance(sim, ref, change.exitCode ?? 137);
        return {};
      }
      return signalInstance(sim, ref, change.signal, change.pid) ? {} : { error: "EINVAL" };
    case "stdin":
      feedStdin(sim, ref, change.data);
      return {};
    case "load":
      setBeside(sim, ref, change.millicores, change.memoryBytes);
      if (memoryOf(row) + change.memoryBytes > (row.memoryLimitBytes ?? Number.POSITIVE_INFINITY))
        endInstance(sim, ref, 137, "OOMKilled");
      return {};
    case "log":
      appendLog(sim, ref, change.stream, change.text);
      return {};
    case "command": {
      const result = programCommand(sim, row, change.argv);
      if (!result) return { exitCode: 127, stderr: `${change.argv[0]}: not found\n` };
      return { exitCode: result.exitCode, stdout: result.stdout, stderr: result.stderr };
    }
    default:
      try {
        changeFiles(openFiles(sim, row), change);
        return {};
      } catch (error) {
        if (error instanceof FileError) return { error: error.code };
        throw error;
      }
  }
}
