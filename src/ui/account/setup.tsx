"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEntered } from "../data/me";
import { useTRPC } from "../data/trpc";
import { ButtonLink } from "../design/button";
import { Skeleton } from "../design/card";
import { CredentialsForm } from "./credentials-form";
import { EntryCard } from "./entry-card";

/** The first administrator's account, behind the one-time link that the server printed. */
export function Setup({ token }: { token: string }) {
  const t = useTranslations("account");
  const trpc = useTRPC();
  const router = useRouter();
  const entered = useEntered();
  const state = useQuery(trpc.admin.setupState.queryOptions({ token }));
  const setup = useMutation(
    trpc.admin.setup.mutationOptions({
      onSuccess: (user) => {
        entered(user);
        router.push("/classes");
      },
    }),
  );
  if (state.isPending) {
    return (
      <EntryCard title={t("setupTitle")}>
        <Skeleton className="h-48" />
      </EntryCard>
    );
  }
  if (!state.data?.valid && !setup.isSuccess) {
    return (
      <EntryCard title={t("setupSpent")} lead={state.error?.message ?? t("setupSpentText")}>
        <ButtonLink href="/sign-in">{t("signIn")}</ButtonLink>
      </EntryCard>
    );
  }
  return (
    <EntryCard title={t("setupTitle")} lead={t("setupText")}>
      <CredentialsForm
        strict
        submit={t("setupSubmit")}
        busy={setup.isPending}
        error={setup.error?.message}
        onSubmit={(credentials) => setup.mutate({ token, ...credentials })}
      />
    </EntryCard>
  );
}
