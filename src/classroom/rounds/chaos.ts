import { type EndReason, inOrder, type RoundFacts } from "./events";

export interface Stricken {
  place: number;
  userId: string;
  nickname: string;
  labId: string;
  state: "hit" | "recovered" | "spared" | "gave-up";
  /** From the stroke to the recovery. */
  recoveredMs?: number;
  /** Told to learners when all is over. */
  fault?: string;
}

export interface Chaos {
  kind: "chaos";
  id: string;
  classId: string;
  minutes: number;
  phase: "planned" | "struck" | "ended";
  strikesAt: number;
  /** Absent for learners while they look for it. */
  fault?: string;
  struckAt?: number;
  endsAt?: number;
  endedAt?: number;
  why?: EndReason;
  stricken: Stricken[];
  hit: number;
  recovered: number;
  /** The server's clock when this was said. */
  at: number;
}

/** A stroke of chaos is a function of its events: who recovered first stands first, who is at it next, then the others. */
export function makeChaos({ id, classId, events, nicknameOf, at }: RoundFacts): Chaos {
  const chaos: Chaos = {
    ...{ kind: "chaos", id, classId, minutes: 0, phase: "planned", strikesAt: 0 },
    ...{ stricken: [], hit: 0, recovered: 0, at },
  };
  const stricken = new Map<string, Stricken>();
  for (const event of inOrder(events)) {
    switch (event.type) {
      case "planned":
        chaos.fault = event.fault;
        chaos.strikesAt = event.strikesAt;
        chaos.minutes = event.minutes;
        break;
      case "struck":
        chaos.phase = "struck";
        chaos.struckAt = event.at;
        chaos.endsAt = event.endsAt;
        break;
      case "hit":
      case "spared": {
        const { userId, labId } = event;
        const nickname = nicknameOf(userId);
        if (nickname === undefined) break;
        const fault = event.type === "hit" ? { fault: event.fault } : {};
        stricken.set(userId, { place: 0, userId, nickname, labId, state: event.type, ...fault });
        break;
      }
      case "recovered": {
        const one = stricken.get(event.userId);
        if (one?.state !== "hit" || chaos.struckAt === undefined) break;
        one.state = "recovered";
        one.recoveredMs = event.at - chaos.struckAt;
        break;
      }
      case "gave-up": {
        const one = stricken.get(event.userId);
        if (one?.state === "hit") one.state = "gave-up";
        break;
      }
      case "ended":
        chaos.phase = "ended";
        chaos.endedAt = event.at;
        chaos.why = event.why;
        break;
    }
  }
  chaos.stricken = [...stricken.values()].sort(inFront);
  chaos.stricken.forEach((one, index) => {
    one.place = index + 1;
  });
  chaos.hit = chaos.stricken.filter(({ state }) => state !== "spared").length;
  chaos.recovered = chaos.stricken.filter(({ state }) => state === "recovered").length;
  return chaos;
}

/** As learners see it: that something struck, not what, until it is over. */
export function withoutFault(chaos: Chaos): Chaos {
  if (chaos.phase === "ended") return chaos;
  const { fault: _, ...rest } = chaos;
  return { ...rest, stricken: chaos.stricken.map(({ fault: __, ...one }) => one) };
}

const ORDER: Stricken["state"][] = ["recovered", "hit", "gave-up", "spared"];

function inFront(a: Stricken, b: Stricken): number {
  return (
    ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
    (a.recoveredMs ?? 0) - (b.recoveredMs ?? 0) ||
    (a.nickname < b.nickname ? -1 : 1)
  );
}
