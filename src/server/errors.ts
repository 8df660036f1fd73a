import { TRPCError } from "@trpc/server";

export type ErrorCode =
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "BAD_REQUEST"
  | "CONFLICT"
  | "TOO_MANY_REQUESTS"
  | "PAYLOAD_TOO_LARGE";

/** What a user can cause, with a text for them. The same error reaches tRPC and socket.io alike. */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
    this.name = "AppError";
  }
}

export const notFound = (what: string) => new AppError("NOT_FOUND", `There is no such ${what}, or you may not see it.`);
export const forbidden = (why: string) => new AppError("FORBIDDEN", why);

export function toTrpcError(error: AppError): TRPCError {
  return new TRPCError({ code: error.code, message: error.message, cause: error });
}

/** For acknowledgements over the socket. What is no fault of the user's is not told to them. */
export function toAnswer(error: unknown): { code: string; message: string } {
  if (error instanceof AppError) return { code: error.code, message: error.message };
  return {
    code: "INTERNAL_SERVER_ERROR",
    message: "Something went wrong on the server. Nothing that was confirmed is lost.",
  };
}
