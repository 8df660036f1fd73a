import { parse } from "yaml";
import { z } from "zod";
import { localized } from "./schema";

const track = z
  .object({
    id: z.string().regex(/^[a-z0-9-]+$/),
    title: localized,
    summary: localized,
  })
  .strict();

const tracks = z.array(track).min(1);

/** A part of the course: its challenges lie in the folder of its name. Their prerequisites make the skill tree. */
export type Track = z.infer<typeof track>;

/** Reads `challenges/tracks.yaml`: the tracks in the order of the course. Throws with what is wrong with it. */
export function parseTracks(source: string): Track[] {
  const parsed = tracks.safeParse(parse(source));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`tracks.yaml: ${issue!.path.map(String).join(".")}: ${issue!.message}`);
}
