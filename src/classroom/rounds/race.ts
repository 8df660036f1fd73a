import { type EndReason, inOrder, type RoundFacts } from "./events";

export interface Racer {
  place: number;
  userId: string;
  nickname: string;
  labId?: string;
  passed: number;
  /** From the common start to the last check that was passed. */
  lastMs?: number;
  finishedMs?: number;
}

export interface Race {
  kind: "race";
  id: string;
  classId: string;
  challengeId: string;
  minutes: number;
  /** `open`: learners opt in. After `started` the start may still lie ahead: the countdown runs. */
  phase: "open" | "started" | "ended";
  checks: number;
  startsAt?: number;
  endsAt?: number;
  endedAt?: number;
  why?: EndReason;
  racers: Racer[];
  joined: number;
  finished: number;
  /** The server's clock when this was said. */
  at: number;
}

/**
 * A race is a function of its events: who has finished stands first, in the order of finishing; then who has passed more
 * checks, and among equals who was there earlier.
 */
export function makeRace({ id, classId, events, nicknameOf, labOf, at }: RoundFacts, checks: number): Race {
  const race: Race = {
    ...{ kind: "race", id, classId, challengeId: "", minutes: 0, phase: "open", checks },
    ...{ racers: [], joined: 0, finished: 0, at },
  };
  const racers = new Map<string, Racer>();
  for (const event of inOrder(events)) {
    const sinceStart = Math.max(0, event.at - (race.startsAt ?? event.at));
    switch (event.type) {
      case "opened":
        race.challengeId = event.challengeId;
        race.minutes = event.minutes;
        break;
      case "joined": {
        const labId = labOf(event.userId);
        const nickname = nicknameOf(event.userId);
        // Who has left the class races no more.
        if (nickname === undefined) break;
        racers.set(event.userId, { place: 0, userId: event.userId, nickname, passed: 0, ...(labId && { labId }) });
        break;
      }
      case "started":
        race.phase = "started";
        race.startsAt = event.startsAt;
        race.endsAt = event.endsAt;
        break;
      case "check": {
        const racer = racers.get(event.userId);
        if (!racer || race.startsAt === undefined) break;
        racer.passed++;
        racer.lastMs = sinceStart;
        break;
      }
      case "finished": {
        const racer = racers.get(event.userId);
        if (racer && race.startsAt !== undefined) racer.finishedMs = sinceStart;
        break;
      }
      case "ended":
        race.phase = "ended";
        race.endedAt = event.at;
        race.why = event.why;
        break;
    }
  }
  race.racers = [...racers.values()].sort(inFront);
  race.racers.forEach((racer, index) => {
    const ahead = race.racers[index - 1];
    racer.place = ahead && sameFor(ahead, racer) ? ahead.place : index + 1;
  });
  race.joined = race.racers.length;
  race.finished = race.racers.filter(({ finishedMs }) => finishedMs !== undefined).length;
  return race;
}

const NEVER = Number.POSITIVE_INFINITY;
const ranks = ({ finishedMs = NEVER, passed, lastMs = NEVER }: Racer) => [finishedMs, -passed, lastMs] as const;

function inFront(a: Racer, b: Racer): number {
  const [left, right] = [ranks(a), ranks(b)];
  for (const [index, value] of left.entries()) if (value !== right[index]) return value < right[index]! ? -1 : 1;
  return a.nickname < b.nickname ? -1 : 1;
}

const sameFor = (a: Racer, b: Racer) => ranks(a).every((value, index) => value === ranks(b)[index]);
