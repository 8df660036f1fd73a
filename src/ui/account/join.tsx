"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useEntered, useMe } from "../data/me";
import { useTRPC } from "../data/trpc";
import { Button } from "../design/button";
import { Skeleton } from "../design/card";
import { Field, FormError } from "../design/field";
import { EntryCard } from "./entry-card";
import { JoinCodeForm } from "./join-code-form";

/** A class by its code: a nickname is all that is asked for. */
export function Join({ code }: { code: string }) {
  const t = useTranslations("join");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const me = useMe();
  const entered = useEntered();
  const [nickname, setNickname] = useState("");
  const [tried, setTried] = useState(false);
  const preview = useQuery(trpc.classes.preview.queryOptions({ joinCode: code }));
  const guest = useMutation(trpc.auth.guest.mutationOptions());
  const join = useMutation(trpc.classes.join.mutationOptions());
  // A personal link knows who comes.
  const expected = preview.data?.nickname;
  useEffect(() => {
    if (expected) setNickname((typed) => typed || expected);
  }, [expected]);
  useEffect(() => {
    if (me && !me.isGuest) setNickname((typed) => typed || me.name.slice(0, 32));
  }, [me]);

  const submit = async () => {
    setTried(true);
    const name = nickname.trim();
    if (!name) return;
    try {
      if (!me) entered(await guest.mutateAsync({ name }));
      const joined = await join.mutateAsync({ joinCode: code, nickname: name });
      await queries.invalidateQueries({ queryKey: trpc.classes.list.queryKey() });
      router.push(`/classes/${joined.id}`);
    } catch {
      // Shown below, from the mutations.
    }
  };

  if (preview.isPending) {
    return (
      <EntryCard title={<Skeleton className="h-8 w-56" />}>
        <Skeleton className="h-28" />
      </EntryCard>
    );
  }
  if (!preview.data) {
    return (
      <EntryCard title={t("unknown")} lead={preview.error?.message}>
        <JoinCodeForm />
      </EntryCard>
    );
  }
  return (
    <EntryCard
      title={preview.data.name}
      lead={t("lead")}
      below={
        me === null ? (
          <>
            {t("haveAccount")}{" "}
            <Link
              href={`/sign-in?next=${encodeURIComponent(`/join/${code}`)}`}
              className="font-medium text-accent-text hover:underline"
            >
              {t("signIn")}
            </Link>
          </>
        ) : null
      }
    >
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FormError>
          {join.error?.data?.code === "CONFLICT" ? undefined : (join.error ?? guest.error)?.message}
        </FormError>
        <Field
          label={t("nickname")}
          name="nickname"
          maxLength={32}
          autoFocus
          autoComplete="nickname"
          value={nickname}
          onChange={(event) => {
            setNickname(event.target.value);
            join.reset();
          }}
          hint={t("nicknameHint")}
          error={
            tried && !nickname.trim()
              ? t("nicknameNeeded")
              : join.error?.data?.code === "CONFLICT"
                ? join.error.message
                : undefined
          }
        />
        <Button type="submit" variant="primary" busy={guest.isPending || join.isPending} data-testid="join-submit">
          {t("join")}
        </Button>
      </form>
    </EntryCard>
  );
}

/** The address without a code: it is typed in here. */
export function JoinByCode() {
  const t = useTranslations("join");
  return (
    <EntryCard title={t("title")}>
      <JoinCodeForm />
    </EntryCard>
  );
}
