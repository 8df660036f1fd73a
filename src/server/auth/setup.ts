import { createHash, randomBytes } from "node:crypto";
import type { Database } from "../db/client";
import { AppError } from "../errors";
import { type Entry, signUp } from "./accounts";
import type { Auth } from "./auth";

const VALID_MS = 7 * 24 * 3600_000;

const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

/** While a site has no administrator, each start makes a new one-time link and voids the earlier ones. */
export async function makeSetupToken(db: Database): Promise<string | undefined> {
  if ((await db.user.count({ where: { role: "admin" } })) > 0) return undefined;
  const token = randomBytes(24).toString("base64url");
  await db.$transaction([
    db.setupToken.deleteMany({ where: { usedAt: null } }),
    db.setupToken.create({ data: { tokenHash: hashOf(token), expiresAt: new Date(Date.now() + VALID_MS) } }),
  ]);
  return token;
}

export async function setupTokenIsValid(db: Database, token: string): Promise<boolean> {
  const row = await db.setupToken.findUnique({ where: { tokenHash: hashOf(token) } });
  return row !== null && row.usedAt === null && row.expiresAt.getTime() > Date.now();
}

/** Spends the token and makes its bearer the administrator. The token is spent first, so that two cannot share it. */
export async function setUpAdministrator(
  auth: Auth,
  db: Database,
  token: string,
  credentials: { username: string; password: string },
): Promise<Entry> {
  const tokenHash = hashOf(token);
  const spent = await db.setupToken.updateMany({
    where: { tokenHash, usedAt: null, expiresAt: { gt: new Date() } },
    data: { usedAt: new Date() },
  });
  if (spent.count !== 1)
    throw new AppError("FORBIDDEN", "This link was used already or is too old. Restart Podium for a new one.");
  try {
    const entry = await signUp(auth, db, credentials);
    await db.user.update({ where: { id: entry.user.id }, data: { role: "admin" } });
    return { ...entry, user: { ...entry.user, isAdmin: true } };
  } catch (error) {
    await db.setupToken.update({ where: { tokenHash }, data: { usedAt: null } });
    throw error;
  }
}
