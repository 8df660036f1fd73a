"use client";

import { ArrowRight, Star } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ChallengeView } from "../data/types";
import { Button, ButtonLink } from "../design/button";
import { Markdown } from "../design/markdown";
import { duration } from "../design/time";
import { starsOf } from "./outcome";

export function SuccessPanel({
  challenge,
  next,
  points,
  takenMs,
  commands,
  hintsTaken,
  onNext,
  busy,
}: {
  challenge: ChallengeView;
  next?: { title: string };
  points: number;
  takenMs?: number;
  commands?: number;
  hintsTaken: number;
  onNext?: () => void;
  busy?: boolean;
}) {
  const t = useTranslations("success");
  const stars = starsOf(takenMs === undefined ? undefined : takenMs / 60_000, challenge.minutes, hintsTaken);
  const facts = [
    { name: t("points"), value: String(points) },
    takenMs === undefined ? undefined : { name: t("time"), value: duration(takenMs) },
    commands === undefined ? undefined : { name: t("commands"), value: String(commands) },
    { name: t("hints"), value: String(hintsTaken) },
  ].filter((fact) => fact !== undefined);
  return (
    <section
      data-testid="success"
      aria-live="polite"
      className="animate-rise overflow-hidden rounded-lg border border-running! bg-running-soft"
    >
      <div className="flex items-center gap-3 px-4 pt-3.5">
        <h2 className="font-bold text-lg text-running-text">{t("title")}</h2>
        <span className="ml-auto flex gap-0.5" role="img" aria-label={t("stars", { stars })}>
          {[1, 2, 3].map((star) => (
            <Star
              key={star}
              aria-hidden
              className={star <= stars ? "size-5 fill-accent text-accent" : "size-5 text-line-strong"}
            />
          ))}
        </span>
      </div>
      <dl className="grid grid-cols-4 gap-2 px-4 py-3">
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dd className="font-semibold text-xl">{value}</dd>
            <dt className="text-ink-2 text-xs">{name}</dt>
          </div>
        ))}
      </dl>
      {challenge.debrief ? <Markdown text={challenge.debrief} className="px-4 pb-3 text-sm" /> : null}
      {challenge.readOn.length > 0 ? (
        <p className="px-4 pb-3 text-sm">
          <span className="text-ink-2">{t("readOn")} </span>
          {challenge.readOn.map((link, index) => (
            <span key={link.url}>
              {index > 0 ? ", " : ""}
              <a
                href={link.url}
                target="_blank"
                rel="noreferrer"
                className="text-accent-text underline underline-offset-2"
              >
                {link.title}
              </a>
            </span>
          ))}
        </p>
      ) : null}
      <div className="flex flex-wrap items-center gap-2 px-4 pb-4">
        {next && onNext ? (
          <Button variant="primary" size="sm" onClick={onNext} busy={busy} data-testid="next-challenge">
            {t("next", { title: next.title })}
            <ArrowRight className="size-3.5" aria-hidden />
          </Button>
        ) : null}
        <ButtonLink href="/challenges" size="sm" variant={next ? "ghost" : "primary"}>
          {t("all")}
        </ButtonLink>
      </div>
    </section>
  );
}
