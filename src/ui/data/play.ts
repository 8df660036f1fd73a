"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { useState } from "react";
import { useEntered, useMe } from "./me";
import { podiumSocket } from "./socket";
import { useTRPC } from "./trpc";

/** Starts (or finds) the lab for a challenge and goes there; a visitor becomes a guest on the way. */
export function usePlay(): {
  play: (challengeId: string | undefined, classId?: string) => void;
  busy: boolean;
  error?: string;
} {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const language = useLocale();
  const me = useMe();
  const entered = useEntered();
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const guest = useMutation(trpc.auth.guest.mutationOptions());
  const start = useMutation(trpc.labs.start.mutationOptions());

  const play = async (challengeId: string | undefined, classId?: string) => {
    setBusy(true);
    setError(undefined);
    try {
      if (!me) {
        const user = await guest.mutateAsync({});
        entered(user);
      }
      const { labId } = await start.mutateAsync({ challengeId, classId });
      podiumSocket();
      void queries.prefetchQuery(trpc.labs.get.queryOptions({ labId }));
      if (challengeId)
        void queries.prefetchQuery(trpc.challenges.get.queryOptions({ id: challengeId, language, labId }));
      router.push(`/labs/${labId}`);
      // The button stays busy until the page is left.
      setTimeout(() => setBusy(false), 4_000);
    } catch (cause) {
      setBusy(false);
      setError(cause instanceof Error ? cause.message : String(cause));
    }
  };
  return { play: (challengeId, classId) => void play(challengeId, classId), busy, error };
}
