"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { CircleCheck, CirclePlay, Compass } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { useTRPC } from "../data/trpc";
import type { ChallengeCard } from "../data/types";
import { Button } from "../design/button";
import { Badge, Card, EmptyState, Skeleton } from "../design/card";
import { DifficultyBadge } from "../design/difficulty";
import { learningOrder } from "../lab/outcome";
import { Page } from "../shell/page";

export const trackName = (track: string) => track.replace(/-/g, " ").replace(/^./, (first) => first.toUpperCase());

export function Catalogue() {
  const t = useTranslations("catalogue");
  const trpc = useTRPC();
  const language = useLocale();
  const list = useQuery(trpc.challenges.list.queryOptions({ language }));
  const [track, setTrack] = useState<string>();
  const challenges = useMemo(() => learningOrder(list.data ?? []), [list.data]);
  const tracks = [...new Set(challenges.flatMap((challenge) => challenge.tracks))];
  const shown = challenges.filter((challenge) => !track || challenge.tracks.includes(track));
  const solved = challenges.filter(({ state }) => state === "solved").length;
  return (
    <Page title={t("title")} lead={t("lead")}>
      {list.isPending ? (
        <Grid>
          {[1, 2, 3].map((one) => (
            <Skeleton key={one} className="h-48" />
          ))}
        </Grid>
      ) : list.error ? (
        <EmptyState title={t("error")} action={<Button onClick={() => void list.refetch()}>{t("again")}</Button>}>
          {list.error.message}
        </EmptyState>
      ) : challenges.length === 0 ? (
        <EmptyState icon={<Compass />} title={t("empty")}>
          {t("emptyText")}
        </EmptyState>
      ) : (
        <>
          <div className="mb-5 flex flex-wrap items-center gap-2">
            {tracks.length > 1 ? (
              <fieldset className="flex flex-wrap gap-1.5">
                <legend className="sr-only">{t("tracks")}</legend>
                {[undefined, ...tracks].map((one) => (
                  <button
                    key={one ?? ""}
                    type="button"
                    aria-pressed={one === track}
                    onClick={() => setTrack(one)}
                    className="rounded-full border border-line bg-surface px-3 py-1 text-ink-2 text-sm hover:bg-hover aria-pressed:border-accent! aria-pressed:text-ink"
                  >
                    {one ? trackName(one) : t("allTracks")}
                  </button>
                ))}
              </fieldset>
            ) : null}
            <p className="ml-auto text-ink-3 text-sm">{t("solvedCount", { solved, total: challenges.length })}</p>
          </div>
          <Grid>
            {shown.map((challenge) => (
              <ChallengeTile key={challenge.id} challenge={challenge} />
            ))}
          </Grid>
        </>
      )}
    </Page>
  );
}

function Grid({ children }: { children: React.ReactNode }) {
  return <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">{children}</div>;
}

export function StateBadge({ state }: { state: ChallengeCard["state"] }) {
  const t = useTranslations("catalogue");
  if (state === "solved") {
    return (
      <Badge tone="running">
        <CircleCheck className="size-3.5" aria-hidden />
        {t("solved")}
      </Badge>
    );
  }
  if (state === "started") {
    return (
      <Badge tone="pending">
        <CirclePlay className="size-3.5" aria-hidden />
        {t("started")}
      </Badge>
    );
  }
  return null;
}

function ChallengeTile({ challenge }: { challenge: ChallengeCard }) {
  const t = useTranslations("catalogue");
  return (
    <Card
      className="group relative flex flex-col p-5 transition-colors hover:border-line-strong"
      data-testid={`challenge-${challenge.id}`}
    >
      <div className="mb-2 flex items-center gap-2 text-ink-3 text-sm">
        <span>{challenge.tracks.map(trackName).join(" · ")}</span>
        <span className="ml-auto">
          <StateBadge state={challenge.state} />
        </span>
      </div>
      <h2 className="font-semibold text-xl tracking-tight">
        <Link
          href={`/challenges/${challenge.id}`}
          className="after:absolute after:inset-0 after:rounded-lg group-hover:text-accent-text"
        >
          {challenge.title}
        </Link>
      </h2>
      <p className="mt-1 mb-4 text-ink-2">{challenge.summary}</p>
      <div className={clsx("mt-auto flex items-center gap-4 border-line border-t pt-3 text-ink-3 text-sm")}>
        <DifficultyBadge difficulty={challenge.difficulty} />
        <span>{t("points", { points: challenge.points })}</span>
        <span className="ml-auto">{t("minutes", { minutes: challenge.minutes })}</span>
      </div>
    </Card>
  );
}
