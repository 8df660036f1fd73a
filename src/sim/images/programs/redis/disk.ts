import { FileError, type FileSystem } from "@/posix/files/file-system";
import { type Entry, execute, type RedisState } from "./commands";
import { decodeCommands, encodeCommand } from "./protocol";

/** Where a server keeps its data, from its options. Source: redis.conf of 7.4, sections SNAPSHOTTING and APPEND ONLY MODE. */
export interface Disk {
  directory: string;
  snapshot: string;
  /** Each write goes into the append-only file at once. */
  appendOnly: boolean;
  /** Without save points nothing is written when the server ends. */
  savePoints: boolean;
}

/** Opens a snapshot: magic and version, as `file dump.rdb` shows them. What follows is ours. */
const MAGIC = "REDIS0011";

export function diskOf(options: Record<string, string>, workingDirectory: string): Disk {
  return {
    directory: options.dir ?? workingDirectory,
    snapshot: options.dbfilename ?? "dump.rdb",
    appendOnly: options.appendonly === "yes",
    savePoints: options.save !== "",
  };
}

const snapshotPath = ({ directory, snapshot }: Disk) => `${directory}/${snapshot}`;
const logDirectory = ({ directory }: Disk) => `${directory}/appendonlydir`;
const logPath = (disk: Disk) => `${logDirectory(disk)}/appendonly.aof.1.incr.aof`;

/** What was kept by a server that ran before on the same files, and what the log says of it. */
export function load(disk: Disk, files: FileSystem, nowMs: number): { entries: RedisState["entries"]; log?: string } {
  const path = disk.appendOnly ? logPath(disk) : snapshotPath(disk);
  if (!files.stat(path)) return { entries: {} };
  const content = files.readFile(path);
  if (!disk.appendOnly) {
    if (!content.startsWith(MAGIC)) return { entries: {}, log: "Wrong signature trying to load DB from file" };
    const entries = JSON.parse(content.slice(MAGIC.length)) as Record<string, Entry>;
    return { entries, log: "DB loaded from disk: 0.000 seconds" };
  }
  // Lives that were given in seconds begin anew here; redis writes the moment of their end.
  let state: RedisState = { entries: {} };
  for (const command of decodeCommands(content)) [, state] = execute(state, command, nowMs);
  return { entries: state.entries, log: "DB loaded from append only file: 0.000 seconds" };
}

/** Writes everything down; the text of the failure where the disk refuses. */
export function save(disk: Disk, files: FileSystem, state: RedisState): string | undefined {
  return attempt(() => files.writeFile(snapshotPath(disk), MAGIC + JSON.stringify(state.entries)));
}

/** Adds one write to the append-only file; the text of the failure where the disk refuses. */
export function append(disk: Disk, files: FileSystem, args: readonly string[]): string | undefined {
  return attempt(() => {
    files.makeDirectory(logDirectory(disk), { recursive: true });
    files.appendFile(logPath(disk), encodeCommand(args));
  });
}

function attempt(write: () => void): string | undefined {
  try {
    write();
    return undefined;
  } catch (error) {
    if (error instanceof FileError) return error.message;
    throw error;
  }
}
