import type { Board } from "@/classroom/board";
import type { Chaos } from "@/classroom/rounds/chaos";
import type { Race } from "@/classroom/rounds/race";
import type { Tile } from "@/classroom/tiles";
import type { GradeReport } from "@/grading/report";
import type { Hop } from "@/sim/network/types";

export type { Board, BoardRow } from "@/classroom/board";
export type { Chaos, Stricken } from "@/classroom/rounds/chaos";
export type { Race, Racer } from "@/classroom/rounds/race";
export type { Tile } from "@/classroom/tiles";

/** Events of socket.io in both directions. Every client event is validated by a zod schema of the same name on the server. */

/** Running: all is well. The same four states look the same everywhere in the interface. */
export type VisualState = "running" | "pending" | "failing" | "terminating";

/** An object as the map, tables and tiles draw it. */
export interface MapObject {
  /** `pods/default/web-1` */
  key: string;
  resource: string;
  kind: string;
  namespace?: string;
  name: string;
  uid: string;
  state: VisualState;
  /** As kubectl's STATUS column would say: `CrashLoopBackOff`. */
  status: string;
  labels: Record<string, string>;
  ownerKey?: string;
  createdMs: number;
  /** Pods */
  node?: string;
  ip?: string;
  ready?: string;
  restarts?: number;
  containers?: { name: string; image: string; state: VisualState; reason?: string; ready: boolean }[];
  /** Services */
  service?: { type: string; clusterIp?: string; externalIp?: string; ports: string[]; endpoints: string[] };
  /** Workloads */
  replicas?: { desired: number; ready: number; updated: number };
  /** Nodes */
  role?: string;
  capacity?: {
    cpuMillicores: number;
    memoryBytes: number;
    requestedCpuMillicores: number;
    requestedMemoryBytes: number;
  };
}

export interface ClusterEventView {
  key: string;
  atMs: number;
  type: "Normal" | "Warning";
  reason: string;
  message: string;
  object: { resource: string; namespace?: string; name: string };
  count: number;
}

export interface LabTime {
  nowMs: number;
  /** Lab ms per wall ms; 0 while paused. */
  speed: number;
  nextChangeMs?: number;
}

export interface LabState {
  labId: string;
  challenge?: string;
  classId?: string;
  time: LabTime;
  objects: MapObject[];
  events: ClusterEventView[];
  report?: GradeReport;
  terminals: string[];
  canUndo: boolean;
  solvedAtMs?: number;
  hintsTaken: number;
  answers: Record<string, string | string[]>;
  handRaised: boolean;
  /** The staff has frozen the input of the lab's class. Told when the lab is opened, and by `class:frozen`. */
  frozen?: boolean;
}

export type Ack<T> = (answer: { ok: true; data: T } | { ok: false; error: { code: string; message: string } }) => void;

export interface ClientEvents {
  "lab:open": (input: { labId: string }, ack: Ack<LabState>) => void;
  "lab:close": (input: { labId: string }) => void;
  "terminal:open": (
    input: { labId: string; terminalId: string; columns: number; rows: number },
    ack: Ack<{ scrollback: string; readOnly: boolean }>,
  ) => void;
  "terminal:input": (input: { labId: string; terminalId: string; data: string }) => void;
  "terminal:resize": (input: { labId: string; terminalId: string; columns: number; rows: number }) => void;
  "terminal:close": (input: { labId: string; terminalId: string }) => void;
  "time:control": (
    input: { labId: string; action: "pause" | "resume" | "next-change" | "skip"; skipMs?: number },
    ack: Ack<LabTime>,
  ) => void;
  "lab:undo": (input: { labId: string }, ack: Ack<{ nowMs: number }>) => void;
  "lab:reset": (input: { labId: string }, ack: Ack<LabState>) => void;
  "checks:run": (input: { labId: string }, ack: Ack<GradeReport>) => void;
  "answer:give": (input: { labId: string; question: string; value: string | string[] }, ack: Ack<GradeReport>) => void;
  /** `language` chooses the text; English where it is absent or the challenge does not speak it. */
  "hint:take": (
    input: { labId: string; language?: string },
    ack: Ack<{ index: number; text: string; cost: number }>,
  ) => void;
  "hand:raise": (input: { labId: string; raised: boolean }) => void;
  "file:list": (input: { labId: string }, ack: Ack<{ path: string; sizeBytes: number }[]>) => void;
  "file:read": (input: { labId: string; path: string }, ack: Ack<{ content: string }>) => void;
  "file:write": (input: { labId: string; path: string; content: string }, ack: Ack<{ sizeBytes: number }>) => void;
  "editor:done": (input: { labId: string; editId: string; content: string | null }) => void;
  /** YAML, events, logs of one object, and the commands that show the same. */
  "object:read": (
    input: { labId: string; resource: string; namespace?: string; name: string; container?: string },
    ack: Ack<{ yaml: string; describe: string; logs?: string; commands: string[] }>,
  ) => void;
  "class:watch": (input: { classId: string }, ack: Ack<{ tiles: Tile[]; board: Board }>) => void;
  "class:unwatch": (input: { classId: string }) => void;
  /** A word of the staff to everybody, or to one. */
  "class:message": (input: { classId: string; userId?: string; text: string }, ack: Ack<{ told: number }>) => void;
  /** While frozen nobody but the staff acts in a lab of the class. */
  "class:freeze": (input: { classId: string; frozen: boolean }, ack: Ack<{ frozen: boolean }>) => void;
  "board:watch": (input: { classId: string }, ack: Ack<Board>) => void;
  /** Races and chaos of a class from here on, and those that run. */
  "rounds:watch": (input: { classId: string }, ack: Ack<{ rounds: (Race | Chaos)[] }>) => void;
}

export interface ServerEvents {
  "terminal:output": (output: { labId: string; terminalId: string; data: string }) => void;
  "cluster:delta": (delta: {
    labId: string;
    changed: MapObject[];
    removed: string[];
    events: ClusterEventView[];
    time: LabTime;
  }) => void;
  /** After undo, reset or a host's restart: start from this. */
  "lab:state": (state: LabState) => void;
  "lab:time": (time: LabTime & { labId: string }) => void;
  traffic: (traffic: { labId: string; hops: Hop[]; outcome: string }) => void;
  checks: (checks: { labId: string; report: GradeReport; newlyPassed: string[]; solved: boolean }) => void;
  "editor:open": (edit: {
    labId: string;
    editId: string;
    terminalId: string;
    title: string;
    path: string;
    content: string;
    language: "yaml" | "text";
  }) => void;
  /** The class's input is frozen, or no longer. Told to its members' pages. */
  "class:frozen": (state: { classId: string; frozen: boolean }) => void;
  "class:tile": (tile: Tile & { classId: string }) => void;
  "class:board": (board: Board) => void;
  /** A race or a stroke of chaos as it stands; learners are not told which fault it is. */
  "class:round": (round: Race | Chaos) => void;
  notice: (notice: { kind: "info" | "success" | "warning"; text: string; from?: string }) => void;
}
