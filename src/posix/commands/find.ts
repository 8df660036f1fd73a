import type { FileStat } from "../files/file-system";
import { basename, joinPath } from "../files/path";
import { matchesPattern } from "../shell/pattern";
import { attempt, type Command, complain, pathOf } from "./command";

const FIND_TYPES: Record<string, FileStat["type"]> = { f: "file", d: "directory", l: "symlink", c: "device" };

/** The tests that scripts in containers use: -name -iname -type -maxdepth -mindepth -delete -print -size +0 -empty. */
export const find: Command = (io) => {
  const args = io.argv.slice(1);
  const first = args.findIndex((word) => /^[-(!]/.test(word));
  const roots = first < 0 ? args : args.slice(0, first);
  const tests = first < 0 ? [] : args.slice(first);
  let maximum = Number.POSITIVE_INFINITY;
  let minimum = 0;
  let remove = false;
  let ending = "\n";
  const checks: ((path: string, found: FileStat) => boolean)[] = [];
  for (let index = 0; index < tests.length; index++) {
    const word = tests[index]!;
    const negated = tests[index - 1] === "!";
    const add = (check: (path: string, found: FileStat) => boolean) =>
      checks.push(negated ? (path, found) => !check(path, found) : check);
    if (word === "-maxdepth") maximum = Number(tests[++index]);
    else if (word === "-mindepth") minimum = Number(tests[++index]);
    else if (word === "-delete") remove = true;
    else if (word === "-print0") ending = "\0";
    else if (word === "-empty")
      add((path, found) =>
        found.type === "directory" ? io.files.readDirectory(path).length === 0 : found.sizeBytes === 0,
      );
    else if (word === "-name" || word === "-iname" || word === "-path") {
      const pattern = tests[++index] ?? "";
      add((path) => matchesName(word === "-path" ? path : basename(path), pattern, word === "-iname"));
    } else if (word === "-type") {
      const type = FIND_TYPES[tests[++index] ?? ""];
      add((_, found) => found.type === type);
    } else if (word !== "-print" && word !== "!" && word !== "-a" && word !== "-xdev") {
      complain(io, io.style === "gnu" ? `unknown predicate \`${word}'` : `unrecognized: ${word}`);
      return { exit: 1 };
    }
  }
  let code = 0;
  const walk = (path: string, shown: string, depth: number): void => {
    const found = io.files.lstat(path);
    if (!found) return;
    const here = () => {
      if (depth < minimum || !checks.every((check) => check(path, found))) return;
      if (remove && depth > 0)
        attempt(
          io,
          () => io.files.remove(path),
          (error) => `cannot delete ‘${shown}’: ${error.message}`,
        );
      else if (!remove) io.out(shown + ending);
    };
    if (!remove) here();
    if (found.type === "directory" && depth < maximum) {
      const opened = attempt(
        io,
        () => {
          for (const name of io.files.readDirectory(path)) walk(joinPath(path, name), joinPath(shown, name), depth + 1);
        },
        (error) => `‘${shown}’: ${error.message}`,
      );
      if (!opened) code = 1;
    }
    if (remove) here();
  };
  for (const root of roots.length > 0 ? roots : ["."]) {
    if (io.files.lstat(pathOf(io, root))) walk(pathOf(io, root), root, 0);
    else {
      complain(io, io.style === "gnu" ? `‘${root}’: No such file or directory` : `${root}: No such file or directory`);
      code = 1;
    }
  }
  return { exit: code };
};

function matchesName(name: string, pattern: string, ignoreCase: boolean): boolean {
  return matchesPattern(name, pattern, { ignoreCase });
}
