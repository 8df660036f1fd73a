import type { ApiRequest } from "@/sim/apiserver/request";
import { failure } from "@/sim/apiserver/status";
import type { KubeObject } from "@/sim/types";
import type { ApiStream } from "../types";
import { type ExecSession, queryFlag, queryList, type StreamContext, StreamPair } from "./stream";

const STDIN = 0;
const STDOUT = 1;
const ERROR = 3;
const RESIZE = 4;

const success = JSON.stringify({ metadata: {}, status: "Success" });

const nonZero = (code: number) =>
  JSON.stringify({
    metadata: {},
    status: "Failure",
    message: `command terminated with non-zero exit code: exit status ${code}`,
    reason: "NonZeroExitCode",
    details: { causes: [{ reason: "ExitCode", message: String(code) }] },
  });

/** Runs a command in a container. Its end comes on channel 3, as a Status. */
export function exec(context: StreamContext, pod: KubeObject, container: string, request: ApiRequest): ApiStream {
  const argv = queryList(request, "command");
  if (argv.length === 0) throw failure(400, "BadRequest", "you must specify at least 1 command for the container");
  const ref = { podUid: pod.metadata.uid, container };
  let session: ExecSession | undefined;
  let remove: () => void = () => {};
  const pair = new StreamPair({
    onData: (channel, data) => {
      if (channel === STDIN) return session?.input(data);
      if (channel === RESIZE) resize(session, data);
      return true;
    },
    onPause: (paused) => (paused ? session?.pause() : session?.resume()),
    onCloseChannel: (channel) => {
      if (channel === STDIN) session?.endInput();
    },
    onClose: () => {
      remove();
      session?.close();
    },
  });
  const finish = (status: string) => {
    pair.send(ERROR, status);
    pair.end();
  };
  const started = context.exec(ref, argv, {
    tty: queryFlag(request, "tty"),
    stdin: queryFlag(request, "stdin"),
    onOutput: (channel, data) => pair.send(channel, data),
    onExit: (code) => finish(code === 0 ? success : nonZero(code)),
  });
  if ("error" in started) {
    finish(
      JSON.stringify({
        metadata: {},
        status: "Failure",
        message: `Internal error occurred: ${started.error}`,
        reason: "InternalError",
        details: { causes: [{ message: started.error }] },
        code: 500,
      }),
    );
    return pair.client;
  }
  session = started;
  session.onDrain(() => pair.drained());
  // A container that is gone takes with it what was exec'd into it.
  remove = context.addPoller(() => {
    if (!context.cluster().runtime.inspect(ref)) finish(nonZero(137));
  });
  return pair.client;
}

function resize(session: ExecSession | undefined, data: string): void {
  try {
    const { Width, Height } = JSON.parse(data) as { Width: number; Height: number };
    session?.resize(Width, Height);
  } catch {
    // Not a size: ignored, as the kubelet does.
  }
}

/** What the main process writes from now on, and its standard input where it has one. */
export function attach(context: StreamContext, pod: KubeObject, container: string, request: ApiRequest): ApiStream {
  const ref = { podUid: pod.metadata.uid, container };
  let seen = context.cluster().runtime.log(ref)?.at(-1);
  let remove: () => void = () => {};
  const pair = new StreamPair({
    onData: (channel, data) => {
      if (channel === STDIN && queryFlag(request, "stdin"))
        context.apply({ kind: "container", ref, change: { op: "stdin", data } });
      return true;
    },
    onCloseChannel: (channel) => {
      if (channel === STDIN && queryFlag(request, "stdin"))
        context.apply({ kind: "container", ref, change: { op: "stdin", data: null } });
    },
    onClose: () => remove(),
  });
  remove = context.addPoller(() => {
    const lines = context.cluster().runtime.log(ref) ?? [];
    if (lines.at(-1) !== seen) {
      for (const line of lines.slice(seen ? lines.lastIndexOf(seen) + 1 : 0)) {
        pair.send(line.stream === "stderr" ? 2 : STDOUT, `${line.text}\n`);
      }
      seen = lines.at(-1);
    }
    if (!context.cluster().runtime.inspect(ref)) {
      pair.send(ERROR, success);
      pair.end();
    }
  });
  return pair.client;
}
