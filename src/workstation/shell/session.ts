import { reapJobs } from "@/posix/shell/jobs";
import { completeness, SCRIPT_LIMIT } from "@/posix/shell/program";
import { exportedEnvironment, getVariable } from "@/posix/shell/variables";
import { complete } from "../terminal/completion";
import type { LineAnswer, Tty } from "../terminal/tty";
import { expandHistory, oneLine, remember } from "./history";
import { expandPrompt } from "./prompt";
import type { ShellRunner } from "./shell-process";

/** As Debian's bash.bashrc, BusyBox and dash have them. */
const PROMPTS = { bash: "\\u@\\h:\\w\\$ ", ash: "\\w \\$ ", dash: "\\$ " };

/** What a session tells of itself: the lab writes it into its journal. */
export interface SessionEvents {
  onCommand?(line: string): void;
  onExit?(line: string, code: number): void;
}

/** An interactive shell at a terminal: prompt, line, command, and again, until it ends. */
export async function runSession(shell: ShellRunner, tty: Tty, events: SessionEvents = {}): Promise<void> {
  const { machine, process } = shell;
  const { state } = machine;
  let warned = false;
  tty.setForeground(process.group);
  await startJobs(shell);
  while (!process.ended) {
    for (const line of reapJobs(state, shell.host)) tty.write(`${line}\n`);
    const text = await readCommand(shell, tty);
    if (process.ended) return;
    if (text === undefined) continue;
    if (text === null) {
      if (state.jobs.some((job) => job.state === "stopped") && !warned) {
        tty.write("exit\nThere are stopped jobs.\n");
        warned = true;
        continue;
      }
      if (state.dialect === "bash") tty.write("exit\n");
      else tty.write("\n");
      machine.exit(state.status);
      await shell.run();
      return;
    }
    if (text.trim() === "") continue;
    state.history = remember(state.history, oneLine(text));
    events.onCommand?.(text.replace(/\n$/, ""));
    state.line = 1;
    machine.start(text);
    const result = await shell.run();
    events.onExit?.(text.replace(/\n$/, ""), process.ended ? endCode(process) : state.status);
    if (result === "ended") return;
    tty.setForeground(process.group);
  }
}

/** Jobs of a shell that was put away: their commands run again. */
async function startJobs(shell: ShellRunner): Promise<void> {
  const commands = restartedJobs.get(shell.process);
  if (!commands) return;
  restartedJobs.delete(shell.process);
  for (const command of commands) {
    shell.machine.start(`${command} &`);
    if ((await shell.run()) === "ended") return;
  }
}

/** Set by the lab before a restored shell begins. */
export const restartedJobs = new WeakMap<object, readonly string[]>();

/** A complete command, which may take several lines; null at the end of input, undefined where it was given up. */
async function readCommand(shell: ShellRunner, tty: Tty): Promise<string | null | undefined> {
  const { machine, process, computer } = shell;
  const { state } = machine;
  let text = "";
  for (;;) {
    const primary = text === "";
    const prompt = expandPrompt(
      getVariable(machine, primary ? "PS1" : "PS2") ?? (primary ? PROMPTS[state.dialect] : "> "),
      {
        cwd: state.cwd,
        info: computer.options.info,
        nowMs: computer.clock.nowMs,
        status: state.status,
        history: state.history.length,
        shell: state.name,
      },
    );
    const answer: LineAnswer = await tty.readLine(process.pid, {
      prompt,
      history: () => state.history,
      complete: (line, cursor, again) =>
        complete(line, cursor, again, {
          state,
          files: computer.options.files,
          env: exportedEnvironment(state),
          kube: computer.options.kube,
          tool: computer.options.tool,
        }),
    });
    computer.options.onActivity();
    if (answer.kind === "interrupt") {
      state.status = 130;
      return undefined;
    }
    if (answer.kind === "end") {
      if (primary) return null;
      machine.complain("syntax error: unexpected end of file");
      state.status = 2;
      return undefined;
    }
    let line = answer.text;
    if (state.dialect === "bash") {
      const expanded = expandHistory(line, state.history);
      if ("missing" in expanded) {
        machine.complain(`${expanded.missing}: event not found`);
        return undefined;
      }
      if (expanded.changed) tty.write(`${expanded.text}\n`);
      line = expanded.text;
    }
    text += `${line}\n`;
    if (text.length > SCRIPT_LIMIT) {
      machine.complain("line too long");
      return undefined;
    }
    if (completeness(text).complete) return text;
  }
}

const endCode = (process: { ended: { code: number } | undefined }): number => process.ended?.code ?? 0;
