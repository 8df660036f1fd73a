import type { Challenge } from "@/challenges/schema";
import type { Answers, GradeReport } from "@/grading/report";
import type { LabState, LabTime, ServerEvents } from "../realtime/protocol";
import type { StrokeChoice } from "./stroke";

/** What travels between the web process and a lab worker. Everything is plain data. */

/** What the worker needs to bring a lab to life, beyond its snapshot and journal. */
export interface LabSeed {
  labId: string;
  seed: string;
  startMs: number;
  challenge?: Challenge;
  answers: Answers;
  hintsTaken: number;
  /** How many look on at this moment. */
  viewers: number;
}

/** The part of a lab's state that the worker knows. */
export type LabView = Pick<LabState, "time" | "objects" | "events" | "report" | "terminals" | "canUndo">;

export interface LabCalls {
  open(seed: LabSeed): LabView;
  /** How many look on: time runs while somebody does. */
  viewers(input: { labId: string; count: number }): void;
  terminalOpen(input: { labId: string; terminalId: string; columns: number; rows: number; create: boolean }): {
    scrollback: string;
  };
  terminalInput(input: { labId: string; terminalId: string; data: string }): void;
  terminalResize(input: { labId: string; terminalId: string; columns: number; rows: number }): void;
  terminalClose(input: { labId: string; terminalId: string }): void;
  time(input: { labId: string; action: "pause" | "resume" | "next-change" | "skip"; skipMs?: number }): LabTime;
  undo(input: { labId: string }): { nowMs: number };
  reset(input: { labId: string }): LabView;
  grade(input: { labId: string }): GradeReport;
  answers(input: { labId: string; answers: Answers }): GradeReport;
  hints(input: { labId: string; hintsTaken: number }): void;
  fileList(input: { labId: string }): { path: string; sizeBytes: number }[];
  fileRead(input: { labId: string; path: string }): { content: string };
  fileWrite(input: { labId: string; path: string; content: string }): { sizeBytes: number };
  editorDone(input: { labId: string; editId: string; content: string | null }): void;
  objectRead(input: { labId: string; resource: string; namespace?: string; name: string; container?: string }): {
    yaml: string;
    describe: string;
    logs?: string;
    commands: string[];
  };
  /** Breaks something in the lab's cluster; tells what, or nothing where there was nothing to break. */
  strike(input: { labId: string; roundId: string; stroke: StrokeChoice }): { fault?: string };
  /** Takes a snapshot and forgets the lab until it is opened again. */
  sleep(input: { labId: string }): void;
  /** Forgets the lab without a snapshot: it was closed. */
  drop(input: { labId: string }): void;
  /** Puts all labs to sleep and closes the database: the process is about to end. */
  shutdown(input: { labId: "" }): void;
}

export type LabCall = keyof LabCalls;
export type CallInput<C extends LabCall> = Parameters<LabCalls[C]>[0];
export type CallResult<C extends LabCall> = ReturnType<LabCalls[C]>;

/** Events that go on to the lab's watchers as they are. */
export type LabStream = {
  [E in "terminal:output" | "cluster:delta" | "lab:time" | "traffic" | "editor:open"]: Parameters<ServerEvents[E]>[0];
};

/** Events that the web process acts on first. */
export interface LabNews extends LabStream {
  /** After undo, reset or a worker's restart. */
  view: { labId: string; view: LabView };
  report: { labId: string; report: GradeReport; newlyPassed: string[] };
  /** What a stroke broke is well again, or the lab was begun anew. */
  mended: { labId: string; roundId: string; how: "recovered" | "gave-up" };
  /** A command line was entered. */
  command: { labId: string; line: string };
  /** The worker put the lab to sleep by itself. */
  asleep: { labId: string };
}

export type LabEvent = { [E in keyof LabNews]: { event: E; payload: LabNews[E] } }[keyof LabNews];

export type ToWorker = { id: number; call: LabCall; input: unknown };
export type FromWorker =
  | { kind: "answer"; id: number; ok: true; result: unknown }
  | { kind: "answer"; id: number; ok: false; error: { code?: string; message: string; stack?: string } }
  | ({ kind: "event" } & LabEvent);

export interface WorkerOptions {
  databaseUrl: string;
  /** Where the worker answers HTTP requests to its labs' APIs: a Unix socket or a named pipe. */
  apiSocket: string;
}

/** The answer to a call into a lab that the worker does not hold. */
export const ASLEEP = "ASLEEP";
export const isAsleep = (error: unknown): boolean => (error as { code?: string } | null)?.code === ASLEEP;
