"use client";

import { useQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { CloudOff, MonitorPlay, Users } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Tile } from "@/server/realtime/protocol";
import { useTRPC } from "../data/trpc";
import { ButtonLink } from "../design/button";
import { Badge, EmptyState, Skeleton } from "../design/card";
import { LogoMark } from "../design/logo";
import { UserMenu } from "../shell/user-menu";
import { JoinCode } from "./join-code";
import { LearnerTile } from "./learner-tile";
import { FreezeBoard, RoomActions } from "./room-actions";
import { RoomRounds } from "./rounds/room-rounds";
import { StartChaos, StartRace } from "./rounds/start-round";
import { columnsFor, countStates, orderTiles } from "./tile-order";
import { useRoom } from "./use-room";
import { WatchLab } from "./watch-lab";

/** Thirty on a laptop without scrolling: six columns of five rows at 1280 by 800. */
const TILE = { width: 196, height: 108, gap: 8 };
const CLOCK_MS = 15_000;

function useMinuteClock(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), CLOCK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Everybody at a glance; who needs help comes first. */
export function LiveRoom({ classId }: { classId: string }) {
  const t = useTranslations("room");
  const trpc = useTRPC();
  const language = useLocale();
  const room = useRoom(classId);
  const now = useMinuteClock();
  const view = useQuery(trpc.classes.get.queryOptions({ classId }));
  const catalogue = useQuery(trpc.challenges.list.queryOptions({ language }));
  const titles = useMemo(() => new Map(catalogue.data?.map(({ id, title }) => [id, title])), [catalogue.data]);
  const tiles = useMemo(() => orderTiles(room.tiles?.values() ?? []), [room.tiles]);
  const counts = countStates(tiles);
  const [watched, setWatched] = useState<Tile>();
  const [filter, setFilter] = useState<Tile["state"]>();
  const shown = filter ? tiles.filter((tile) => tile.state === filter) : tiles;
  const open = useCallback((tile: Tile) => setWatched(tile), []);

  return (
    <div className="flex h-dvh flex-col">
      <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-line border-b bg-surface px-4 py-2">
        <Link href="/" aria-label="Podium" className="rounded-md">
          <LogoMark />
        </Link>
        <h1 className="min-w-0 truncate font-semibold text-lg">
          <Link href={`/classes/${classId}`} className="hover:text-accent-text">
            {view.data?.name ?? t("title")}
          </Link>
        </h1>
        <ul className="flex gap-1.5 max-md:hidden" aria-label={t("summary")}>
          {(["hand-raised", "stuck", "working", "idle", "finished"] as const).map((state) =>
            counts[state] > 0 ? (
              <li key={state}>
                <button
                  type="button"
                  aria-pressed={filter === state}
                  data-testid={`filter-${state}`}
                  onClick={() => setFilter(filter === state ? undefined : state)}
                  className="rounded-full outline-offset-2 aria-pressed:ring-2 aria-pressed:ring-accent"
                >
                  <Badge
                    tone={
                      state === "hand-raised"
                        ? "accent"
                        : state === "stuck"
                          ? "failing"
                          : state === "finished"
                            ? "running"
                            : "neutral"
                    }
                  >
                    {counts[state]} {t(`state.${state}`)}
                  </Badge>
                </button>
              </li>
            ) : null,
          )}
        </ul>
        <span className="flex-1" />
        {view.data?.joinCode ? (
          <span className="max-sm:hidden">
            <JoinCode code={view.data.joinCode} />
          </span>
        ) : null}
        <StartRace classId={classId} />
        <StartChaos classId={classId} />
        <RoomActions classId={classId} frozen={view.data?.inputFrozen ?? false} />
        {view.data?.role === "instructor" ? (
          <FreezeBoard classId={classId} frozen={view.data.frozenAt !== undefined} />
        ) : null}
        <ButtonLink href={`/classes/${classId}/board`} size="sm" aria-label={t("board")} data-testid="open-board">
          <MonitorPlay className="size-4" aria-hidden />
          <span className="max-md:hidden">{t("board")}</span>
        </ButtonLink>
        <UserMenu />
      </header>
      {room.connected ? null : (
        <div
          role="status"
          className="flex items-center justify-center gap-2 bg-accent px-4 py-1.5 font-medium text-accent-ink text-sm"
        >
          <CloudOff className="size-4" aria-hidden />
          {t("lost")}
        </div>
      )}
      <RoomRounds classId={classId} titles={titles} />
      {room.error && !room.tiles ? (
        <EmptyState title={t("refused")}>{room.error}</EmptyState>
      ) : room.tiles === undefined ? (
        <div className="grid grid-cols-[repeat(auto-fill,minmax(12.25rem,1fr))] gap-2.5 p-4">
          {Array.from({ length: 12 }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: placeholders are all alike.
            <Skeleton key={index} className="h-[108px]" />
          ))}
        </div>
      ) : tiles.length === 0 ? (
        <div className="grid flex-1 place-items-center">
          <EmptyState
            icon={<Users />}
            title={t("empty")}
            action={view.data?.joinCode ? <JoinCode code={view.data.joinCode} large /> : null}
          >
            {t("emptyText")}
          </EmptyState>
        </div>
      ) : (
        <TileGrid tiles={shown} titles={titles} now={now} onOpen={open} />
      )}
      {watched?.labId ? (
        <WatchLab
          tile={room.tiles?.get(watched.userId) ?? watched}
          classId={classId}
          title={titles.get(watched.challenge ?? "")}
          onClose={() => setWatched(undefined)}
        />
      ) : null}
    </div>
  );
}

function TileGrid({
  tiles,
  titles,
  now,
  onOpen,
}: {
  tiles: Tile[];
  titles: ReadonlyMap<string, string>;
  now: number;
  onOpen: (tile: Tile) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(1000);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 1000));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const columns = columnsFor(width, TILE.width, TILE.gap);
  const rows = useVirtualizer({
    count: Math.ceil(tiles.length / columns),
    getScrollElement: () => box.current,
    estimateSize: () => TILE.height + TILE.gap,
    overscan: 4,
  });
  return (
    <div ref={box} className="min-h-0 flex-1 overflow-y-auto px-4 py-4" data-testid="tiles">
      <div className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => (
          <div
            key={row.key}
            className="absolute inset-x-0 top-0 grid"
            style={{
              transform: `translateY(${row.start}px)`,
              height: TILE.height,
              gap: TILE.gap,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {tiles.slice(row.index * columns, (row.index + 1) * columns).map((tile) => (
              <LearnerTile
                key={tile.userId}
                tile={tile}
                title={tile.challenge ? (titles.get(tile.challenge) ?? tile.challenge) : undefined}
                minutes={Math.max(0, Math.floor((now - tile.lastProgressAt) / 60_000))}
                onOpen={onOpen}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
