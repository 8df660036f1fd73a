import type { ApiStream } from "../../../lab/types";
import type { Query } from "../api/client";
import { CliError, PlainExit } from "../errors";
import type { Session } from "../session";

/** Channels of exec and attach. */
const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;
const ERROR = 3;
const RESIZE = 4;

export interface StreamOptions {
  stdin: boolean;
  tty: boolean;
}

/** Runs exec or attach: this process's streams become the container's. Gives the remote exit code. */
export async function runStream(session: Session, path: string, query: Query, options: StreamOptions): Promise<number> {
  const { tool } = session;
  const stream = await session.client.connect(path, query);
  let failure: any;
  stream.onData((channel, data) => {
    if (channel === STDOUT) session.out(data);
    else if (channel === STDERR) session.err(data);
    else if (channel === ERROR) failure = parseStatus(data);
  });
  if (options.tty) {
    const resize = (columns: number, rows: number) =>
      stream.send(RESIZE, JSON.stringify({ Width: columns, Height: rows }));
    resize(tool.columns, tool.rows);
    tool.onResize(resize);
    tool.rawMode(true);
  }
  if (options.stdin) void pump(session, stream);
  await tool.wait(stream.closed);
  if (options.tty) tool.rawMode(false);
  await session.flush();
  if (!failure || failure.status === "Success") return 0;
  const cause = failure.details?.causes?.find((each: any) => each.reason === "ExitCode");
  if (failure.reason === "NonZeroExitCode" && cause)
    throw new PlainExit(`command terminated with exit code ${cause.message}`, Number(cause.message));
  throw new CliError(failure.message ?? "unknown error");
}

/** Runs a command in a container to its end and gives what it wrote. */
export async function collectStream(
  session: Session,
  path: string,
  query: Query,
  stdin?: string,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const stream = await session.client.connect(path, query);
  const result = { code: 0, stdout: "", stderr: "" };
  stream.onData((channel, data) => {
    if (channel === STDOUT) result.stdout += data;
    else if (channel === STDERR) result.stderr += data;
    else if (channel === ERROR) {
      const status = parseStatus(data);
      const cause = status.details?.causes?.find((each: any) => each.reason === "ExitCode");
      if (status.status !== "Success") result.code = Number(cause?.message ?? 1);
    }
  });
  if (stdin !== undefined) {
    if (stdin !== "") stream.send(STDIN, stdin);
    stream.closeChannel(STDIN);
  }
  await session.tool.wait(stream.closed);
  return result;
}

async function pump(session: Session, stream: ApiStream): Promise<void> {
  try {
    for (;;) {
      const piece = await session.tool.stdin.read();
      if (piece === null) break;
      stream.send(STDIN, piece);
    }
    stream.closeChannel(STDIN);
  } catch {
    // The process has ended: the stream ends with it.
  }
}

function parseStatus(data: string): any {
  try {
    return JSON.parse(data);
  } catch {
    return { status: "Failure", message: data };
  }
}

/** `-t` without a terminal is dropped with a word on stderr. */
export function ttyOf(session: Session, asked: boolean, stdin: boolean, quiet: boolean): boolean {
  if (!asked) return false;
  if (!stdin || session.tool.isTty(0)) return true;
  if (!quiet) session.err("Unable to use a TTY - input is not a terminal or the right kind of file\n");
  return false;
}
