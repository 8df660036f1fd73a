import { clone } from "../../kernel/freeze";
import type { Program, ProgramContext, Step } from "../program";
import { newUserland, type UserlandState } from "./state";
import { Userland } from "./userland";

/** Resident memory of a shell or a small command. */
const MEMORY_BYTES = 1_048_576;
const WAKE = "wake";
const BUSY_MILLICORES = 1000;
/** What starting a process takes of the CPU. */
const START_WORK_MS = 1.5;

/** Shells, scripts and the commands of a userland as a container's main process. */
export const shellProgram: Program<any> = {
  name: "shell",
  start(context) {
    const state = newUserland(context.stdin ?? false);
    const userland = new Userland(state, context, context.nowMs);
    if (userland.begin(context.argv) === undefined) {
      return { state: state as any, stderr: `exec: "${context.argv[0]}": not a program that runs here\n`, exit: 127 };
    }
    return { ...settle(userland), memoryBytes: MEMORY_BYTES };
  },
  onTimer: (state, _timer, context) => settle(resume(state, context)),
  onSignal(state, signal, context) {
    const userland = resume(state, context);
    userland.signal(1, signal);
    return settle(userland);
  },
  onStdin(state, data, context) {
    const userland = resume(state, context);
    if (data === null) userland.state.stdinEnded = true;
    else userland.state.stdin += data;
    return settle(userland);
  },
};

const resume = (state: UserlandState, context: ProgramContext): Userland =>
  new Userland(clone(state), context, context.nowMs);

function settle(userland: Userland): Step<any> {
  const { nextPid } = userland.state;
  const { wakeMs } = userland.run();
  const started = userland.state.nextPid - nextPid;
  const ended = userland.ended(1);
  const { stdout, stderr } = userland.printed;
  if (userland.replacement)
    return { state: userland.state as any, stdout, stderr, timers: { [WAKE]: null }, become: userland.replacement };
  return {
    state: userland.state,
    ...(stdout && { stdout }),
    ...(stderr && { stderr }),
    timers: { [WAKE]: wakeMs === undefined ? null : Math.max(1, wakeMs - userland.nowMs) },
    cpuMillicores: userland.busyCount * BUSY_MILLICORES,
    ...(started > 0 && { workMs: started * START_WORK_MS }),
    ...(ended && { exit: ended.code }),
  };
}
