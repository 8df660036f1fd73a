import { randomInt } from "node:crypto";
import type { Database } from "../db/client";
import { AppError } from "../errors";
import { type Auth, placeholderEmail } from "./auth";
import { type SessionUser, toSessionUser } from "./session";

/** A user who has just come in, and the cookies that say so. */
export interface Entry {
  user: SessionUser;
  cookies: string[];
}

interface Credentials {
  username: string;
  password: string;
}

const cookiesOf = (headers: Headers) => headers.getSetCookie();

/** better-auth's own refusals, in our words; anything else is a fault of ours and passes through. */
function refusal(error: unknown): unknown {
  const body = (error as { body?: { code?: string; message?: string } })?.body;
  if (!body?.code) return error;
  switch (body.code) {
    case "USERNAME_IS_ALREADY_TAKEN":
    case "USERNAME_IS_ALREADY_TAKEN_PLEASE_TRY_ANOTHER":
    case "USER_ALREADY_EXISTS":
    case "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL":
      return new AppError("CONFLICT", "This user name is taken.");
    case "INVALID_USERNAME_OR_PASSWORD":
    case "INVALID_EMAIL_OR_PASSWORD":
      return new AppError("UNAUTHORIZED", "User name or password is wrong.");
    case "INVALID_USERNAME":
      return new AppError("BAD_REQUEST", "A user name has letters, digits, dots and underscores only.");
    default:
      return new AppError("BAD_REQUEST", body.message ?? "This was refused.");
  }
}

async function orRefuse<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw refusal(error);
  }
}

/** A fresh visitor, as a guest with a name of their own that they may change. */
export async function enterAsGuest(auth: Auth, db: Database, name?: string): Promise<Entry> {
  const { headers, response } = await orRefuse(
    auth.api.signInAnonymous({ headers: new Headers(), returnHeaders: true }),
  );
  const user = await db.user.update({
    where: { id: response!.user.id },
    data: { name: name ?? `Guest ${randomInt(1000, 10_000)}` },
  });
  return { user: toSessionUser(user), cookies: cookiesOf(headers) };
}

export async function signUp(auth: Auth, db: Database, { username, password }: Credentials): Promise<Entry> {
  const { headers, response } = await orRefuse(
    auth.api.signUpEmail({
      body: { email: placeholderEmail(username.toLowerCase()), name: username, username, password },
      headers: new Headers(),
      returnHeaders: true,
    }),
  );
  const user = await db.user.findUniqueOrThrow({ where: { id: response.user.id } });
  return { user: toSessionUser(user), cookies: cookiesOf(headers) };
}

/** Gives a guest a name and a password; labs, memberships and points stay, since the user stays the same. */
export async function upgradeGuest(
  auth: Auth,
  db: Database,
  guest: SessionUser,
  { username, password }: Credentials,
): Promise<SessionUser> {
  const context = await auth.$context;
  const key = username.toLowerCase();
  if (!/^[a-zA-Z0-9_.]+$/.test(username)) {
    throw new AppError("BAD_REQUEST", "A user name has letters, digits, dots and underscores only.");
  }
  const hash = await context.password.hash(password);
  try {
    const [user] = await db.$transaction([
      db.user.update({
        where: { id: guest.id, isAnonymous: true },
        data: {
          username: key,
          displayUsername: username,
          name: username,
          email: placeholderEmail(key),
          isAnonymous: false,
        },
      }),
      db.account.create({
        data: {
          id: `credential-${guest.id}`,
          accountId: guest.id,
          providerId: "credential",
          userId: guest.id,
          password: hash,
        },
      }),
    ]);
    return toSessionUser(user);
  } catch (error) {
    if ((error as { code?: string }).code === "P2002") throw new AppError("CONFLICT", "This user name is taken.");
    throw error;
  }
}

/** Signs in; what a guest began on this browser goes along to the account. */
export async function signIn(auth: Auth, db: Database, credentials: Credentials, guest?: SessionUser): Promise<Entry> {
  const { headers, response } = await orRefuse(
    auth.api.signInUsername({ body: credentials, headers: new Headers(), returnHeaders: true }),
  );
  if (!response) throw new AppError("UNAUTHORIZED", "User name or password is wrong.");
  const user = await db.user.findUniqueOrThrow({ where: { id: response.user.id } });
  if (guest?.isGuest) {
    const mine = { classId: null };
    await db.$transaction([
      db.lab.updateMany({ where: { ownerId: guest.id, ...mine }, data: { ownerId: user.id } }),
      db.attempt.updateMany({ where: { userId: guest.id, ...mine }, data: { userId: user.id } }),
    ]);
  }
  return { user: toSessionUser(user), cookies: cookiesOf(headers) };
}

export async function signOut(auth: Auth, headers: Headers): Promise<string[]> {
  const result = await orRefuse(auth.api.signOut({ headers, returnHeaders: true }));
  return cookiesOf(result.headers);
}
