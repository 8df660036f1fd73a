"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../data/trpc";
import { Button } from "../../design/button";
import { notify } from "../../design/toast";
import { RoundView } from "./round-view";
import type { Fault } from "./start-round";
import { type Round, useRounds } from "./use-rounds";

/** What a round is called on a page of the staff or on the board, where the fault is nobody's to know yet. */
export function useRoundTitle(titles: ReadonlyMap<string, string>, open: boolean): (round: Round) => string {
  const t = useTranslations("rounds");
  const faults = useTranslations("faults");
  return (round) => {
    if (round.kind === "race") return t("raceOf", { title: titles.get(round.challengeId) ?? round.challengeId });
    const told = round.fault && (open || round.phase === "ended");
    return told ? t("chaosOf", { fault: faults(round.fault as Fault) }) : t("chaos");
  };
}

/** Beside the tiles: races and chaos as they stand, and the instructor's hand on them. */
export function RoomRounds({ classId, titles }: { classId: string; titles: ReadonlyMap<string, string> }) {
  const rounds = useRounds(classId);
  const titleOf = useRoundTitle(titles, true);
  if (rounds.length === 0) return null;
  return (
    <div className="grid max-h-[60dvh] shrink-0 gap-x-6 gap-y-3 overflow-y-auto border-line border-b bg-page px-4 py-3 lg:grid-cols-2">
      {rounds.map((round) => (
        <div key={round.id} className="flex min-w-0 flex-col gap-2">
          <RoundView round={round} title={titleOf(round)} />
          <RoundControls round={round} />
        </div>
      ))}
    </div>
  );
}

function RoundControls({ round }: { round: Round }) {
  const t = useTranslations("rounds");
  const trpc = useTRPC();
  const onError = (cause: { message: string }) => notify({ kind: "warning", text: cause.message });
  const go = useMutation(trpc.rounds.startRace.mutationOptions({ onError }));
  const end = useMutation(trpc.rounds.end.mutationOptions({ onError }));
  if (round.phase === "ended") return null;
  return (
    <div className="flex gap-2">
      {round.kind === "race" && round.phase === "open" ? (
        <Button
          size="sm"
          variant="primary"
          busy={go.isPending}
          disabled={round.joined === 0}
          data-testid="race-go"
          onClick={() => go.mutate({ roundId: round.id })}
        >
          {t("go", { joined: round.joined })}
        </Button>
      ) : null}
      <Button
        size="sm"
        busy={end.isPending}
        data-testid={`${round.kind}-end`}
        onClick={() => end.mutate({ roundId: round.id })}
      >
        {round.phase === "open" || round.phase === "planned" ? t("callOff") : t("end")}
      </Button>
    </div>
  );
}
