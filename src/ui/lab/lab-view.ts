import type { GradeReport } from "@/grading/report";
import type { ClusterEventView, LabState, LabTime, MapObject, ServerEvents } from "@/server/realtime/protocol";

type Payload<E extends keyof ServerEvents> = Parameters<ServerEvents[E]>[0];

export interface OpenEdit {
  editId: string;
  terminalId: string;
  title: string;
  path: string;
  content: string;
  language: "yaml" | "text";
}

/** A lab as this page knows it: the server's state with every delta since. Values are replaced, never changed. */
export interface LabView {
  connection: "connecting" | "live" | "lost";
  error?: { code: string; message: string };
  labId: string;
  challenge?: string;
  time?: LabTime;
  /** `performance.now()` when `time` came. */
  timeReceivedAt: number;
  objects: ReadonlyMap<string, MapObject>;
  events: readonly ClusterEventView[];
  report?: GradeReport;
  /** Checks that turned green while this page looked on. */
  fresh: readonly string[];
  terminals: readonly string[];
  canUndo: boolean;
  /** The learner has entered something since the last whole state: what changes now can be taken back. */
  acted: boolean;
  solvedAtMs?: number;
  hintsTaken: number;
  answers: LabState["answers"];
  handRaised: boolean;
  classId?: string;
  /** The instructor has stopped all input. */
  frozen: boolean;
  edits: readonly OpenEdit[];
  traffic: readonly (Payload<"traffic"> & { id: number })[];
}

const MAX_EVENTS = 500;
const MAX_TRAFFIC = 12;

export function emptyView(labId: string): LabView {
  return {
    connection: "connecting",
    labId,
    timeReceivedAt: 0,
    objects: new Map(),
    events: [],
    fresh: [],
    terminals: [],
    canUndo: false,
    acted: false,
    hintsTaken: 0,
    answers: {},
    handRaised: false,
    frozen: false,
    edits: [],
    traffic: [],
  };
}

/** The server's whole state replaces what deltas had made. */
export function withState(view: LabView, state: LabState, at: number): LabView {
  return {
    ...view,
    connection: "live",
    error: undefined,
    challenge: state.challenge,
    time: state.time,
    timeReceivedAt: at,
    objects: new Map(state.objects.map((object) => [object.key, object])),
    events: [...state.events].sort(newestFirst).slice(0, MAX_EVENTS),
    report: state.report ?? view.report,
    terminals: state.terminals,
    canUndo: state.canUndo,
    acted: false,
    solvedAtMs: state.solvedAtMs,
    hintsTaken: state.hintsTaken,
    answers: state.answers,
    handRaised: state.handRaised,
    classId: state.classId,
    frozen: state.frozen ?? view.frozen,
  };
}

export function withDelta(view: LabView, delta: Payload<"cluster:delta">, at: number): LabView {
  let objects = view.objects;
  if (delta.changed.length > 0 || delta.removed.length > 0) {
    const next = new Map(objects);
    for (const key of delta.removed) next.delete(key);
    for (const object of delta.changed) next.set(object.key, object);
    objects = next;
  }
  return {
    ...view,
    objects,
    events: mergeEvents(view.events, delta.events),
    time: delta.time,
    timeReceivedAt: at,
    canUndo: view.canUndo || (view.acted && delta.changed.length + delta.removed.length > 0),
  };
}

export function withChecks(view: LabView, checks: Payload<"checks">): LabView {
  return {
    ...view,
    report: checks.report,
    fresh: checks.newlyPassed.length > 0 ? [...view.fresh, ...checks.newlyPassed] : view.fresh,
    solvedAtMs: checks.solved ? (view.solvedAtMs ?? checks.report.atMs) : view.solvedAtMs,
  };
}

export function withTraffic(view: LabView, traffic: Payload<"traffic">, id: number): LabView {
  return { ...view, traffic: [...view.traffic, { ...traffic, id }].slice(-MAX_TRAFFIC) };
}

const newestFirst = (a: ClusterEventView, b: ClusterEventView) => b.atMs - a.atMs || a.key.localeCompare(b.key);

/** A repeated event replaces its former self, as in `kubectl get events`. */
export function mergeEvents(
  known: readonly ClusterEventView[],
  came: readonly ClusterEventView[],
): readonly ClusterEventView[] {
  if (came.length === 0) return known;
  const keys = new Set(came.map((event) => event.key));
  return [...came, ...known.filter((event) => !keys.has(event.key))].sort(newestFirst).slice(0, MAX_EVENTS);
}

/** The key under which the page knows an object: causes and events may name `deployments` or `deployments.apps`. */
export function knownKey(objects: LabView["objects"], key: string): string {
  if (objects.has(key)) return key;
  const short = (one: string) => one.replace(/^([^/.]+)[^/]*/, "$1");
  for (const one of objects.keys()) if (short(one) === short(key)) return one;
  return key;
}

/** The lab's clock at a moment of this page, between two messages of the server. */
export function labNowMs(view: Pick<LabView, "time" | "timeReceivedAt">, at: number): number {
  if (!view.time) return 0;
  return view.time.nowMs + Math.max(0, at - view.timeReceivedAt) * view.time.speed;
}
