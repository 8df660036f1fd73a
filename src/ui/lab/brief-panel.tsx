"use client";

import { Flag } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ChallengeView } from "../data/types";
import { DifficultyBadge } from "../design/difficulty";
import { Markdown } from "../design/markdown";
import { ChecksPanel } from "./checks-panel";
import { Hints } from "./hints";
import { Questions } from "./questions";

/** Story, goals, questions and hints above; the checks stay in sight below. */
export function BriefPanel({
  challenge,
  knownHints,
  success,
  onShowObject,
}: {
  challenge: ChallengeView;
  knownHints: readonly string[];
  success?: ReactNode;
  onShowObject: (key: string) => void;
}) {
  const t = useTranslations("brief");
  return (
    <div className="flex h-full min-h-0 flex-col bg-surface">
      <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto px-4 py-4 [&>*]:shrink-0">
        {success}
        <header className="flex flex-col gap-1.5">
          <h1 className="font-bold text-xl tracking-tight">{challenge.title}</h1>
          <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-ink-3 text-sm">
            <DifficultyBadge difficulty={challenge.difficulty} />
            <span>{t("points", { points: challenge.points })}</span>
            <span aria-hidden>·</span>
            <span>{t("minutes", { minutes: challenge.minutes })}</span>
          </p>
        </header>
        <Markdown text={challenge.brief} />
        {challenge.goals.length > 0 ? (
          <section>
            <h2 className="mb-2 font-semibold text-sm">{t("goals")}</h2>
            <ul className="flex flex-col gap-1.5">
              {challenge.goals.map((goal) => (
                <li key={goal} className="flex items-start gap-2.5">
                  <Flag className="mt-1 size-3.5 shrink-0 text-accent-text" aria-hidden />
                  <Markdown text={goal} className="min-w-0" />
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        <Questions questions={challenge.questions} />
        <Hints costs={challenge.hintCosts} known={knownHints} />
      </div>
      <div className="flex max-h-[46%] min-h-0 shrink-0 flex-col overflow-hidden border-line border-t bg-page">
        <ChecksPanel challenge={challenge} onShowObject={onShowObject} />
      </div>
    </div>
  );
}
