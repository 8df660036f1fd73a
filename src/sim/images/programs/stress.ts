import { parseQuantity, quantityError, quantityValue } from "../../kinds/quantity";
import { klog } from "../../machines/klog";
import type { Program, Step } from "../program";

/** The two programs of Kubernetes' own tasks on CPU and memory: `stress` of polinux/stress, and vish/stress. */

const MiB = 1_048_576;
const CORE = 1000;
const BASE_MEMORY_BYTES = MiB;
const DEFAULT_VM_BYTES = 256 * MiB;
const WORKERS_LIMIT = 256;
const SIZES: Record<string, number> = { "": 1, b: 1, k: 1024, m: MiB, g: 1024 * MiB };
const SECONDS: Record<string, number> = { "": 1, s: 1, m: 60, h: 3600, d: 86_400 };
const END = "end";

interface Hogs {
  cpu: number;
  io: number;
  vm: number;
  hdd: number;
  vmBytes: number;
  hang: boolean;
  timeoutMs?: number;
}

/** The options of stress 1.0.4; a text is its complaint. */
function parseHogs(words: readonly string[]): Hogs | string {
  const hogs: Hogs = { cpu: 0, io: 0, vm: 0, hdd: 0, vmBytes: DEFAULT_VM_BYTES, hang: false };
  const queue = words.flatMap((word) => (word.startsWith("--") ? word.split(/=(.*)/s).slice(0, 2) : [word]));
  for (let index = 0; index < queue.length; index++) {
    const option = SHORT[queue[index]!] ?? queue[index]!;
    if (["--verbose", "--quiet", "--dry-run", "--vm-keep"].includes(option)) continue;
    const value = queue[++index] ?? "";
    const name = option.replace(/^--/, "");
    if (name === "cpu" || name === "io" || name === "vm" || name === "hdd") {
      const count = Number(value);
      if (!/^\d+$/.test(value) || count > WORKERS_LIMIT) return `unrecognized option: ${value}`;
      hogs[name] = count;
    } else if (name === "vm-bytes") {
      const match = /^(\d+)([bkmg]?)$/i.exec(value);
      if (!match) return `unrecognized option: ${value}`;
      hogs.vmBytes = Number(match[1]) * SIZES[match[2]!.toLowerCase()]!;
    } else if (name === "vm-hang") hogs.hang = true;
    else if (name === "timeout") {
      const match = /^(\d+)([smhd]?)$/.exec(value);
      if (!match) return `unrecognized option: ${value}`;
      hogs.timeoutMs = Number(match[1]) * SECONDS[match[2]!]! * 1000;
    } else if (name !== "backoff" && name !== "vm-stride" && name !== "hdd-bytes")
      return `unrecognized option: ${option}`;
  }
  return hogs;
}

const SHORT: Record<string, string> = {
  "-c": "--cpu",
  "-i": "--io",
  "-m": "--vm",
  "-d": "--hdd",
  "-t": "--timeout",
  "-v": "--verbose",
  "-q": "--quiet",
  "-n": "--dry-run",
  "-b": "--backoff",
};

const say = (level: string, text: string) => `stress: ${level}: [1] ${text}\n`;

export const stress: Program<any> = {
  name: "stress",
  start(context) {
    const hogs = parseHogs(context.argv.slice(1));
    if (typeof hogs === "string") return { state: null, stderr: say("FAIL", hogs), exit: 1 };
    const { cpu, io, vm, hdd, vmBytes, hang, timeoutMs } = hogs;
    if (cpu + io + vm + hdd === 0) return { state: null, stdout: say("FAIL", "no workers requested"), exit: 1 };
    return {
      state: { startedMs: context.nowMs },
      stdout: say("info", `dispatching hogs: ${cpu} cpu, ${io} io, ${vm} vm, ${hdd} hdd`),
      memoryBytes: BASE_MEMORY_BYTES + vm * vmBytes,
      cpuMillicores: (cpu + (hang ? 0 : vm)) * CORE + (io + hdd) * (CORE / 4),
      ...(timeoutMs && { timers: { [END]: timeoutMs } }),
    };
  },
  onTimer(state, _timer, context) {
    const seconds = Math.round((context.nowMs - state.startedMs) / 1000);
    return { state, stdout: say("info", `successful run completed in ${seconds}s`), exit: 0 };
  },
};

interface Growing {
  wantedBytes: number;
  stepBytes: number;
  everyMs: number;
  allocatedBytes: number;
}

const ALLOCATE = "allocate";
/** Steps of less than a second are taken together. */
const LEAST_STEP_MS = 1000;

function flag(argv: readonly string[], name: string, fallback: string): string {
  for (let index = 1; index < argv.length; index++) {
    const [option, value] = argv[index]!.replace(/^--?/, "").split(/=(.*)/s);
    if (option === name) return value ?? argv[index + 1] ?? fallback;
  }
  return fallback;
}

const bytes = (text: string): number => (quantityError(text) === undefined ? quantityValue(parseQuantity(text)) : 0);

function milliseconds(text: string): number {
  const match = /^([\d.]+)(ms|s|m)$/.exec(text);
  return match ? Number(match[1]) * { ms: 1, s: 1000, m: 60_000 }[match[2] as "ms" | "s" | "m"] : 1;
}

/** Takes memory bit by bit up to a total, and keeps as many threads busy as it is told to. */
export const vishStress: Program<any> = {
  name: "vish-stress",
  start(context) {
    const { argv, nowMs } = context;
    const total = flag(argv, "mem-total", "0");
    const size = flag(argv, "mem-alloc-size", "4Ki");
    const sleep = flag(argv, "mem-alloc-sleep", "1ms");
    const cpus = Math.min(WORKERS_LIMIT, Math.max(0, Math.trunc(Number(flag(argv, "cpus", "0"))) || 0));
    const log = (line: number, text: string) => klog(nowMs, "I", 1, `main.go:${line}`, text);
    const lines = [
      log(26, `Allocating "${total}" memory, in "${size}" chunks, with a ${sleep} sleep between allocations`),
      ...Array.from({ length: cpus }, () => log(39, "Spawning a thread to consume CPU")),
    ];
    const everyMs = Math.max(LEAST_STEP_MS, milliseconds(sleep));
    const state: Growing = {
      wantedBytes: bytes(total),
      stepBytes: Math.max(1, Math.round((bytes(size) * everyMs) / Math.max(1, milliseconds(sleep)))),
      everyMs,
      allocatedBytes: 0,
    };
    return { ...grow(state, nowMs), stderr: lines.map((line) => `${line}\n`).join(""), cpuMillicores: cpus * CORE };
  },
  onTimer: (state: Growing, _timer, context) => grow(state, context.nowMs),
};

function grow(state: Growing, nowMs: number): Step<any> {
  const allocatedBytes = Math.min(state.wantedBytes, state.allocatedBytes + state.stepBytes);
  const next = { ...state, allocatedBytes };
  const memoryBytes = BASE_MEMORY_BYTES + allocatedBytes;
  if (allocatedBytes < state.wantedBytes) return { state: next, memoryBytes, timers: { [ALLOCATE]: state.everyMs } };
  const done = klog(nowMs, "I", 1, "main.go:29", `Allocated "${state.wantedBytes}" memory`);
  return { state: next, memoryBytes, stderr: `${done}\n` };
}
