import { badOption, type Command, complain, linesOf, parseOptions } from "./command";

const XARGS_LIMIT = 2000;

export const xargs: Command = (io, state) => {
  const { flags, values, rest, bad } = parseOptions(
    io.argv,
    "0rtn:I:L:P:d:a:pi",
    {
      null: "0",
      "no-run-if-empty": "r",
      verbose: "t",
      "max-args": "n",
      replace: "I",
      "max-lines": "L",
      "max-procs": "P",
      delimiter: "d",
    },
    true,
  );
  if (bad) return badOption(io, bad);
  if (!state.batches) {
    state.text ??= "";
    for (;;) {
      const data = io.read();
      if (data === undefined) return { input: true };
      if (data === null) break;
      state.text += data;
    }
    state.batches = batches(state.text, flags, values, rest.length > 0 ? rest : ["echo"]).slice(0, XARGS_LIMIT);
    state.code = 0;
    state.at = 0;
  }
  for (;;) {
    if (state.child !== undefined) {
      const ended = io.poll(state.child);
      if (!ended) return { children: [state.child] };
      state.child = undefined;
      if (ended.code === 255) {
        complain(io, "exited with status 255; aborting");
        return { exit: 124 };
      }
      if (ended.code !== 0) state.code = 123;
    }
    const next = state.batches[state.at++];
    if (!next) return { exit: state.code };
    if (flags.has("t")) io.err(`${next.join(" ")}\n`);
    const result = io.spawn(next, { stdin: "" });
    if ("error" in result) {
      complain(io, `${next[0]}: No such file or directory`);
      return { exit: 127 };
    }
    state.child = result.pid;
  }
};

function batches(text: string, flags: Set<string>, values: Record<string, string>, command: string[]): string[][] {
  const separator = flags.has("0") ? "\0" : values.d === "\\n" ? "\n" : values.d;
  const replaces = values.I ?? (flags.has("i") ? "{}" : undefined);
  const items =
    separator !== undefined
      ? text.split(separator).filter((item, index, all) => item !== "" || index < all.length - 1)
      : replaces !== undefined
        ? linesOf(text)
            .map((line) => line.trim())
            .filter(Boolean)
        : words(text);
  if (replaces !== undefined) return items.map((item) => command.map((word) => word.replaceAll(replaces, item)));
  if (items.length === 0) return flags.has("r") ? [] : [command];
  const lines = values.L
    ? linesOf(text)
        .filter((line) => line.trim() !== "")
        .map(words)
    : undefined;
  if (lines) return lines.map((line) => [...command, ...line]);
  const size = values.n ? Math.max(1, Number(values.n)) : 5000;
  const result: string[][] = [];
  for (let index = 0; index < items.length; index += size)
    result.push([...command, ...items.slice(index, index + size)]);
  return result;
}

/** Splits as xargs does: quotes and backslashes keep blanks. */
export function words(text: string): string[] {
  const result: string[] = [];
  for (const match of text.matchAll(/(?:[^\s"'\\]|"[^"\n]*"|'[^'\n]*'|\\[\s\S])+/g)) {
    result.push(
      match[0].replace(/"([^"\n]*)"|'([^'\n]*)'|\\([\s\S])/g, (_, double, single, char) => double ?? single ?? char),
    );
  }
  return result;
}
