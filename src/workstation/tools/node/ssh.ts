import type { Tool, ToolContext } from "../tool";

/** Options of ssh that take a word. */
const WITH_VALUE = new Set(["-i", "-l", "-o", "-p", "-F", "-L", "-R", "-D", "-J", "-b", "-c", "-e", "-m", "-w"]);
const CONNECT_MS = 180;
const NOT_FOUND = 255;

/** `ssh NODE [COMMAND]`: nodes are reached by name or address, as root. */
export const ssh: Tool = {
  name: "ssh",
  async run(context) {
    const words = context.argv.slice(1);
    let wantsTty = false;
    while (words[0]?.startsWith("-")) {
      const option = words.shift()!;
      if (option.startsWith("-t")) wantsTty = true;
      if (WITH_VALUE.has(option)) words.shift();
    }
    const target = words.shift();
    if (!target) {
      await context.stderr.write(
        "usage: ssh [-46AaCfGgKkMNnqsTtVvXxYy] [-B bind_interface] [-b bind_address]\n           destination [command [argument ...]]\n",
      );
      return NOT_FOUND;
    }
    await context.sleep(CONNECT_MS);
    return session(context, target.replace(/^[^@]*@/, ""), words, wantsTty);
  },
  complete: ({ words, nodes }) => (words.length === 2 ? (nodes ?? []).map((value) => ({ value })) : []),
};

async function session(context: ToolContext, host: string, words: string[], wantsTty: boolean): Promise<number> {
  const command = words.length > 0 ? words.join(" ") : undefined;
  const tty = context.isTty(0) && (wantsTty || command === undefined);
  let finish: (code: number) => void = () => {};
  const ended = new Promise<number>((resolve) => {
    finish = resolve;
  });
  const opened = context.login?.(host, command, {
    tty,
    stdin: true,
    columns: context.columns,
    rows: context.rows,
    onOutput: (channel, data) => void (channel === 1 ? context.stdout : context.stderr).write(data),
    onExit: finish,
  }) ?? { error: `ssh: Could not resolve hostname ${host}: Name or service not known` };
  if ("error" in opened) {
    await context.stderr.write(`${opened.error}\n`);
    return NOT_FOUND;
  }
  context.onEnd(() => opened.close());
  if (tty) {
    context.onResize((columns, rows) => opened.resize(columns, rows));
    context.rawMode(true);
  }
  void pump(context, opened);
  const code = await context.wait(ended);
  if (tty) {
    context.rawMode(false);
    if (command === undefined) await context.stderr.write(`Connection to ${host} closed.\n`);
  }
  return code;
}

async function pump(context: ToolContext, remote: { input(data: string): void; endInput(): void }): Promise<void> {
  try {
    for (let piece = await context.stdin.read(); piece !== null; piece = await context.stdin.read())
      remote.input(piece);
    remote.endInput();
  } catch {
    // The process has ended: the session ends with it.
  }
}
