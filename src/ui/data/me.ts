"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { renewSocket } from "./socket";
import { useTRPC } from "./trpc";
import type { Me } from "./types";

/** Who is signed in: undefined while unknown, null for a visitor. */
export function useMe(): Me | undefined {
  const trpc = useTRPC();
  return useQuery({ ...trpc.auth.me.queryOptions(), staleTime: 60_000 }).data;
}

/** After somebody came in or went out: everything known before was another's. */
export function useEntered(): (user: Me) => void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return (user) => {
    renewSocket();
    queries.setQueryData(trpc.auth.me.queryKey(), user);
    void queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== trpc.auth.me.queryKey()[0] });
  };
}

export function useSignOut(): () => void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const { mutate } = useMutation(
    trpc.auth.signOut.mutationOptions({
      onSuccess: () => {
        renewSocket();
        queries.clear();
        queries.setQueryData(trpc.auth.me.queryKey(), null);
        router.push("/");
      },
    }),
  );
  return () => mutate();
}
