/** Units: 1 millicore for 1 ms is one core-microsecond. Everything is whole numbers, so that sums come out the same everywhere. */

/** What a container had used at one of the moments at which the kubelet samples. */
export interface Mark {
  atMs: number;
  usedUs: number;
  memoryBytes: number;
}

/** The account of one instance of a container. Between two changes its use grows evenly, so nobody needs to tick. */
export interface Account {
  /** Instance that it is about: a container that is made anew begins at nothing. */
  id: string;
  atMs: number;
  /** CPU time used so far, in core-microseconds. */
  usedUs: number;
  /** Work taken on that is not done yet. */
  backlogUs: number;
  /** What processes beside the main one take: those of exec sessions. */
  besideMillicores: number;
  besideMemoryBytes: number;
  /** The newest samples, oldest first. */
  marks: readonly Mark[];
}

/** What decides how fast an account grows. */
export interface Demand {
  millicores: number;
  /** The container's limit, or the cores of its node. */
  limitMillicores: number;
  memoryBytes: number;
}

/** How often the kubelet looks at what containers use. */
export const SAMPLE_MS = 15_000;
/** Samples that are kept: metrics of two minutes ago are asked for by nobody. */
const MARKS_LIMIT = 13;

export const openAccount = (id: string, startedMs: number): Account => ({
  id,
  atMs: startedMs,
  usedUs: 0,
  backlogUs: 0,
  besideMillicores: 0,
  besideMemoryBytes: 0,
  marks: [],
});

/** How fast it goes while there is a backlog, how much of that is the backlog's, and how fast without one. */
function rates({ millicores, limitMillicores }: Demand, beside: number) {
  const steady = Math.min(millicores + beside, limitMillicores);
  // Work that comes in and processes that never rest share what there is.
  const drain = Math.max(limitMillicores - steady, Math.ceil(limitMillicores / 2), 1);
  return { steady, drain, busy: Math.min(limitMillicores, steady + drain) };
}

/** The account at a later moment. */
export function advance(account: Account, demand: Demand, toMs: number): Account {
  if (toMs <= account.atMs) return account;
  const { steady, drain, busy } = rates(demand, account.besideMillicores);
  const drainedMs = account.backlogUs / drain;
  const usedAt = (atMs: number): number => {
    const passedMs = atMs - account.atMs;
    const underLoadMs = Math.min(passedMs, drainedMs);
    return account.usedUs + Math.round(busy * underLoadMs + steady * (passedMs - underLoadMs));
  };
  const memoryBytes = demand.memoryBytes + account.besideMemoryBytes;
  const marks: Mark[] = [];
  const last = Math.floor(toMs / SAMPLE_MS) * SAMPLE_MS;
  for (let count = 0, atMs = last; atMs > account.atMs && count < MARKS_LIMIT; count++, atMs -= SAMPLE_MS)
    marks.unshift({ atMs, usedUs: usedAt(atMs), memoryBytes });
  return {
    ...account,
    atMs: toMs,
    usedUs: usedAt(toMs),
    backlogUs: Math.max(0, Math.round(account.backlogUs - drain * (toMs - account.atMs))),
    marks: marks.length > 0 ? [...account.marks, ...marks].slice(-MARKS_LIMIT) : account.marks,
  };
}

/** How fast CPU time is used at this moment, single requests aside, in millicores. */
export const paceOf = (account: Account, demand: Demand): number => rates(demand, account.besideMillicores).steady;

/** How long work takes that comes in now, behind what waits already: a limit that is used up makes it wait. */
export function queueingMs(account: Account, demand: Demand, workUs: number): number {
  const { drain } = rates(demand, account.besideMillicores);
  // One request is one thread: more than a core does not make it faster.
  return Math.floor(Math.max((account.backlogUs + workUs) / drain, workUs / CORE));
}

const CORE = 1000;

/** What the container had used at one of the sampled moments; undefined before its start, or where it is too long ago. */
export function markAt(account: Account, startedMs: number, atMs: number): Mark | undefined {
  if (atMs < startedMs) return undefined;
  return account.marks.find((mark) => mark.atMs === atMs);
}
