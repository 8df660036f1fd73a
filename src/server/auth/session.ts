import type { Auth } from "./auth";

/** Who asks, as far as the rest of the server needs to know. */
export interface SessionUser {
  id: string;
  name: string;
  username?: string;
  isGuest: boolean;
  isAdmin: boolean;
}

/** The user whose session cookie these headers carry, or null. */
export async function userOf(auth: Auth, headers: Headers): Promise<SessionUser | null> {
  if (!headers.get("cookie")) return null;
  const session = await auth.api.getSession({ headers });
  if (!session || session.user.banned) return null;
  return toSessionUser(session.user);
}

export function toSessionUser(user: {
  id: string;
  name: string;
  username?: string | null;
  displayUsername?: string | null;
  isAnonymous?: boolean | null;
  role?: string | null;
}): SessionUser {
  const result: SessionUser = {
    id: user.id,
    name: user.name,
    isGuest: user.isAnonymous === true,
    isAdmin: user.role === "admin",
  };
  const username = user.displayUsername ?? user.username;
  if (username) result.username = username;
  return result;
}

/** Only the page itself may act in a visitor's name: a browser tells where a request comes from. */
export function sameOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (!origin) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
