"use client";

import { ChevronRight, Eye, Users } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "@/server/trpc/router";
import type { ChallengeView } from "../data/types";
import { LogoMark } from "../design/logo";
import { UserMenu } from "../shell/user-menu";
import { Dots } from "./checks-panel";
import { useLab } from "./lab-context";

export function LabHeader({ lab, challenge }: { lab?: RouterOutputs["labs"]["get"]; challenge?: ChallengeView }) {
  const t = useTranslations("lab");
  const report = useLab((view) => view.report);
  const results = new Map(report?.checks.map((check) => [check.id, check.passed]));
  return (
    <header className="flex h-11 shrink-0 items-center gap-2 border-line border-b bg-surface px-3">
      <Link href="/" aria-label="Podium" className="rounded-md">
        <LogoMark className="size-6.5" />
      </Link>
      <nav aria-label={t("path")} className="flex min-w-0 items-center gap-1 text-sm">
        <Link href="/challenges" className="text-ink-3 hover:text-ink max-md:hidden">
          {t("challenges")}
        </Link>
        <ChevronRight className="size-3.5 shrink-0 text-ink-3 max-md:hidden" aria-hidden />
        <span className="truncate font-semibold">{challenge?.title ?? t("title")}</span>
      </nav>
      {challenge ? (
        <span className="ml-2 flex items-center gap-2.5 text-ink-3 text-sm">
          <Dots passed={challenge.checks.map(({ id }) => results.get(id) ?? false)} className="max-sm:hidden" />
          <span className="whitespace-nowrap" data-testid="points">
            {t("points", { points: report?.points ?? 0, max: challenge.points })}
          </span>
        </span>
      ) : null}
      <span className="flex-1" />
      {lab?.access === "watcher" ? (
        <span className="flex items-center gap-1.5 whitespace-nowrap text-pending-text text-sm">
          <Eye className="size-4" aria-hidden />
          {t("watching", { name: lab.owner.nickname })}
        </span>
      ) : null}
      {lab?.classId ? (
        <Link
          href={`/classes/${lab.classId}`}
          aria-label={t("class")}
          className="flex items-center gap-1.5 rounded-md px-2 py-1 text-ink-2 text-sm hover:bg-hover"
        >
          <Users className="size-4" aria-hidden />
          <span className="max-sm:hidden">{t("class")}</span>
        </Link>
      ) : null}
      <UserMenu />
    </header>
  );
}
