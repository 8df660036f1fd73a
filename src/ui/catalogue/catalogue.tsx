"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { CircleCheck, CirclePlay, Compass, Siren } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { useTRPC } from "../data/trpc";
import type { ChallengeCard, TrackView } from "../data/types";
import { Button } from "../design/button";
import { Badge, Card, EmptyState, Skeleton } from "../design/card";
import { DifficultyBadge } from "../design/difficulty";
import { learningOrder } from "../lab/outcome";
import { Page } from "../shell/page";
import { plainName, useTracks } from "./tracks";

export function Catalogue() {
  const t = useTranslations("catalogue");
  const trpc = useTRPC();
  const language = useLocale();
  const list = useQuery(trpc.challenges.list.queryOptions({ language }));
  const { tracks, nameOf } = useTracks();
  const [track, setTrack] = useState<string>();
  const challenges = useMemo(() => learningOrder(list.data ?? []), [list.data]);
  const sections = sectionsOf(challenges, tracks);
  const shown = sections.filter((section) => !track || section.id === track);
  const next = challenges.find(({ state, prerequisites }) => state !== "solved" && isOpen(prerequisites, challenges));
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
            {sections.length > 1 ? (
              <fieldset className="flex flex-wrap gap-1.5">
                <legend className="sr-only">{t("tracks")}</legend>
                {[undefined, ...sections.map((section) => section.id)].map((one) => (
                  <button
                    key={one ?? ""}
                    type="button"
                    aria-pressed={one === track}
                    onClick={() => setTrack(one)}
                    className="rounded-full border border-line bg-surface px-3 py-1 text-ink-2 text-sm hover:bg-hover aria-pressed:border-accent! aria-pressed:text-ink"
                  >
                    {one ? nameOf(one) : t("allTracks")}
                  </button>
                ))}
              </fieldset>
            ) : null}
            <p className="ml-auto text-ink-3 text-sm">{t("solvedCount", { solved, total: challenges.length })}</p>
          </div>
          <div className="flex flex-col gap-10">
            {shown.map((section) => (
              <TrackSection key={section.id} section={section} next={next?.id} />
            ))}
          </div>
        </>
      )}
    </Page>
  );
}

interface Section {
  id: string;
  title: string;
  summary?: string;
  challenges: ChallengeCard[];
}

/** Tracks in the order of the course, each with its challenges; a challenge stands once, in its first track. */
function sectionsOf(challenges: readonly ChallengeCard[], tracks: readonly TrackView[]): Section[] {
  const known = tracks.map((track) => track.id);
  const others = [...new Set(challenges.map((challenge) => challenge.tracks[0]!))].filter((id) => !known.includes(id));
  const titles: Omit<Section, "challenges">[] = [...tracks, ...others.map((id) => ({ id, title: plainName(id) }))];
  return titles
    .map((track) => ({ ...track, challenges: challenges.filter((challenge) => challenge.tracks[0] === track.id) }))
    .filter((section) => section.challenges.length > 0);
}

/** What a challenge builds on is solved. */
const isOpen = (prerequisites: readonly string[], challenges: readonly ChallengeCard[]) =>
  prerequisites.every((id) => challenges.find((one) => one.id === id)?.state !== "new");

function TrackSection({ section, next }: { section: Section; next: string | undefined }) {
  const t = useTranslations("catalogue");
  const solved = section.challenges.filter(({ state }) => state === "solved").length;
  const total = section.challenges.length;
  return (
    <section aria-labelledby={`track-${section.id}`}>
      <div className="mb-3 flex flex-wrap items-baseline gap-x-4">
        <h2 id={`track-${section.id}`} className="font-semibold text-2xl tracking-tight">
          {section.title}
        </h2>
        <span className="ml-auto text-ink-3 text-sm tabular-nums">{t("progress", { solved, total })}</span>
        {section.summary ? <p className="w-full text-ink-2">{section.summary}</p> : null}
      </div>
      <Grid>
        {section.challenges.map((challenge) => (
          <ChallengeTile key={challenge.id} challenge={challenge} isNext={challenge.id === next} />
        ))}
      </Grid>
    </section>
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

function ChallengeTile({ challenge, isNext }: { challenge: ChallengeCard; isNext: boolean }) {
  const t = useTranslations("catalogue");
  const { nameOf } = useTracks();
  return (
    <Card
      className="group relative flex flex-col p-5 transition-colors hover:border-line-strong"
      data-testid={`challenge-${challenge.id}`}
    >
      <div className="mb-2 flex items-center gap-2 text-ink-3 text-sm">
        {challenge.kind === "incident" ? (
          <span className="inline-flex items-center gap-1.5 text-accent-text">
            <Siren className="size-4" aria-hidden />
            {t("incident")}
          </span>
        ) : (
          <span>{challenge.tracks.map(nameOf).join(" · ")}</span>
        )}
        <span className="ml-auto">
          {isNext ? <Badge tone="accent">{t("next")}</Badge> : <StateBadge state={challenge.state} />}
        </span>
      </div>
      <h3 className="font-semibold text-xl tracking-tight">
        <Link
          href={`/challenges/${challenge.id}`}
          className="after:absolute after:inset-0 after:rounded-lg group-hover:text-accent-text"
        >
          {challenge.title}
        </Link>
      </h3>
      <p className="mt-1 mb-4 text-ink-2">{challenge.summary}</p>
      <div className={clsx("mt-auto flex items-center gap-4 border-line border-t pt-3 text-ink-3 text-sm")}>
        <DifficultyBadge difficulty={challenge.difficulty} />
        <span>{t("points", { points: challenge.points })}</span>
        <span className="ml-auto">{t("minutes", { minutes: challenge.minutes })}</span>
      </div>
    </Card>
  );
}
