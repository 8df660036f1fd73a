import type { Status } from "@/sim/apiserver/status";

/** An error of kubectl's own: printed as `error: text`, exit code 1. */
export class CliError extends Error {
  constructor(
    message: string,
    readonly exitCode = 1,
    /** What had gone to standard output before. */
    readonly output = "",
  ) {
    super(message);
    this.name = "CliError";
  }
}

/** Printed as it stands, without `error: ` before it. An empty text prints nothing. */
export class PlainExit extends Error {
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
    this.name = "PlainExit";
  }
}

/** The command's help goes to standard output, and what was wrong behind it, if anything. */
export class ShowHelp extends Error {
  constructor(message = "") {
    super(message);
    this.name = "ShowHelp";
  }
}

/** A Status that the API server answered. */
export class ApiError extends Error {
  constructor(readonly status: Status) {
    super(status.message ?? "unknown");
    this.name = "ApiError";
  }
  get reason(): string {
    return this.status.reason ?? "";
  }
  /** The same error, its text put into a frame, as the real client rewrites a Status in place. */
  reworded(rewrite: (message: string) => string): ApiError {
    return new ApiError({ ...this.status, message: rewrite(this.message) });
  }
}

/** No answer at all: nothing listens at the address that the kubeconfig names. */
export class ConnectionRefused extends Error {
  constructor(readonly host: string) {
    super(`dial tcp ${host.replace(/^localhost:/, "127.0.0.1:")}: connect: connection refused`);
    this.name = "ConnectionRefused";
  }
}

/** Several errors of one command, each on its own line. */
export class ErrorList extends Error {
  constructor(readonly errors: Error[]) {
    super(errors.map((error) => error.message).join("\n"));
    this.name = "ErrorList";
  }
}

export const isNotFound = (error: unknown): error is ApiError =>
  error instanceof ApiError && error.reason === "NotFound";
export const isConflict = (error: unknown): error is ApiError =>
  error instanceof ApiError && error.reason === "Conflict";

/** Throws what was collected while going on after errors: nothing, the one error, or all of them. */
export function throwCollected(errors: Error[]): void {
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new ErrorList(errors);
}

/** As `throwCollected`, where kubectl puts no `error: ` before a single one either. */
export function throwAggregate(errors: Error[]): void {
  const [only] = errors;
  if (errors.length === 1 && only instanceof CliError) throw new PlainExit(only.message, only.exitCode);
  throwCollected(errors);
}

/** Names the file that an object came from, as `create -f` and its kin do. */
export function withSource(action: string, source: string, error: Error): Error {
  if (!source) return error;
  const frame = (message: string) => `error when ${action} "${source}": ${message}`;
  if (error instanceof ApiError) return error.reworded(frame);
  if (error instanceof ConnectionRefused || error instanceof PlainExit) return error;
  return new CliError(frame(error.message));
}

/** The text that stderr gets for an error, and the exit code: kubectl's `checkErr`. */
export function explainError(error: Error): { text: string; exitCode: number } {
  if (error instanceof PlainExit) return { text: endLine(error.message), exitCode: error.exitCode };
  if (error instanceof ErrorList) {
    if (error.errors.length === 1) return explainError(error.errors[0]!);
    return { text: error.errors.map((each) => endLine(standardMessage(each) ?? each.message)).join(""), exitCode: 1 };
  }
  if (error instanceof ApiError && error.reason === "Invalid")
    return { text: endLine(invalidMessage(error.status)), exitCode: 1 };
  const standard = standardMessage(error);
  if (standard !== undefined) return { text: endLine(standard), exitCode: 1 };
  const message = error.message.startsWith("error: ") ? error.message : `error: ${error.message}`;
  return { text: endLine(message), exitCode: error instanceof CliError ? error.exitCode : 1 };
}

function standardMessage(error: Error): string | undefined {
  if (error instanceof ApiError) {
    if (error.reason === "Unauthorized") return `error: You must be logged in to the server (${error.message})`;
    return error.reason
      ? `Error from server (${error.reason}): ${error.message}`
      : `Error from server: ${error.message}`;
  }
  if (error instanceof ConnectionRefused) {
    return `The connection to the server ${error.host} was refused - did you specify the right host or port?`;
  }
  return undefined;
}

function invalidMessage(status: Status): string {
  const { details } = status;
  let head = "The request is invalid";
  if (!details) return `${head}: ${status.message}`;
  const causes = details.causes ?? [];
  if (details.kind || details.name) head = `The ${details.kind ?? ""} "${details.name ?? ""}" is invalid`;
  else if (status.message && causes.length === 0) head = `${head}: ${status.message}`;
  if (causes.length === 0) return head;
  const texts = [...new Set(causes.map((cause) => `${cause.field ?? ""}: ${cause.message ?? ""}`))];
  if (texts.length === 1) return `${head}: ${texts[0]}`;
  return `${head}: \n${texts.map((text) => `* ${text}`).join("\n")}`;
}

const endLine = (text: string) => (text === "" || text.endsWith("\n") ? text : `${text}\n`);
