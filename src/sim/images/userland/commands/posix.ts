import type { Command as PlainCommand } from "@/posix/commands/command";
import type { Command, CommandIo, CommandStep } from "../command";

const TERMINAL_COLUMNS = 80;

/** Up to a separator: only once it is there, or the end. What came of the piece so far is kept in between. */
function readPiece(io: CommandIo, upTo: string | undefined): string | null | undefined {
  for (;;) {
    const data = upTo === undefined && io.memory.piece ? "" : io.read(upTo);
    if (data === undefined) return undefined;
    const piece = (io.memory.piece ?? "") + (data ?? "");
    delete io.memory.piece;
    if (data === null) return piece === "" ? null : piece;
    if (upTo === undefined || piece.endsWith(upTo)) return piece;
    io.memory.piece = piece;
  }
}

/** A command of `posix/commands` as one of a container's script. Its state is in the process's memory. */
export function adapted(command: PlainCommand): Command {
  return (io): CommandStep => {
    const { files, context } = io;
    const outcome = command(
      {
        argv: io.argv,
        env: io.env,
        cwd: io.cwd,
        files,
        nowMs: io.nowMs,
        user: { name: "root", uid: 0, gid: 0 },
        hostname: context.hostname,
        style: files.stat("/bin/dash") ? "gnu" : "busybox",
        columns: TERMINAL_COLUMNS,
        isTty: () => false,
        out: io.out,
        err: io.err,
        read: (upTo) => readPiece(io, upTo),
        random: () => context.random(),
        processes: () =>
          io
            .processes()
            .map(({ pid, parentPid, argv, startedMs }) => ({ pid, parentPid, user: "root", argv, startedMs })),
        kill: io.kill,
        spawn: (argv, options) => io.spawn(argv, options ?? {}),
        poll: io.poll,
        find: io.find,
      },
      io.memory,
    );
    if ("exit" in outcome) return outcome;
    if ("children" in outcome)
      return { children: outcome.children, ...(outcome.untilMs !== undefined && { wakeMs: outcome.untilMs }) };
    if ("input" in outcome) return { wait: "stdin" };
    if ((outcome.untilMs ?? 0) <= io.nowMs) return { again: true };
    return { wakeMs: outcome.untilMs! };
  };
}
