/** What happens in a race or in a stroke of chaos, in the order of time; `at` and other moments in wall ms since 1970. */
export type RoundEvent = { at: number } & (RaceEvent | ChaosEvent | Ended);

export type RaceEvent =
  | { type: "opened"; challengeId: string; minutes: number; by: string }
  | { type: "joined"; userId: string }
  /** Everybody who has joined begins at `startsAt`, which the countdown leads to. */
  | { type: "started"; startsAt: number; endsAt: number }
  | { type: "check"; userId: string; checkId: string }
  | { type: "finished"; userId: string };

export type ChaosEvent =
  | { type: "planned"; fault: string; strikesAt: number; minutes: number; by: string }
  | { type: "struck"; endsAt: number }
  /** What a cluster was hit by: where the fault is drawn, each has its own. */
  | { type: "hit"; userId: string; labId: string; fault: string }
  /** There was nothing in this cluster that the fault could break. */
  | { type: "spared"; userId: string; labId: string }
  | { type: "recovered"; userId: string }
  /** The learner began the lab anew instead. */
  | { type: "gave-up"; userId: string };

export type Ended = { type: "ended"; why: EndReason };
export type EndReason = "time" | "instructor" | "all";

/** What happens once in a round has one subject: the second of the same is none. */
export function subjectOf(event: RoundEvent): string {
  switch (event.type) {
    case "check":
      return `check/${event.userId}/${event.checkId}`;
    case "joined":
    case "finished":
    case "recovered":
    case "gave-up":
      return `${event.type}/${event.userId}`;
    // A cluster is hit once or not at all.
    case "hit":
    case "spared":
      return `hit/${event.userId}`;
    default:
      return event.type;
  }
}

/** Events in the order of time, each subject once, and nothing after the end. */
export function inOrder(events: readonly RoundEvent[]): RoundEvent[] {
  const seen = new Set<string>();
  const once = [...events]
    .sort((a, b) => a.at - b.at)
    .filter((event) => {
      const subject = subjectOf(event);
      if (seen.has(subject)) return false;
      seen.add(subject);
      return true;
    });
  const end = once.findIndex(({ type }) => type === "ended");
  return end < 0 ? once : once.slice(0, end + 1);
}

export interface RoundFacts {
  id: string;
  classId: string;
  events: readonly RoundEvent[];
  nicknameOf: (userId: string) => string | undefined;
  /** The lab that a learner plays the round in. */
  labOf: (userId: string) => string | undefined;
  /** When it is looked at. */
  at: number;
}
