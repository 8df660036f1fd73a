import { randomBytes } from "node:crypto";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { admin, anonymous, username } from "better-auth/plugins";
import type { Database } from "../db/client";

export const USERNAME_MIN = 3;
export const USERNAME_MAX = 30;
export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;
const SESSION_SECONDS = 30 * 24 * 3600;

/** Accounts need an address in the tables, but nobody is asked for one and nothing is ever sent. */
export const placeholderEmail = (id: string) => `${id}@users.podium.invalid`;

/**
 * Users and sessions. Its HTTP routes are not served: the tRPC area `auth` calls `auth.api` instead, so that there is one
 * way in, with our rate limits.
 */
export function createAuth(db: Database, options: { secret: string; publicUrl: string }) {
  return betterAuth({
    database: prismaAdapter(db, { provider: "postgresql" }),
    secret: options.secret,
    baseURL: options.publicUrl,
    telemetry: { enabled: false },
    logger: { level: "error" },
    session: { expiresIn: SESSION_SECONDS, updateAge: 24 * 3600 },
    emailAndPassword: { enabled: true, minPasswordLength: PASSWORD_MIN, maxPasswordLength: PASSWORD_MAX },
    rateLimit: { enabled: false },
    advanced: { useSecureCookies: options.publicUrl.startsWith("https:"), cookiePrefix: "podium" },
    plugins: [
      username({ minUsernameLength: USERNAME_MIN, maxUsernameLength: USERNAME_MAX }),
      anonymous({ emailDomainName: "guests.podium.invalid", disableDeleteAnonymousUser: true }),
      admin(),
    ],
  });
}

export type Auth = ReturnType<typeof createAuth>;

/** The secret that signs sessions: made once and kept in the database, so that every host of a site has the same. */
export async function sessionSecret(db: Database): Promise<string> {
  const made = randomBytes(32).toString("base64url");
  await db.setting.createMany({ data: [{ key: "session-secret", value: made }], skipDuplicates: true });
  const row = await db.setting.findUniqueOrThrow({ where: { key: "session-secret" } });
  return row.value as string;
}
