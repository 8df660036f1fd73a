import type { SessionUser } from "../auth/session";
import type { Database } from "../db/client";
import { forbidden, notFound } from "../errors";

export type ClassRole = "instructor" | "assistant" | "learner";

export const STAFF: ClassRole[] = ["instructor", "assistant"];

/** The role that a user has in a class; site administrators act as instructors everywhere. */
export async function roleIn(db: Database, user: SessionUser, classId: string): Promise<ClassRole | undefined> {
  const membership = await db.membership.findUnique({ where: { classId_userId: { classId, userId: user.id } } });
  if (user.isAdmin && (await db.class.count({ where: { id: classId } })) > 0) return "instructor";
  return membership?.role;
}

/** Throws unless the user is in the class in one of these roles. Outsiders do not learn whether the class exists. */
export async function demandRole(
  db: Database,
  user: SessionUser,
  classId: string,
  roles?: ClassRole[],
): Promise<ClassRole> {
  const role = await roleIn(db, user, classId);
  if (!role) throw notFound("class");
  if (roles && !roles.includes(role)) throw forbidden("Only the class's instructors may do this.");
  return role;
}

export type LabAccess = "owner" | "watcher";

/** Owners play; instructors and assistants of the lab's class watch. Nobody else learns that the lab exists. */
export async function demandLab(
  db: Database,
  user: SessionUser,
  labId: string,
): Promise<{ access: LabAccess; lab: LabRow }> {
  const lab = await db.lab.findUnique({ where: { id: labId }, include: { attempt: true } });
  if (lab?.status !== "open") throw notFound("lab");
  if (lab.ownerId === user.id) return { access: "owner", lab };
  if (user.isAdmin) return { access: "watcher", lab };
  const role = lab.classId ? await roleIn(db, user, lab.classId) : undefined;
  if (!role || !STAFF.includes(role)) throw notFound("lab");
  return { access: "watcher", lab };
}

export type LabRow = NonNullable<Awaited<ReturnType<typeof findLab>>>;
const findLab = (db: Database, id: string) => db.lab.findUnique({ where: { id }, include: { attempt: true } });
