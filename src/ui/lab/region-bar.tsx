"use client";

import { BookOpen, Ship, SquareTerminal } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Region } from "./focus";

const icons = { brief: BookOpen, work: SquareTerminal, cluster: Ship };

/** Which region a narrow window shows. */
export function RegionBar({
  shown,
  region,
  onRegion,
}: {
  shown: readonly Region[];
  region: Region;
  onRegion: (region: Region) => void;
}) {
  const t = useTranslations("lab");
  return (
    <nav
      aria-label={t("regions")}
      className="grid shrink-0 auto-cols-fr grid-flow-col border-line border-t bg-surface pb-[env(safe-area-inset-bottom)]"
    >
      {shown.map((one) => {
        const Icon = icons[one];
        return (
          <button
            key={one}
            type="button"
            aria-current={one === region ? "true" : undefined}
            data-testid={`region-${one}`}
            onClick={() => onRegion(one)}
            className="relative flex h-12 flex-col items-center justify-center gap-0.5 font-medium text-ink-3 text-xs before:absolute before:inset-x-6 before:top-0 before:h-0.5 before:rounded-full aria-current:text-ink aria-current:before:bg-accent"
          >
            <Icon className="size-4.5" aria-hidden />
            {t(one)}
          </button>
        );
      })}
    </nav>
  );
}
