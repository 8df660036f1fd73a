import { FileError } from "@/posix/files/file-system";
import { dirname } from "@/posix/files/path";
import type { ProgramContext } from "../../program";
import { logTime } from "../http";
import { errnoText } from "./environment";

/** Where log lines go: nginx's images link their log files to the container's own output. */

const LEVELS = ["debug", "info", "notice", "warn", "error", "crit", "alert", "emerg"];
/** A log file in a container is cut off rather than let grow without end. */
const LOG_FILE_LIMIT_BYTES = 1_000_000;

export interface Output {
  stdout: string;
  stderr: string;
}

export function passes(level: string, threshold: string): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(threshold);
}

/** `2026/01/05 09:00:00 [notice] 1#1: text` */
export function errorLine(nowMs: number, level: string, text: string, pid = 1, connection?: number): string {
  return `${logTime(nowMs)} [${level}] ${pid}#${pid}: ${connection === undefined ? "" : `*${connection} `}${text}\n`;
}

/** Writes a line to where `path` leads: standard output, standard error or a file. */
export function writeLog(context: Pick<ProgramContext, "files">, path: string, line: string, output: Output): void {
  const stream = streamOf(context, path);
  if (stream === "stdout") output.stdout += line;
  else if (stream === "stderr") output.stderr += line;
  else if (stream === "file") {
    try {
      if ((context.files.stat(path)?.sizeBytes ?? 0) < LOG_FILE_LIMIT_BYTES) context.files.appendFile(path, line);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
    }
  }
}

/** Why a log file cannot be opened, as nginx says it when it starts. */
export function openLogError(context: Pick<ProgramContext, "files">, path: string): string | undefined {
  if (streamOf(context, path) !== "file") return undefined;
  try {
    if (!context.files.stat(dirname(path))) return `open() "${path}" failed ${errnoText("ENOENT")}`;
    context.files.appendFile(path, "");
    return undefined;
  } catch (error) {
    if (error instanceof FileError) return `open() "${path}" failed ${errnoText(error.code)}`;
    throw error;
  }
}

function streamOf(context: Pick<ProgramContext, "files">, path: string): "stdout" | "stderr" | "file" | "none" {
  let target = path;
  try {
    if (context.files.lstat(path)?.type === "symlink") target = context.files.readLink(path);
  } catch {
    // Not a link.
  }
  if (target === "stderr" || /^\/(dev\/stderr|proc\/(self|1)\/fd\/2|dev\/fd\/2)$/.test(target)) return "stderr";
  if (/^\/(dev\/stdout|proc\/(self|1)\/fd\/1|dev\/fd\/1)$/.test(target)) return "stdout";
  return target === "/dev/null" || target.startsWith("syslog:") || target.startsWith("memory:") ? "none" : "file";
}
