"use client";

import { useEffect, useState } from "react";
import type { Chaos, Race } from "@/server/realtime/protocol";
import { ask, podiumSocket } from "../../data/socket";

export type Round = Race | Chaos;

/** Races and chaos of a class, live. Those that have ended stay until the page is left or another begins. */
export function useRounds(classId: string | undefined): readonly Round[] {
  const [rounds, setRounds] = useState<readonly Round[]>([]);
  useEffect(() => {
    if (!classId) return;
    const socket = podiumSocket();
    const open = () =>
      ask("rounds:watch", { classId }).then(
        (answer) => setRounds(answer.rounds),
        // Whoever may not see the rounds of a class sees none.
        () => setRounds([]),
      );
    const onRound = (round: Round) => {
      if (round.classId !== classId) return;
      setRounds((before) => [
        ...before.filter(({ id, kind, phase }) => id !== round.id && !(phase === "ended" && kind === round.kind)),
        round,
      ]);
    };
    socket.on("class:round", onRound);
    socket.on("connect", open);
    if (socket.connected) void open();
    return () => {
      socket.off("class:round", onRound);
      socket.off("connect", open);
    };
  }, [classId]);
  return rounds;
}

const TICK_MS = 200;

/** The server's time, from when it said what the round was like; runs while `live`. */
export function useServerNow(at: number, live: boolean): number {
  const [offset, setOffset] = useState(() => at - Date.now());
  const [now, setNow] = useState(at);
  useEffect(() => setOffset(at - Date.now()), [at]);
  useEffect(() => {
    const tick = () => setNow(Date.now() + offset);
    tick();
    if (!live) return;
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [offset, live]);
  return now;
}

/** `4:07`, and tenths below a minute where they tell who was first: `41.3 s`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

/** What is left, in whole seconds: `4:07`. */
export function remaining(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
