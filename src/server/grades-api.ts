import type { IncomingMessage, ServerResponse } from "node:http";
import { EXPORT_FORMATS, type ExportFormat, exportGrades } from "@/classroom/exports";
import { gradebookOf } from "./classes/grades";
import { RateLimit } from "./rate-limit";
import type { Services } from "./services";
import { tokenHash } from "./trpc/gradebook";

/** `/api/classes/<id>/grades[.csv]`, with a class's token as bearer: for other programs, not for pages. */
export const GRADES_PATH = /^\/api\/classes\/([A-Za-z0-9_-]{1,64})\/grades(\.csv)?$/;

/** Per address; a program asks seldom. */
const limit = new RateLimit(60, 60);

export async function serveGrades(
  request: IncomingMessage,
  response: ServerResponse,
  { db, catalogue }: Services,
  ip: string,
): Promise<void> {
  const answer = (status: number, type: string, body: string) =>
    response.writeHead(status, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store" }).end(body);
  const refuse = (status: number, message: string) =>
    answer(status, "application/json", `${JSON.stringify({ error: message })}\n`);
  const url = new URL(request.url ?? "/", "http://podium");
  const [, classId = "", csv] = GRADES_PATH.exec(url.pathname) ?? [];
  if (request.method !== "GET") return void refuse(405, "Only GET is answered here.");
  if (!limit.take(ip)) return void refuse(429, "Too many requests. Wait a moment.");
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const row = token ? await db.apiToken.findUnique({ where: { tokenHash: tokenHash(token) } }) : null;
  if (row?.classId !== classId)
    return void refuse(401, "A token of this class is needed: Authorization: Bearer TOKEN.");
  const format = url.searchParams.get("format") ?? "plain";
  if (!EXPORT_FORMATS.includes(format as ExportFormat))
    return void refuse(400, `There is no format ${format}, only ${EXPORT_FORMATS.join(", ")}.`);
  const book = await gradebookOf(db, catalogue, { classId, language: "en" });
  await db.apiToken.update({ where: { id: row.id }, data: { lastUsedAt: new Date() } });
  if (csv) answer(200, "text/csv", exportGrades(book, format as ExportFormat));
  else answer(200, "application/json", `${JSON.stringify(book)}\n`);
}
