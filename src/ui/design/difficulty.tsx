"use client";

import clsx from "clsx";
import { useTranslations } from "next-intl";
import type { Difficulty } from "../data/types";

const bars: Record<Difficulty, number> = { easy: 1, medium: 2, hard: 3 };

/** One, two or three bars and the word. */
export function DifficultyBadge({ difficulty }: { difficulty: Difficulty }) {
  const t = useTranslations("difficulty");
  return (
    <span className="inline-flex items-center gap-1.5 font-medium text-ink-2">
      <span aria-hidden className="flex items-end gap-0.5">
        {[1, 2, 3].map((bar) => (
          <span
            key={bar}
            className={clsx("w-1 rounded-full", bar <= bars[difficulty] ? "bg-accent" : "bg-line-strong")}
            style={{ height: 4 + bar * 3 }}
          />
        ))}
      </span>
      {t(difficulty)}
    </span>
  );
}
