"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEntered, useMe } from "../data/me";
import { useTRPC } from "../data/trpc";
import { CredentialsForm } from "./credentials-form";
import { EntryCard } from "./entry-card";

/** Where to go after signing in: a path of this site only. */
export function safeNext(next: string | null): string {
  return next?.startsWith("/") && !next.startsWith("//") && !next.includes("\\") ? next : "/challenges";
}

export function SignIn() {
  const t = useTranslations("account");
  const trpc = useTRPC();
  const router = useRouter();
  const next = safeNext(useSearchParams().get("next"));
  const entered = useEntered();
  const signIn = useMutation(
    trpc.auth.signIn.mutationOptions({
      onSuccess: (user) => {
        entered(user);
        router.push(next);
      },
    }),
  );
  return (
    <EntryCard
      title={t("signIn")}
      below={
        <>
          {t("noAccount")}{" "}
          <Link
            href={`/sign-up?next=${encodeURIComponent(next)}`}
            className="font-medium text-accent-text hover:underline"
          >
            {t("signUp")}
          </Link>
        </>
      }
    >
      <CredentialsForm
        strict={false}
        submit={t("signIn")}
        busy={signIn.isPending}
        error={signIn.error?.message}
        onSubmit={(credentials) => signIn.mutate(credentials)}
      />
    </EntryCard>
  );
}

export function SignUp() {
  const t = useTranslations("account");
  const trpc = useTRPC();
  const router = useRouter();
  const next = safeNext(useSearchParams().get("next"));
  const me = useMe();
  const entered = useEntered();
  const signUp = useMutation(
    trpc.auth.signUp.mutationOptions({
      onSuccess: (user) => {
        entered(user);
        router.push(next);
      },
    }),
  );
  return (
    <EntryCard
      title={me?.isGuest ? t("keepTitle") : t("signUp")}
      lead={me?.isGuest ? t("keepText") : undefined}
      below={
        <>
          {t("haveAccount")}{" "}
          <Link
            href={`/sign-in?next=${encodeURIComponent(next)}`}
            className="font-medium text-accent-text hover:underline"
          >
            {t("signIn")}
          </Link>
        </>
      }
    >
      <CredentialsForm
        strict
        submit={t("create")}
        busy={signUp.isPending}
        error={signUp.error?.message}
        onSubmit={(credentials) => signUp.mutate(credentials)}
      />
    </EntryCard>
  );
}
