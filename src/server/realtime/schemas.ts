import { z } from "zod";
import { LANGUAGES } from "../challenges/texts";
import type { ClientEvents } from "./protocol";

/** Everything that a page sends has a length. */
const id = z.string().min(1).max(64);
const terminalId = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/);
const columns = z.number().int().min(2).max(1000);
const rows = z.number().int().min(2).max(500);
const path = z.string().min(1).max(4096);
const name = z.string().min(1).max(253);
const FILE_CHARS = 512 * 1024;

/** One schema for each client event, of the same name. */
export const schemas = {
  "lab:open": z.object({ labId: id }),
  "lab:close": z.object({ labId: id }),
  "terminal:open": z.object({ labId: id, terminalId, columns, rows }),
  "terminal:input": z.object({
    labId: id,
    terminalId,
    data: z
      .string()
      .min(1)
      .max(64 * 1024),
  }),
  "terminal:resize": z.object({ labId: id, terminalId, columns, rows }),
  "terminal:close": z.object({ labId: id, terminalId }),
  "time:control": z.object({
    labId: id,
    action: z.enum(["pause", "resume", "next-change", "skip"]),
    skipMs: z
      .number()
      .int()
      .min(0)
      .max(24 * 3600_000)
      .optional(),
  }),
  "lab:undo": z.object({ labId: id }),
  "lab:reset": z.object({ labId: id }),
  "checks:run": z.object({ labId: id }),
  "answer:give": z.object({
    labId: id,
    question: id,
    value: z.union([z.string().max(2000), z.array(z.string().max(200)).max(20)]),
  }),
  "hint:take": z.object({ labId: id, language: z.enum(LANGUAGES).optional() }),
  "hand:raise": z.object({ labId: id, raised: z.boolean() }),
  "file:list": z.object({ labId: id }),
  "file:read": z.object({ labId: id, path }),
  "file:write": z.object({ labId: id, path, content: z.string().max(FILE_CHARS) }),
  "editor:done": z.object({ labId: id, editId: z.string().max(64), content: z.string().max(FILE_CHARS).nullable() }),
  "object:read": z.object({ labId: id, resource: name, namespace: name.optional(), name, container: name.optional() }),
  "class:watch": z.object({ classId: id }),
  "class:unwatch": z.object({ classId: id }),
  "class:message": z.object({ classId: id, userId: id.optional(), text: z.string().trim().min(1).max(500) }),
  "class:freeze": z.object({ classId: id, frozen: z.boolean() }),
  "board:watch": z.object({ classId: id }),
  "rounds:watch": z.object({ classId: id }),
} satisfies { [E in keyof ClientEvents]: z.ZodType };

export type Input<E extends keyof ClientEvents> = z.infer<(typeof schemas)[E]>;
