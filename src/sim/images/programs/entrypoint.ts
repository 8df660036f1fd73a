import { basename } from "@/posix/files/path";
import type { Program, ProgramContext } from "../program";

/**
 * An image whose entrypoint script ends in `exec "$@"`: its own server where the command names it, else whatever the
 * command says, played by `other` (mostly a shell).
 */
export function withEntrypoint(
  name: string,
  own: Program | undefined,
  servers: string[],
  other: (command: string) => Program,
): Program<any> {
  const select = (state: any): Program | undefined => (state?.executed ? other(state.executed) : own);
  const inner = (state: any) => (state?.executed ? state.inner : state);
  const wrap = (state: any, step: any) =>
    state?.executed ? { ...step, state: { executed: state.executed, inner: step.state } } : step;
  return {
    name,
    start(context) {
      const script = basename(context.argv[0] ?? "");
      const [next = "", ...rest] = context.argv.slice(1);
      const scripted = script === "docker-entrypoint.sh" || script === "entrypoint.sh";
      const isOwn = !scripted || servers.includes(basename(next)) || next.startsWith("-");
      if (own && isOwn) return own.start(context);
      // curl's image runs `curl` where only its options are given.
      const argv = next.startsWith("-") && servers[0] ? [servers[0], next, ...rest] : [next, ...rest];
      const executed = basename(argv[0]!) || "sh";
      const step = other(executed).start(withArgv(context, argv));
      return { ...step, state: { executed, inner: step.state } };
    },
    onTimer: (state, timer, context) =>
      wrap(state, select(state)?.onTimer?.(inner(state), timer, context) ?? { state: inner(state) }),
    onRequest(state, request, context) {
      const step = select(state)?.onRequest?.(inner(state), request, context);
      return step ? wrap(state, step) : { state, response: { reset: true } };
    },
    onSignal(state, signal, context) {
      const program = select(state);
      const numbers: Record<string, number> = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGKILL: 9, SIGTERM: 15 };
      if (!program?.onSignal) return { state, exit: 128 + (numbers[signal] ?? 15) };
      return wrap(state, program.onSignal(inner(state), signal, context));
    },
    onStdin: (state, data, context) =>
      wrap(state, select(state)?.onStdin?.(inner(state), data, context) ?? { state: inner(state) }),
    ...(own?.commands && {
      commands: Object.fromEntries(
        Object.entries(own.commands).map(([word, run]) => [
          word,
          (state: any, argv: string[], context: ProgramContext) =>
            state?.executed
              ? { state, exitCode: 1, stderr: `${word}: the server does not run\n` }
              : run(state, argv, context),
        ]),
      ),
    }),
  };
}

function withArgv(context: ProgramContext, argv: string[]): ProgramContext {
  return Object.create(context, { argv: { value: argv, enumerable: true } }) as ProgramContext;
}
