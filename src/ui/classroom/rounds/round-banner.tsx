"use client";

import { useMutation } from "@tanstack/react-query";
import { Flag, Zap } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import type { Chaos, Race } from "@/server/realtime/protocol";
import { useMe } from "../../data/me";
import { useTRPC } from "../../data/trpc";
import { Button } from "../../design/button";
import { notify } from "../../design/toast";
import { RoundClock } from "./round-view";
import type { Fault } from "./start-round";
import { duration, remaining, useRounds, useServerNow } from "./use-rounds";

/** Tells a learner what the room plays: the race to join, the countdown, the fault that struck. */
export function RoundBanner({ classId }: { classId: string | undefined }) {
  const rounds = useRounds(classId);
  const me = useMe();
  if (!me) return null;
  return rounds.map((round) =>
    round.kind === "race" ? (
      <RaceBanner key={round.id} race={round} me={me.id} />
    ) : (
      <ChaosBanner key={round.id} chaos={round} me={me.id} />
    ),
  );
}

const bar =
  "flex min-h-9 shrink-0 animate-fade flex-wrap items-center justify-center gap-x-3 gap-y-1 px-4 py-1 text-sm";

function RaceBanner({ race, me }: { race: Race; me: string }) {
  const t = useTranslations("rounds");
  const trpc = useTRPC();
  const router = useRouter();
  const here = usePathname();
  const mine = race.racers.find(({ userId }) => userId === me);
  const lab = mine?.labId ? `/labs/${mine.labId}` : undefined;
  const now = useServerNow(race.at, race.phase !== "ended");
  const startsInMs = (race.startsAt ?? 0) - now;
  const counting = race.phase === "started" && startsInMs > 0;
  const join = useMutation(
    trpc.rounds.joinRace.mutationOptions({
      onSuccess: ({ labId }) => labId && router.push(`/labs/${labId}`),
      onError: (cause) => notify({ kind: "warning", text: cause.message }),
    }),
  );
  // Who has joined is taken to the start; who left the lab later did so on purpose.
  useEffect(() => {
    if (counting && lab && here !== lab) router.push(lab);
  }, [counting, lab, here, router]);
  if (race.phase === "ended" && !mine) return null;
  return (
    <>
      <div role="status" data-testid="race-banner" className={`${bar} bg-accent-soft text-accent-text`}>
        <span className="flex items-center gap-2 font-semibold">
          <Flag className="size-4" aria-hidden />
          {mine?.finishedMs !== undefined
            ? t("youFinished", { place: mine.place, time: duration(mine.finishedMs) })
            : mine && race.phase !== "open"
              ? mine.place > 0
                ? t("youAre", { place: mine.place, joined: race.joined })
                : t("race")
              : t("raceOpen", { joined: race.joined })}
        </span>
        <RoundClock round={race} />
        {!mine && race.phase !== "ended" ? (
          <Button
            size="sm"
            variant="primary"
            busy={join.isPending}
            data-testid="race-join"
            onClick={() => join.mutate({ roundId: race.id })}
          >
            {t("join")}
          </Button>
        ) : mine && race.phase === "open" ? (
          <span>{t("joined")}</span>
        ) : lab && here !== lab && race.phase === "started" ? (
          <Button size="sm" onClick={() => router.push(lab)}>
            {t("toRace")}
          </Button>
        ) : null}
      </div>
      {counting && mine ? (
        <div
          role="timer"
          aria-live="assertive"
          data-testid="race-countdown"
          className="fixed inset-0 z-50 grid animate-fade place-items-center bg-[rgb(4_14_22/0.8)] text-[#fff]"
        >
          <p className="flex flex-col items-center gap-2 text-center">
            <span className="font-semibold text-xl">{t("startsIn")}</span>
            <span className="font-bold font-mono text-[9rem] leading-none">
              {remaining(startsInMs).slice(2).replace(/^0/, "")}
            </span>
          </p>
        </div>
      ) : null}
    </>
  );
}

function ChaosBanner({ chaos, me }: { chaos: Chaos; me: string }) {
  const t = useTranslations("rounds");
  const faults = useTranslations("faults");
  const mine = chaos.stricken.find(({ userId }) => userId === me);
  if (!mine || chaos.phase === "planned") return null;
  const tone = mine.state === "recovered" ? "bg-running-soft text-running-text" : "bg-failing-soft text-failing-text";
  const fault = chaos.phase === "ended" ? mine.fault : undefined;
  return (
    <div role="status" data-testid="chaos-banner" data-state={mine.state} className={`${bar} ${tone}`}>
      <span className="flex items-center gap-2 font-semibold">
        <Zap className="size-4" aria-hidden />
        {mine.recoveredMs !== undefined
          ? t("youRecovered", { time: duration(mine.recoveredMs) })
          : mine.state === "hit"
            ? t("struck")
            : t(`state.${mine.state}`)}
        {fault ? ` ${t("itWas", { fault: faults(fault as Fault) })}` : null}
      </span>
      <RoundClock round={chaos} />
    </div>
  );
}
