"use client";

import { useQuery } from "@tanstack/react-query";
import { Clock, Flag, Play, Trophy } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { usePlay } from "../data/play";
import { useTRPC } from "../data/trpc";
import { Button, ButtonLink } from "../design/button";
import { Badge, Card, EmptyState, Skeleton } from "../design/card";
import { DifficultyBadge } from "../design/difficulty";
import { FormError } from "../design/field";
import { Markdown } from "../design/markdown";
import { usePrefetchLab } from "../lab/prefetch-lab";
import { Page } from "../shell/page";
import { StateBadge } from "./catalogue";
import { useTracks } from "./tracks";

export function ChallengePage({ id }: { id: string }) {
  const t = useTranslations("challenge");
  const trpc = useTRPC();
  const language = useLocale();
  const { nameOf } = useTracks();
  usePrefetchLab();
  const { play, busy, error } = usePlay();
  const query = useQuery(trpc.challenges.get.queryOptions({ id, language }));
  const list = useQuery(trpc.challenges.list.queryOptions({ language }));
  const state = list.data?.find((one) => one.id === id)?.state ?? "new";
  const titles = new Map(list.data?.map((one) => [one.id, one.title]));
  if (query.error) {
    return (
      <Page>
        <EmptyState
          title={t("notFound")}
          action={
            <ButtonLink href="/challenges" variant="primary">
              {t("toCatalogue")}
            </ButtonLink>
          }
        >
          {query.error.message}
        </EmptyState>
      </Page>
    );
  }
  const challenge = query.data;
  if (!challenge) {
    return (
      <Page>
        <Skeleton className="h-10 w-80" />
        <Skeleton className="mt-6 h-72" />
      </Page>
    );
  }
  return (
    <Page>
      <p className="mb-1 flex flex-wrap items-center gap-2 text-ink-3">
        <Link href="/challenges" className="hover:text-ink hover:underline">
          {t("toCatalogue")}
        </Link>
        <span aria-hidden>/</span>
        {challenge.tracks.map(nameOf).join(" · ")}
        <StateBadge state={state} />
      </p>
      <div className="grid items-start gap-8 lg:grid-cols-[1fr_20rem]">
        <article>
          <h1 className="font-bold text-4xl tracking-tight">{challenge.title}</h1>
          <p className="mt-2 mb-6 text-ink-2 text-lg">{challenge.summary}</p>
          <Markdown text={challenge.brief} className="max-w-prose text-lg" />
        </article>
        <Card className="flex flex-col gap-5 p-5 lg:sticky lg:top-6">
          <Button variant="primary" size="lg" busy={busy} onClick={() => play(id)} data-testid="challenge-start">
            <Play className="size-5" aria-hidden />
            {state === "started" ? t("continue") : state === "solved" ? t("again") : t("start")}
          </Button>
          <FormError>{error}</FormError>
          <dl className="grid grid-cols-3 gap-2 text-center">
            <Fact icon={<Trophy />} value={challenge.points} name={t("points")} />
            <Fact icon={<Clock />} value={challenge.minutes} name={t("minutes")} />
            <Fact icon={<Flag />} value={challenge.checks.length} name={t("checks")} />
          </dl>
          <div className="flex flex-col gap-3 border-line border-t pt-4 text-sm">
            <p className="flex justify-between">
              <span className="text-ink-3">{t("difficulty")}</span>
              <DifficultyBadge difficulty={challenge.difficulty} />
            </p>
            {challenge.teaches.length > 0 ? (
              <div>
                <p className="mb-1.5 text-ink-3">{t("teaches")}</p>
                <p className="flex flex-wrap gap-1.5">
                  {challenge.teaches.map((topic) => (
                    <Badge key={topic}>{topic}</Badge>
                  ))}
                </p>
              </div>
            ) : null}
            {challenge.prerequisites.length > 0 ? (
              <div>
                <p className="mb-1 text-ink-3">{t("before")}</p>
                {challenge.prerequisites.map((one) => (
                  <Link key={one} href={`/challenges/${one}`} className="block text-accent-text hover:underline">
                    {titles.get(one) ?? one}
                  </Link>
                ))}
              </div>
            ) : null}
          </div>
        </Card>
      </div>
    </Page>
  );
}

function Fact({ icon, value, name }: { icon: React.ReactNode; value: number; name: string }) {
  return (
    <div className="flex flex-col items-center">
      <span aria-hidden className="text-accent-text [&_svg]:size-4.5">
        {icon}
      </span>
      <dd className="font-semibold text-xl">{value}</dd>
      <dt className="order-last text-ink-3 text-xs">{name}</dt>
    </div>
  );
}
