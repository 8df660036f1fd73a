import type { ProgramContext } from "../program";
import { newUserland } from "./state";
import { Userland } from "./userland";

/** A probe or hook that runs longer than this in the cluster's time is stopped. */
const TIME_LIMIT_MS = 3_600_000;
/** Moments that one command may have: a bound on `while true; do sleep 0.01; done`. */
const MOMENTS_LIMIT = 5000;
/** What starting a process takes. */
const START_MS = 8;

export interface CommandResult {
  exitCode: number;
  stdout: string;
  stderr: string;
  /** How long it ran. */
  tookMs: number;
}

/** Runs a command to its end, as exec probes and lifecycle hooks do: its own clock jumps from wake-up to wake-up. */
export function runCommand(argv: readonly string[], context: ProgramContext): CommandResult {
  const startMs = context.nowMs;
  const userland = new Userland(newUserland(false), context, startMs);
  if (userland.begin(argv) === undefined)
    return { exitCode: 127, stdout: "", stderr: `${argv[0]}: not found\n`, tookMs: START_MS };
  for (let moment = 0; moment < MOMENTS_LIMIT; moment++) {
    const { wakeMs } = userland.run();
    const ended = userland.ended(1);
    if (ended) return { exitCode: ended.code, ...userland.printed, tookMs: userland.nowMs - startMs + START_MS };
    if (wakeMs === undefined || wakeMs - startMs > TIME_LIMIT_MS) break;
    userland.nowMs = wakeMs;
  }
  return { exitCode: 137, ...userland.printed, tookMs: TIME_LIMIT_MS };
}
