import { parseOptions } from "@/posix/commands/command";
import { formatTime } from "@/posix/shell/strftime";
import { textWidth } from "../terminal/width";
import type { Tool, ToolContext } from "./tool";

const MINIMUM_MS = 100;

/** Runs a command again and again and shows its output from the top of the screen. */
export const watch: Tool = {
  name: "watch",
  async run(context) {
    const { values, rest, bad, flags } = parseOptions(
      context.argv,
      "n:dtbegxc",
      { interval: "n", "no-title": "t", differences: "d", exec: "x" },
      true,
    );
    if (bad || rest.length === 0) {
      await context.stderr.write("Usage:\n watch [options] command\n");
      return 1;
    }
    const seconds = Number(values.n ?? "2");
    if (Number.isNaN(seconds)) {
      await context.stderr.write(`watch: failed to parse argument: '${values.n}'\n`);
      return 1;
    }
    const intervalMs = Math.max(MINIMUM_MS, seconds * 1000);
    for (let before = ""; ; ) {
      const text = await once(context, flags.has("x") ? rest : ["sh", "-c", rest.join(" ")]);
      await context.stdout.write(screen(context, rest.join(" "), intervalMs, text, flags.has("t")));
      if (flags.has("g") && before !== "" && before !== text) return 0;
      before = text;
      await context.sleep(intervalMs);
    }
  },
};

async function once(context: ToolContext, argv: string[]): Promise<string> {
  let text = "";
  const add = (data: string) => {
    text += data;
  };
  await context.run(argv, { stdin: "", stdout: add, stderr: add });
  return text;
}

function screen(context: ToolContext, command: string, intervalMs: number, text: string, bare: boolean): string {
  const { columns, rows } = context;
  const left = `Every ${(intervalMs / 1000).toFixed(1)}s: ${command}`;
  const right = `${context.machine.hostname}: ${formatTime("%a %b %e %H:%M:%S %Y", context.nowMs)}`;
  const room = columns - right.length - 1;
  const title = `${left.length > room ? left.slice(0, Math.max(0, room)) : left.padEnd(room)} ${right}`;
  const lines = text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => clip(line, columns));
  const all = bare ? lines : [title, "", ...lines];
  return `\x1b[H\x1b[2J\x1b[3J${all.slice(0, Math.max(1, rows)).join("\n")}`;
}

function clip(line: string, columns: number): string {
  if (textWidth(line) <= columns) return line;
  let text = "";
  let width = 0;
  for (const char of line) {
    width += textWidth(char);
    if (width > columns) break;
    text += char;
  }
  return text;
}

export const clear: Tool = {
  name: "clear",
  async run(context) {
    await context.stdout.write("\x1b[H\x1b[2J\x1b[3J");
    return 0;
  },
};

/** A pager that shows all: the terminal scrolls. */
export const pager = (name: string): Tool => ({
  name,
  async run(context) {
    const names = context.argv.slice(1).filter((word) => !/^[-+]/.test(word));
    if (names.length > 0) return context.run(["cat", ...names]);
    for (let data = await context.stdin.read(); data !== null; data = await context.stdin.read())
      await context.stdout.write(data);
    return 0;
  },
});
