"use client";

import clsx from "clsx";
import { CircleCheck, CircleSlash, Flag, Timer, TriangleAlert, Zap } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Chaos, Race } from "@/server/realtime/protocol";
import { duration, type Round, remaining, useServerNow } from "./use-rounds";

/** Sizes for a page and for the last row of the room. */
interface Looks {
  large?: boolean;
  me?: string;
  limit?: number;
}

/** How a race or a stroke of chaos stands: who is where, and how long it goes on. */
export function RoundView({ round, title, large, me, limit = 200 }: { round: Round; title: string } & Looks) {
  return (
    <section data-testid={`round-${round.kind}`} data-phase={round.phase} className="flex min-h-0 flex-col">
      <header className={clsx("flex items-center gap-[0.6em] pb-[0.5em] font-semibold", size(large))}>
        {round.kind === "race" ? (
          <Flag className="size-[1em] shrink-0 text-accent-text" aria-hidden />
        ) : (
          <Zap className="size-[1em] shrink-0 text-failing-text" aria-hidden />
        )}
        <h2 className="min-w-0 flex-1 truncate">{title}</h2>
        <RoundClock round={round} />
      </header>
      {round.kind === "race" ? (
        <RaceRows race={round} {...{ large, me, limit }} />
      ) : (
        <ChaosRows chaos={round} {...{ large, me, limit }} />
      )}
    </section>
  );
}

const size = (large?: boolean) => (large ? "text-[clamp(1rem,3.2vh,2.6rem)]" : "text-base");

/** What is left of it, or that it is over. */
export function RoundClock({ round }: { round: Round }) {
  const t = useTranslations("rounds");
  const now = useServerNow(round.at, round.phase !== "ended");
  const starts = round.kind === "race" ? round.startsAt : round.strikesAt;
  const text =
    round.phase === "ended"
      ? t(`why.${round.why ?? "time"}`)
      : starts !== undefined && starts > now
        ? t("in", { time: remaining(starts - now) })
        : round.endsAt
          ? t("left", { time: remaining(round.endsAt - now) })
          : t("open");
  return (
    <span className="flex items-center gap-1.5 whitespace-nowrap font-mono font-normal text-[0.8em] text-ink-2">
      <Timer className="size-[1em]" aria-hidden />
      {text}
    </span>
  );
}

function RaceRows({ race, large, me, limit }: { race: Race } & Looks) {
  const t = useTranslations("rounds");
  const ranked = race.racers.some(({ place }) => place > 0);
  if (race.joined === 0) return <Note>{t("nobodyJoined")}</Note>;
  if (!ranked) return <Note>{t("finishedOf", { finished: race.finished, joined: race.joined })}</Note>;
  return (
    <ol className="flex flex-col gap-1 overflow-hidden" aria-label={t("positions")}>
      {race.racers.slice(0, limit).map((racer) => (
        <Row key={racer.userId} large={large} mine={racer.userId === me} testId={`racer-${racer.nickname}`}>
          <Place>{race.phase === "open" ? "" : racer.place}</Place>
          <span className="min-w-0 flex-1 truncate font-semibold">{racer.nickname}</span>
          <Progress passed={racer.passed} total={race.checks} />
          <span className="w-[5.5em] text-right font-mono text-[0.85em]">
            {racer.finishedMs === undefined ? (
              <span className="text-ink-3">{racer.lastMs === undefined ? "" : duration(racer.lastMs)}</span>
            ) : (
              <span className="inline-flex items-center gap-1 font-semibold text-running-text">
                <Flag className="size-[0.9em]" aria-label={t("finished")} />
                {duration(racer.finishedMs)}
              </span>
            )}
          </span>
        </Row>
      ))}
    </ol>
  );
}

function Progress({ passed, total }: { passed: number; total: number }) {
  const t = useTranslations("rounds");
  return (
    <span
      role="img"
      aria-label={t("checks", { passed, total })}
      className="flex h-[0.7em] w-[38%] min-w-16 overflow-hidden rounded-full border border-line-strong bg-sunken"
    >
      <span
        className="h-full bg-running transition-[width] duration-500"
        style={{ width: `${total > 0 ? (100 * Math.min(passed, total)) / total : 0}%` }}
      />
    </span>
  );
}

const STATES = {
  recovered: { icon: CircleCheck, text: "text-running-text" },
  hit: { icon: TriangleAlert, text: "text-failing-text" },
  "gave-up": { icon: CircleSlash, text: "text-ink-3" },
  spared: { icon: CircleSlash, text: "text-ink-3" },
} as const;

function ChaosRows({ chaos, large, me, limit }: { chaos: Chaos } & Looks) {
  const t = useTranslations("rounds");
  const now = useServerNow(chaos.at, chaos.phase === "struck");
  const ranked = chaos.stricken.some(({ place }) => place > 0);
  if (chaos.phase === "planned") return <Note>{t("planned")}</Note>;
  if (chaos.stricken.length === 0) return <Note>{t("nobodyHit")}</Note>;
  if (!ranked) return <Note>{t("recoveredOf", { recovered: chaos.recovered, hit: chaos.hit })}</Note>;
  return (
    <ol className="flex flex-col gap-1 overflow-hidden" aria-label={t("recoveries")}>
      {chaos.stricken.slice(0, limit).map((one) => {
        const { icon: Icon, text } = STATES[one.state];
        const time =
          one.recoveredMs ?? (one.state === "hit" ? (chaos.endedAt ?? now) - (chaos.struckAt ?? now) : undefined);
        return (
          <Row
            key={one.userId}
            large={large}
            mine={one.userId === me}
            testId={`stricken-${one.nickname}`}
            state={one.state}
          >
            <Place>{one.state === "recovered" ? one.place : ""}</Place>
            <span className="min-w-0 flex-1 truncate font-semibold">{one.nickname}</span>
            <span className={clsx("flex items-center gap-1.5 whitespace-nowrap text-[0.9em]", text)}>
              <Icon className="size-[1em] shrink-0" aria-hidden />
              {t(`state.${one.state}`)}
            </span>
            <span
              className={clsx(
                "w-[4.5em] text-right font-mono text-[0.85em]",
                one.state !== "recovered" && "text-ink-3",
              )}
            >
              {time === undefined ? "" : one.recoveredMs === undefined ? remaining(time) : duration(time)}
            </span>
          </Row>
        );
      })}
    </ol>
  );
}

function Row({
  large,
  mine,
  testId,
  state,
  children,
}: {
  large?: boolean;
  mine: boolean;
  testId: string;
  state?: string;
  children: ReactNode;
}) {
  return (
    <li
      data-testid={testId}
      data-state={state}
      className={clsx(
        "flex items-center gap-[0.7em] rounded-lg border px-[0.8em]",
        large ? "py-[0.9vh] text-[clamp(1rem,2.9vh,2.4rem)]" : "py-1 text-sm",
        mine ? "border-accent bg-accent-soft" : "border-line bg-surface",
      )}
    >
      {children}
    </li>
  );
}

const Place = ({ children }: { children: ReactNode }) => (
  <span className="w-[1.6em] shrink-0 text-right font-bold font-mono text-ink-2">{children}</span>
);

const Note = ({ children }: { children: ReactNode }) => <p className="py-1 text-ink-3 text-sm">{children}</p>;
