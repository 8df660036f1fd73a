import type { Image } from "../../images/image";
import type { Program, Step } from "../../images/program";
import type { Json } from "../../types";

/** Programs for timelines: what they do is in their arguments, so that a test reads by itself. */

interface ServerState {
  [key: string]: Json;
  healthy: boolean;
  requests: number;
}

/** `serve <port>`: answers 200 or, after a request to /break, 503; `/slow/<ms>` takes its time; counts /count. */
const serve: Program<ServerState> = {
  name: "serve",
  start: ({ argv }) => ({
    state: { healthy: true, requests: 0 },
    listen: [{ port: Number(argv[1] ?? 80) }],
    stdout: "serving\n",
    memoryBytes: 5_000_000,
    ...(argv[2] === "ready-after" && { listen: [], timers: { listen: Number(argv[3]) } }),
  }),
  onTimer: (state, _timer, { argv }) => ({ state, listen: [{ port: Number(argv[1]) }] }),
  onRequest(state, { http }) {
    const path = http?.path ?? "/";
    const answer = (status: number, next = state, more = {}) => ({
      state: next,
      response: { http: { status, headers: [], body: "" }, ...more },
    });
    if (path === "/break") return answer(200, { ...state, healthy: false });
    if (path === "/mend") return answer(200, { ...state, healthy: true });
    if (path.startsWith("/slow/")) return answer(200, state, { delayMs: Number(path.slice(6)) });
    if (path === "/count") return answer(200, { ...state, requests: state.requests + 1 });
    return answer(state.healthy ? 200 : 503);
  },
  onSignal: (state, signal) => (signal === "SIGTERM" ? { state, timers: { exit: 500 }, exit: 0 } : { state }),
};

/** `run <ms> <exit code>`: ends by itself; `ignore`: as a process that does not care for SIGTERM. */
const run: Program<null> = {
  name: "run",
  start: ({ argv }) => ({ state: null, stdout: "running\n", timers: { end: Number(argv[1]) } }),
  onTimer: (_state, _timer, { argv }): Step<null> => ({
    state: null,
    stderr: `ending with ${argv[2]}\n`,
    exit: Number(argv[2]),
  }),
};

const ignore: Program<null> = {
  name: "ignore",
  start: () => ({ state: null }),
  onSignal: (state) => ({ state }),
};

/** `eat <bytes>`: takes memory after a second. */
const eat: Program<null> = {
  name: "eat",
  start: () => ({ state: null, memoryBytes: 1000, timers: { eat: 1000 } }),
  onTimer: (_state, _timer, { argv }) => ({ state: null, memoryBytes: Number(argv[1]) }),
};

export const testPrograms: Record<string, Program> = { serve, run, ignore, eat };

/** An image `test:1` of 10 MB whose commands are the programs above; `other:1` is another like it. */
export function testImage(reference: string | { repository: string; tag?: string }): Image | undefined {
  const name = typeof reference === "string" ? reference : `${reference.repository}:${reference.tag}`;
  const match = /^docker\.io\/library\/(test|other):(1|2)$/.exec(name);
  if (!match) return undefined;
  let image = images.get(name);
  if (!image) {
    image = {
      repository: `docker.io/library/${match[1]}`,
      tag: match[2]!,
      digest: `sha256:${match[2]!.repeat(64)}`,
      sizeBytes: 10_000_000,
      entrypoint: [],
      cmd: ["serve", "80"],
      env: { PATH: "/usr/local/bin:/bin" },
      workingDirectory: "/",
      user: { uid: 0, gid: 0 },
      exposedPorts: [],
      files: { "/etc/app.conf": "from the image\n", "/etc/motd": "hello\n" },
      programs: { serve: "serve", run: "run", ignore: "ignore", eat: "eat" },
      userland: "busybox",
    };
    images.set(name, image);
  }
  return image;
}

const images = new Map<string, Image>();

/** The catalogue and the programs with those of the tests beside the real ones: what `vi.mock` is given. */
export async function mockCatalog<T extends { findImage: (reference: any) => Image | undefined }>(
  original: () => Promise<T>,
): Promise<T> {
  const real = await original();
  return { ...real, findImage: (reference: any) => testImage(reference) ?? real.findImage(reference) };
}

export async function mockPrograms<T extends { programs: Record<string, Program> }>(
  original: () => Promise<T>,
): Promise<T> {
  const real = await original();
  return { ...real, programs: { ...real.programs, ...testPrograms } };
}
