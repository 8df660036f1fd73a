"use client";

import clsx from "clsx";
import { Droplet } from "lucide-react";
import { useTranslations } from "next-intl";
import { useLayoutEffect, useRef } from "react";
import type { BoardRow } from "@/server/realtime/protocol";

const MOVE_MS = 600;

/** Rows glide to their new rank once, and only when it changed. */
export function BoardRows({ rows, me, large = false }: { rows: BoardRow[]; me?: string; large?: boolean }) {
  const t = useTranslations("board");
  const list = useRef<HTMLOListElement>(null);
  const tops = useRef(new Map<string, number>());
  const order = rows.map((row) => row.userId).join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new order moves anything.
  useLayoutEffect(() => {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    for (const row of list.current?.querySelectorAll<HTMLElement>("[data-user]") ?? []) {
      const user = row.dataset.user ?? "";
      const before = tops.current.get(user);
      const now = row.offsetTop;
      tops.current.set(user, now);
      if (before !== undefined && before !== now && !still) {
        row.animate([{ transform: `translateY(${before - now}px)` }, { transform: "none" }], {
          duration: MOVE_MS,
          easing: "cubic-bezier(0.2, 0.7, 0.2, 1)",
        });
      }
    }
  }, [order]);
  const best = Math.max(1, rows[0]?.points ?? 1);
  return (
    <ol ref={list} className={clsx("flex flex-col", large ? "gap-[1vh]" : "gap-1")} data-testid="board">
      {rows.map((row) => (
        <li
          key={row.userId}
          data-user={row.userId}
          data-testid={`board-row-${row.nickname}`}
          className={clsx(
            "relative isolate flex items-center overflow-hidden rounded-lg border",
            row.userId === me ? "border-accent!" : "border-line",
            large
              ? "gap-[1.6vw] bg-surface px-[1.6vw] py-[1.05vh] text-[clamp(1.1rem,3.4vh,3rem)]"
              : "gap-3 bg-surface px-3 py-1.5",
          )}
        >
          <span
            aria-hidden
            className={clsx(
              "absolute inset-y-0 left-0 -z-10 transition-[width] duration-700",
              row.rank === 1 ? "bg-accent-soft" : "bg-hover",
            )}
            style={{ width: `${(Math.max(0, row.points) / best) * 100}%` }}
          />
          <span
            className={clsx(
              "text-right font-bold",
              large ? "w-[2ch]" : "w-6",
              row.rank <= 3 ? "text-accent-text" : "text-ink-3",
            )}
          >
            {row.rank}
          </span>
          <span className="min-w-0 flex-1 truncate font-semibold">{row.nickname}</span>
          {row.firstBloods > 0 ? (
            <span
              className={clsx(
                "flex shrink-0 items-center gap-[0.2em] text-failing-text",
                large ? "text-[0.7em]" : "text-sm",
              )}
              title={t("firstBloods")}
            >
              <Droplet className="size-[0.9em] fill-current" aria-hidden />
              {row.firstBloods}
              <span className="sr-only">{t("firstBloods")}</span>
            </span>
          ) : null}
          <span
            className={clsx("shrink-0 whitespace-nowrap text-ink-2", large ? "text-[0.62em] max-sm:hidden" : "text-sm")}
          >
            {t("solved", { count: row.solved })}
          </span>
          <span className={clsx("shrink-0 text-right font-bold", large ? "min-w-[4ch]" : "min-w-12")}>
            {row.points}
          </span>
        </li>
      ))}
    </ol>
  );
}
