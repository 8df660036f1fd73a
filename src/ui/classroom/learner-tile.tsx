"use client";

import clsx from "clsx";
import { CircleCheck, CirclePause, Hand, Hourglass, Keyboard } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo } from "react";
import type { Tile } from "@/server/realtime/protocol";
import { Dots } from "../lab/checks-panel";

const looks = {
  "hand-raised": { icon: Hand, edge: "border-l-accent!", text: "text-accent-text", ground: "bg-accent-soft" },
  stuck: { icon: Hourglass, edge: "border-l-failing!", text: "text-failing-text", ground: "bg-failing-soft" },
  working: { icon: Keyboard, edge: "border-l-pending!", text: "text-pending-text", ground: "bg-surface" },
  idle: { icon: CirclePause, edge: "border-l-line-strong!", text: "text-ink-3", ground: "bg-surface" },
  finished: { icon: CircleCheck, edge: "border-l-running!", text: "text-running-text", ground: "bg-surface" },
} as const;

/** One learner: who, where, how far, what they typed last, and for how long nothing turned green. */
export const LearnerTile = memo(function LearnerTile({
  tile,
  title,
  minutes,
  onOpen,
}: {
  tile: Tile;
  title?: string;
  minutes: number;
  onOpen: (tile: Tile) => void;
}) {
  const t = useTranslations("room");
  const look = looks[tile.state];
  const Icon = look.icon;
  const passed = tile.checks.filter(Boolean).length;
  return (
    <button
      type="button"
      onClick={() => onOpen(tile)}
      disabled={!tile.labId}
      data-testid={`tile-${tile.nickname}`}
      data-state={tile.state}
      aria-label={t("tileLabel", {
        name: tile.nickname,
        state: t(`state.${tile.state}`),
        passed,
        total: tile.checks.length,
      })}
      className={clsx(
        "flex h-full w-full flex-col gap-0.5 overflow-hidden rounded-lg border border-line border-l-4 px-2.5 py-1.5 text-left shadow-low transition-colors",
        "enabled:hover:border-line-strong disabled:cursor-default",
        look.edge,
        look.ground,
      )}
    >
      <span className="flex w-full items-center gap-2">
        <span
          title={tile.online ? t("online") : t("offline")}
          className={clsx("size-2 shrink-0 rounded-full", tile.online ? "bg-running" : "border border-line-strong!")}
        />
        <span className="min-w-0 flex-1 truncate font-semibold">{tile.nickname}</span>
        <span className={clsx("flex shrink-0 items-center gap-1 text-xs", look.text)}>
          <Icon className="size-3.5" aria-hidden />
          {t(`state.${tile.state}`)}
        </span>
      </span>
      <span className="flex w-full items-center gap-2 text-ink-3 text-xs">
        <span className="min-w-0 flex-1 truncate">{title ?? t("noChallenge")}</span>
        <span className="shrink-0">{t("points", { points: tile.points })}</span>
      </span>
      <span className="mt-auto flex w-full items-center gap-2">
        <Dots passed={tile.checks} />
        <span className="ml-auto text-ink-3 text-xs">
          {tile.labId && tile.state !== "finished" ? t("minutes", { minutes }) : ""}
        </span>
      </span>
      <span className="w-full truncate rounded-sm bg-sunken px-1.5 py-0.5 font-mono text-2xs text-ink-2">
        {tile.lastCommand ? `$ ${tile.lastCommand}` : " "}
      </span>
    </button>
  );
});
