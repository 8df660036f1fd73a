"use client";

import { useQuery } from "@tanstack/react-query";
import { Droplet, Snowflake, Trophy } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { useTRPC } from "../data/trpc";
import { EmptyState } from "../design/card";
import { LogoMark } from "../design/logo";
import { BoardRows } from "./board-rows";
import { useRoundTitle } from "./rounds/room-rounds";
import { RoundView } from "./rounds/round-view";
import { useRounds } from "./rounds/use-rounds";
import { useBoard } from "./use-room";

const SHOWN_ROWS = 10;
const SHOWN_SOLVES = 5;

function WallClock() {
  const language = useLocale();
  const [now, setNow] = useState<Date>();
  useEffect(() => {
    setNow(new Date());
    const timer = setInterval(() => setNow(new Date()), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time className="font-mono text-[clamp(1rem,3.4vh,2.8rem)]" data-testid="board-clock">
      {now?.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false }) ??
        "--:--:--"}
    </time>
  );
}

/** The board for the last row of the room: few names, large, and one movement per change. */
export function ProjectorBoard({ classId }: { classId: string }) {
  const t = useTranslations("board");
  const trpc = useTRPC();
  const language = useLocale();
  const { board, error } = useBoard(classId);
  const view = useQuery(trpc.classes.get.queryOptions({ classId }));
  const catalogue = useQuery(trpc.challenges.list.queryOptions({ language }));
  const titles = useMemo(() => new Map(catalogue.data?.map(({ id, title }) => [id, title])), [catalogue.data]);
  const rows = board?.rows ?? [];
  // What the room plays stands in the board's place until it is over, and its result until something else happens.
  const rounds = useRounds(classId);
  const titleOf = useRoundTitle(titles, false);
  const round =
    rounds.findLast(({ phase }) => phase !== "ended" && phase !== "planned") ??
    rounds.findLast(
      (one) => one.phase === "ended" && board !== undefined && !board.recent.some(({ at }) => at > (one.endedAt ?? 0)),
    );
  return (
    <main className="flex h-dvh flex-col gap-[2vh] overflow-hidden p-[2.4vh] px-[2.4vw]">
      <header className="flex items-center gap-[1.2vw]">
        <Link href={`/classes/${classId}`} aria-label={t("back")} className="rounded-md">
          <LogoMark className="size-[5vh]!" />
        </Link>
        <h1 className="min-w-0 flex-1 truncate font-bold text-[clamp(1.3rem,4.6vh,4rem)] tracking-tight">
          {view.data?.name}
        </h1>
        {board?.frozenAt ? (
          <p
            className="flex items-center gap-2 whitespace-nowrap rounded-lg bg-pending-soft px-4 py-1 font-semibold text-[clamp(0.9rem,2.4vh,2rem)] text-pending-text"
            data-testid="frozen"
          >
            <Snowflake className="size-[1em]" aria-hidden />
            {t("frozen")}
          </p>
        ) : null}
        <WallClock />
      </header>
      {round ? (
        <div className="min-h-0 flex-1 overflow-hidden">
          <RoundView round={round} title={titleOf(round)} large limit={SHOWN_ROWS} />
        </div>
      ) : error && !board ? (
        <EmptyState title={t("refused")}>{error}</EmptyState>
      ) : board && rows.length === 0 ? (
        <div className="grid flex-1 place-items-center">
          <EmptyState icon={<Trophy />} title={t("empty")}>
            {view.data?.joinCode ? t("emptyCode", { code: view.data.joinCode }) : t("emptyText")}
          </EmptyState>
        </div>
      ) : (
        <div className="grid min-h-0 flex-1 gap-[2vw] lg:grid-cols-[1fr_24vw]">
          <div className="min-h-0 overflow-hidden">
            <BoardRows rows={rows.slice(0, SHOWN_ROWS)} large />
          </div>
          <aside className="flex min-h-0 flex-col gap-[1.4vh] overflow-hidden max-lg:hidden">
            <h2 className="font-semibold text-[clamp(0.9rem,2.2vh,1.8rem)] text-ink-3">{t("recent")}</h2>
            {board && board.recent.length === 0 ? (
              <p className="text-[clamp(0.9rem,2.2vh,1.6rem)] text-ink-3">{t("noSolves")}</p>
            ) : null}
            <ul className="flex flex-col gap-[1.2vh]">
              {board?.recent.slice(0, SHOWN_SOLVES).map((solve) => (
                <li
                  key={`${solve.nickname} ${solve.challenge} ${solve.at}`}
                  className="animate-rise rounded-lg border border-line bg-surface px-[1.1vw] py-[1.1vh] text-[clamp(0.85rem,2.3vh,1.9rem)] leading-tight"
                >
                  <p className="flex items-center gap-2 font-semibold">
                    {solve.firstBlood ? (
                      <Droplet
                        className="size-[0.8em] shrink-0 fill-current text-failing-text"
                        aria-label={t("firstBlood")}
                      />
                    ) : null}
                    <span className="truncate">{solve.nickname}</span>
                    <time className="ml-auto font-mono font-normal text-[0.7em] text-ink-3">
                      {new Date(solve.at).toLocaleTimeString(language, {
                        hour: "2-digit",
                        minute: "2-digit",
                        hour12: false,
                      })}
                    </time>
                  </p>
                  <p className="truncate text-[0.8em] text-ink-2">{titles.get(solve.challenge) ?? solve.challenge}</p>
                </li>
              ))}
            </ul>
          </aside>
        </div>
      )}
    </main>
  );
}
