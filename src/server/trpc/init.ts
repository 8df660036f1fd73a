import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { ZodError } from "zod";
import type { SessionUser } from "../auth/session";
import { AppError, toTrpcError } from "../errors";
import { RateLimit } from "../rate-limit";
import type { Services } from "../services";

export interface Context {
  services: Services;
  user: SessionUser | null;
  headers: Headers;
  ip: string;
  setCookies(cookies: string[]): void;
}

const t = initTRPC.context<Context>().create({
  transformer: superjson,
  errorFormatter: ({ shape, error }) => {
    const data = { ...shape.data, stack: undefined, fields: fieldsOf(error.cause) };
    return data.code === "INTERNAL_SERVER_ERROR"
      ? { ...shape, message: "Something went wrong on the server.", data }
      : { ...shape, data };
  },
});

/** What is wrong with each field of a form: `late.percentPerDay` -> text. */
function fieldsOf(cause: unknown): Record<string, string> | undefined {
  if (!(cause instanceof ZodError)) return undefined;
  return Object.fromEntries(cause.issues.map(({ path, message }) => [path.map(String).join("."), message]));
}

export const router = t.router;
export const createCaller = t.createCallerFactory;

/** Errors of the application become tRPC's, with the same code and text. */
const errors = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok && result.error.cause instanceof AppError) throw toTrpcError(result.error.cause);
  return result;
});

export const open = t.procedure.use(errors);

/** Somebody, be it a guest. Writes are limited per person: no page needs more. */
const writes = new RateLimit(120, 240);

export const signedIn = open.use(({ ctx, next, type }) => {
  if (!ctx.user) throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in first." });
  if (type === "mutation") {
    try {
      writes.demand(ctx.user.id);
    } catch (error) {
      throw toTrpcError(error as AppError);
    }
  }
  return next({ ctx: { ...ctx, user: ctx.user } });
});

/** Somebody with a user name and a password. */
export const registered = signedIn.use(({ ctx, next }) => {
  if (ctx.user.isGuest) throw new TRPCError({ code: "FORBIDDEN", message: "Choose a user name and a password first." });
  return next({ ctx });
});

export const administrator = signedIn.use(({ ctx, next }) => {
  if (!ctx.user.isAdmin) throw new TRPCError({ code: "FORBIDDEN", message: "Only an administrator may do this." });
  return next({ ctx });
});
