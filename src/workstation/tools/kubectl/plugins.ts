import type { ToolContext } from "../tool";
import { PlainExit } from "./errors";

/** More words than this are not tried as the name of a plugin. */
const WORDS_LIMIT = 8;

/**
 * An executable `kubectl-WORD-WORD` of the PATH is a command of its own; the longest name counts.
 * Gives its exit code, or undefined where there is none.
 */
export async function runPlugin(tool: ToolContext, words: readonly string[]): Promise<number | undefined> {
  const flag = words.findIndex((word) => word.startsWith("-"));
  const names = words.slice(0, flag < 0 ? undefined : flag).slice(0, WORDS_LIMIT);
  if (names.length === 0) throw new PlainExit(`Error: flags cannot be placed before plugin name: ${words[0]}`);
  for (let count = names.length; count > 0; count--) {
    const path = executable(tool, `kubectl-${names.slice(0, count).map(dashless).join("-")}`);
    if (path) return tool.run([path, ...words.slice(count)]);
  }
  return undefined;
}

const dashless = (word: string) => word.replaceAll("-", "_");

function executable(tool: ToolContext, name: string): string | undefined {
  return (tool.env.PATH ?? "")
    .split(":")
    .filter(Boolean)
    .map((directory) => `${directory}/${name}`)
    .find((path) => {
      const stat = tool.files.stat(path);
      return stat?.type === "file" && (stat.mode & 0o111) !== 0;
    });
}
