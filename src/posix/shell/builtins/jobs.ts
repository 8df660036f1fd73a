import { ShellFault } from "../fault";
import { currentJobs, findJob, finishJob, jobLine, markOf } from "../jobs";
import type { Machine } from "../machine";
import type { Job } from "../state";
import { type Builtin, flags } from "./builtin";
import { signalList, signalName } from "./flow";

function jobOf(machine: Machine, spec: string | undefined): Job {
  const job = findJob(machine.state, spec ?? "%+");
  if (!job) throw new ShellFault(`${spec ?? "current"}: no such job`);
  return job;
}

const jobs: Builtin = (machine, argv) => {
  const { set, rest } = flags(argv, "lpnrs");
  const { state, host } = machine;
  for (const job of state.jobs) {
    const codes = job.pids.map((pid) => host.poll(pid));
    if (job.state !== "done" && codes.every((code) => code !== undefined && code !== "stopped")) {
      finishJob(job, codes.at(-1) as { code: number; signal?: string });
    }
  }
  // A script is not told of jobs that a signal has ended.
  if (!state.interactive) state.jobs = state.jobs.filter((job) => job.state !== "done" || !job.signal);
  const chosen = rest.length > 0 ? rest.map((spec) => jobOf(machine, spec)) : state.jobs;
  for (const job of chosen)
    machine.write(1, set.has("p") ? `${job.pids[0]}\n` : `${jobLine(job, markOf(state, job), set.has("l"))}\n`);
  state.jobs = state.jobs.filter((job) => job.state !== "done");
  return 0;
};

const fg: Builtin = (machine, argv) => {
  const { state, host } = machine;
  if (!state.interactive) throw new ShellFault("no job control");
  const job = jobOf(machine, argv[1]);
  machine.write(1, `${job.text}\n`);
  job.state = "running";
  host.resume?.(job.pids, true);
  host.foreground?.(job.pids);
  machine.push({ k: "wait", pids: job.pids, codes: {}, text: job.text, foreground: true });
  return undefined;
};

const bg: Builtin = (machine, argv) => {
  const { state, host } = machine;
  if (!state.interactive) throw new ShellFault("no job control");
  const job =
    argv[1] === undefined
      ? (currentJobs(state).find((item) => item.state === "stopped") ?? jobOf(machine, undefined))
      : jobOf(machine, argv[1]);
  if (job.state === "running") {
    machine.complain(`bg: job ${job.id} already in background`);
    return 0;
  }
  job.state = "running";
  host.resume?.(job.pids, false);
  machine.write(1, `[${job.id}]${markOf(state, job)} ${job.text} &\n`);
  return 0;
};

const wait: Builtin = (machine, argv) => {
  const { state } = machine;
  const { set, rest } = flags(argv, "nfp");
  const own = new Set(state.jobs.flatMap((job) => job.pids));
  let pids: number[] = [];
  if (rest.length === 0) pids = state.jobs.filter((job) => job.state !== "stopped").flatMap((job) => job.pids);
  for (const word of rest) {
    if (word.startsWith("%")) pids.push(...jobOf(machine, word).pids);
    else if (!/^\d+$/.test(word)) throw new ShellFault(`\`${word}': not a pid or valid job spec`, 1);
    else if (own.has(Number(word)) || machine.host.poll(Number(word)) !== undefined) pids.push(Number(word));
    else {
      machine.complain(`wait: pid ${word} is not a child of this shell`);
      return 127;
    }
  }
  if (set.has("n") && pids.length > 1) {
    const ended = pids.find((pid) => machine.host.poll(pid) !== undefined);
    pids = [ended ?? pids[0]!];
  }
  if (pids.length === 0) return 0;
  machine.push({ k: "wait", pids, codes: {}, builtin: true });
  return undefined;
};

const kill: Builtin = (machine, argv) => {
  const { host, state } = machine;
  let args = argv.slice(1);
  let signal = "TERM";
  const first = args[0];
  if (first === "-l" || first === "-L") {
    if (args[1] !== undefined) machine.write(1, `${signalName(String(Number(args[1]) & 127)) ?? args[1]}\n`);
    else
      machine.write(
        1,
        `${signalList()
          .map((name, index) => `${String(index + 1).padStart(2)}) SIG${name}`)
          .join("\n")}\n`,
      );
    return 0;
  }
  if (first === "-s" || first === "-n") {
    signal = signalName(args[1] ?? "") ?? bad(args[1] ?? "");
    args = args.slice(2);
  } else if (first && /^-./.test(first) && first !== "--") {
    signal = signalName(first.slice(1)) ?? bad(first.slice(1));
    args = args.slice(1);
  }
  if (args[0] === "--") args = args.slice(1);
  if (args.length === 0)
    throw new ShellFault("usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]", 2);
  let status = 0;
  for (const word of args) {
    const pids = word.startsWith("%") ? jobOf(machine, word).pids : [Number(word)];
    if (!word.startsWith("%") && !/^-?\d+$/.test(word)) {
      machine.complain(`kill: ${word}: arguments must be process or job IDs`);
      status = 1;
      continue;
    }
    for (const pid of pids) {
      const done = signal === "EXIT" ? host.poll(pid) === undefined : host.kill(pid, `SIG${signal}`);
      if (done === true) continue;
      machine.complain(`kill: (${pid}) - ${done === "denied" ? "Operation not permitted" : "No such process"}`);
      status = 1;
    }
  }
  for (const job of state.jobs)
    if (signal === "CONT" && job.state === "stopped" && args.some((word) => word === `%${job.id}`))
      job.state = "running";
  return status;
};

function bad(name: string): never {
  throw new ShellFault(`${name}: invalid signal specification`);
}

const disown: Builtin = (machine, argv) => {
  const { state } = machine;
  const rest = argv.slice(1).filter((word) => !word.startsWith("-"));
  const gone =
    rest.length > 0
      ? rest.map((spec) => jobOf(machine, spec))
      : argv.includes("-a")
        ? [...state.jobs]
        : [jobOf(machine, undefined)];
  state.jobs = state.jobs.filter((job) => !gone.includes(job));
  return 0;
};

export const jobBuiltins: Record<string, Builtin> = { jobs, fg, bg, wait, kill, disown };
