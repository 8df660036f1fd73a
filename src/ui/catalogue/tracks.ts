"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale } from "next-intl";
import { useTRPC } from "../data/trpc";
import type { TrackView } from "../data/types";

/** What a track is called that `tracks.yaml` does not know: by its folder. */
export const plainName = (track: string) => track.replace(/-/g, " ").replace(/^./, (first) => first.toUpperCase());

const NONE: readonly TrackView[] = [];

/** The parts of the course in the viewer's language. */
export function useTracks(): { tracks: readonly TrackView[]; nameOf: (id: string) => string } {
  const trpc = useTRPC();
  const language = useLocale();
  const tracks = useQuery(trpc.challenges.tracks.queryOptions({ language })).data ?? NONE;
  return { tracks, nameOf: (id) => tracks.find((track) => track.id === id)?.title ?? plainName(id) };
}
