import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, renameSync } from "node:fs";
import path from "node:path";
import { StartError } from "../start-error";

/** Who PostgreSQL runs as. It refuses to run as root, so root lends it the system user `postgres`. */
export interface RunAs {
  uid?: number;
  gid?: number;
}

/** Where root's installations keep what the user `postgres` cannot reach below a private home. */
const SHARED_FOLDER = "/var/lib/podium";

export function postgresUser(): RunAs {
  if (process.getuid?.() !== 0) return {};
  const lookUp = (flag: string) =>
    Number.parseInt(spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout, 10);
  if (Number.isNaN(lookUp("-u"))) {
    const made = spawnSync(
      "useradd",
      ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"],
      { encoding: "utf8" },
    );
    if (made.status !== 0) {
      throw new StartError(
        `PostgreSQL cannot run as root, and no user postgres could be made: ${made.stderr?.trim() || made.error?.message}`,
      );
    }
  }
  return { uid: lookUp("-u"), gid: lookUp("-g") };
}

/** Whether the user can go through to `folder`, or to its nearest parent that exists. */
export function canReach(runAs: RunAs, folder: string): boolean {
  if (runAs.uid === undefined) return true;
  let existing = folder;
  while (!existsSync(existing)) existing = path.dirname(existing);
  return spawnSync("test", ["-x", existing], { uid: runAs.uid, gid: runAs.gid, cwd: "/" }).status === 0;
}

/** The folder itself, or for one that `postgres` cannot reach its stand-in below /var/lib. */
export function reachableFolder(runAs: RunAs, folder: string): string {
  if (canReach(runAs, folder)) return folder;
  return path.join(SHARED_FOLDER, createHash("sha256").update(folder).digest("hex").slice(0, 12));
}

/** PostgreSQL's programs, copied once where `postgres` can reach them if need be. */
export function reachablePrograms(runAs: RunAs, native: string, version: string): string {
  if (canReach(runAs, native)) return native;
  const copy = path.join(SHARED_FOLDER, `postgresql-${version}`);
  if (!existsSync(copy)) {
    const partial = `${copy}.${process.pid}`;
    mkdirSync(SHARED_FOLDER, { recursive: true, mode: 0o755 });
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    renameSync(partial, copy);
  }
  return copy;
}
