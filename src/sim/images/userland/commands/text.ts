import { type Command, type CommandIo, filter, linesOf, plainWords, readOr, unlines } from "../command";

/** The number behind `-n 5`, `-n5` or `-5`, and the words that are files. */
function counted(
  io: CommandIo,
  fallback: number,
): { count: number; fromStart: boolean; files: string[]; follow: boolean; bytes: boolean } {
  let [count, fromStart, follow, bytes] = [fallback, false, false, false];
  const files: string[] = [];
  for (let index = 1; index < io.argv.length; index++) {
    const word = io.argv[index]!;
    const inline = /^-(?:n|c)?\+?(\d+)$/.exec(word);
    if (word === "-n" || word === "-c") {
      const value = io.argv[++index] ?? "";
      bytes = word === "-c";
      fromStart = value.startsWith("+");
      count = Math.abs(Number(value));
    } else if (inline) {
      count = Number(inline[1]);
      bytes = word.startsWith("-c");
    } else if (/^-[fFqv]+$/.test(word)) follow ||= /[fF]/.test(word);
    else files.push(word);
  }
  return { count, fromStart, follow, files, bytes };
}

const head = filter(
  (text, io) => {
    const { count, bytes } = counted(io, 10);
    return bytes ? text.slice(0, count) : unlines(linesOf(text).slice(0, count));
  },
  (io) => counted(io, 10).files,
);

/** tail; with -f it looks at the file again twice a second. */
const tail: Command = (io) => {
  const { count, fromStart, follow, files, bytes } = counted(io, 10);
  const cut = (text: string) =>
    bytes
      ? text.slice(-count)
      : unlines(fromStart ? linesOf(text).slice(count - 1) : count === 0 ? [] : linesOf(text).slice(-count));
  if (!follow || files.length === 0) return filter(cut, () => files)(io);
  const [file] = files;
  if (file === "/dev/null") return { wakeMs: io.nowMs + 86_400_000 };
  const text = io.files.stat(io.resolve(file!)) ? (readOr(io, file!) ?? "") : "";
  const seen = io.memory.seen as number | undefined;
  if (seen === undefined && !io.files.stat(io.resolve(file!)))
    io.err(`tail: can't open '${file}': No such file or directory\n`);
  io.out(seen === undefined ? cut(text) : text.slice(Math.min(seen, text.length)));
  io.memory.seen = text.length;
  return { wakeMs: io.nowMs + 500 };
};

/** grep over basic and extended expressions; line by line, so that it streams. */
const grep: Command = (io) => {
  const options = new Set<string>();
  const words: string[] = [];
  const patterns: string[] = [];
  for (let index = 1; index < io.argv.length; index++) {
    const word = io.argv[index]!;
    if (word === "-e") patterns.push(io.argv[++index] ?? "");
    else if (word.startsWith("-") && word.length > 1) for (const letter of word.slice(1)) options.add(letter);
    else words.push(word);
  }
  if (patterns.length === 0) patterns.push(words.shift() ?? "");
  let expression: RegExp;
  try {
    expression = new RegExp(
      patterns
        .map((pattern) =>
          options.has("F")
            ? pattern.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")
            : posix(pattern, options.has("E") || io.argv[0] === "egrep"),
        )
        .join("|"),
      options.has("i") ? "i" : "",
    );
  } catch {
    io.err("grep: bad regex\n");
    return { exit: 2 };
  }
  let found = Number(io.memory.found ?? 0);
  const test = (line: string, label: string) => {
    if (expression.test(line) === options.has("v")) return;
    found++;
    if (!options.has("q") && !options.has("c")) io.out(`${label}${line}\n`);
  };
  if (words.length > 0) {
    let failed = false;
    for (const file of words) {
      const text = readOr(io, file);
      if (text === undefined) failed = true;
      else for (const line of linesOf(text)) test(line, words.length > 1 && !options.has("h") ? `${file}:` : "");
    }
    if (options.has("c")) io.out(`${found}\n`);
    return { exit: failed ? 2 : found > 0 ? 0 : 1 };
  }
  let rest = String(io.memory.rest ?? "");
  for (let data = io.read(); data !== null; data = io.read()) {
    if (data === undefined) {
      io.memory.rest = rest;
      io.memory.found = found;
      return { wait: "stdin" };
    }
    const parts = (rest + data).split("\n");
    rest = parts.pop()!;
    for (const line of parts) test(line, "");
  }
  if (rest) test(rest, "");
  if (options.has("c")) io.out(`${found}\n`);
  return { exit: found > 0 ? 0 : 1 };
};

/** A POSIX expression as a JavaScript one: in the basic form `\+`, `\(`, `\|` are the operators. */
export function posix(pattern: string, extended: boolean): string {
  const classes: Record<string, string> = {
    alpha: "A-Za-z",
    digit: "0-9",
    alnum: "A-Za-z0-9",
    space: "\\s",
    upper: "A-Z",
    lower: "a-z",
    punct: "!-\\/:-@\\[-`{-~",
  };
  const expanded = pattern.replace(/\[:(\w+):\]/g, (whole, name: string) => classes[name] ?? whole);
  if (extended) return expanded;
  return expanded.replace(
    /\\([+?(){}|])|([+?(){}|])/g,
    (_whole, operator: string | undefined, literal: string | undefined) => operator ?? `\\${literal}`,
  );
}

const wc = filter((text, io, files) => {
  const flags = io.argv
    .slice(1)
    .filter((word) => word.startsWith("-"))
    .join("");
  const counts = [
    ...(!flags || flags.includes("l") ? [text.split("\n").length - 1] : []),
    ...(!flags || flags.includes("w") ? [text.split(/\s+/).filter(Boolean).length] : []),
    ...(!flags || flags.includes("c") || flags.includes("m") ? [text.length] : []),
  ];
  const only = counts.length === 1;
  return `${counts.map((count) => (only ? String(count) : String(count).padStart(9))).join("")}${files[0] ? ` ${files[0]}` : ""}\n`;
});

const sort = filter((text, io) => {
  const flags = io.argv
    .slice(1)
    .filter((word) => word.startsWith("-"))
    .join("");
  let lines = linesOf(text);
  lines.sort((a, b) =>
    flags.includes("n") ? Number.parseFloat(a) - Number.parseFloat(b) : a < b ? -1 : a > b ? 1 : 0,
  );
  if (flags.includes("r")) lines.reverse();
  if (flags.includes("u")) lines = lines.filter((line, index) => line !== lines[index - 1]);
  return unlines(lines);
});

const uniq = filter((text, io) => {
  const groups: { line: string; count: number }[] = [];
  for (const line of linesOf(text)) {
    const last = groups.at(-1);
    if (last?.line === line) last.count++;
    else groups.push({ line, count: 1 });
  }
  return unlines(
    groups.map(({ line, count }) => (io.argv.includes("-c") ? `${String(count).padStart(7)} ${line}` : line)),
  );
});

const cut: Command = (io) => {
  let [delimiter, fields, characters] = ["\t", "", ""];
  const files: string[] = [];
  for (let index = 1; index < io.argv.length; index++) {
    const word = io.argv[index]!;
    const value = () => (word.length > 2 ? word.slice(2) : (io.argv[++index] ?? ""));
    if (word.startsWith("-d")) delimiter = value();
    else if (word.startsWith("-f")) fields = value();
    else if (word.startsWith("-c") || word.startsWith("-b")) characters = value();
    else files.push(word);
  }
  const wanted = (list: string, index: number) =>
    list.split(",").some((range) => {
      const [from, to] = range.includes("-") ? range.split("-") : [range, range];
      return index >= Number(from || 1) && index <= Number(to || Number.MAX_SAFE_INTEGER);
    });
  const print = (text: string) =>
    unlines(
      linesOf(text).map((line) => {
        if (characters) return [...line].filter((_char, index) => wanted(characters, index + 1)).join("");
        if (!line.includes(delimiter)) return line;
        return line
          .split(delimiter)
          .filter((_field, index) => wanted(fields, index + 1))
          .join(delimiter);
      }),
    );
  return filter(print, () => files)(io);
};

const tr = filter(
  (text, io) => {
    const words = io.argv.slice(1).filter((word) => !/^-[dsc]+$/.test(word));
    const remove = io.argv.some((word) => /^-.*d/.test(word));
    const set = (spec: string) => {
      const plain = spec
        .replace(/\\n/g, "\n")
        .replace(/\\t/g, "\t")
        .replace(/\[:upper:\]/g, "A-Z")
        .replace(/\[:lower:\]/g, "a-z")
        .replace(/\[:digit:\]/g, "0-9")
        .replace(/\[:space:\]/g, " \t\n\r");
      return plain.replace(/(.)-(.)/gs, (_whole, from: string, to: string) => {
        let range = "";
        for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++) range += String.fromCharCode(code);
        return range;
      });
    };
    const from = set(words[0] ?? "");
    if (remove) return [...text].filter((char) => !from.includes(char)).join("");
    const to = set(words[1] ?? "");
    return [...text]
      .map((char) => (from.includes(char) ? (to[Math.min(from.indexOf(char), to.length - 1)] ?? "") : char))
      .join("");
  },
  () => [],
);

/** sed: `s/a/b/flags`, `Nd`, `Np` with -n, `/re/d`, `/re/p`; -i writes the file back. */
const sed: Command = (io) => {
  const words = io.argv.slice(1);
  const inPlace = words.some((word) => word.startsWith("-i"));
  const quiet = words.includes("-n");
  const extended = words.includes("-E") || words.includes("-r");
  const at = words.indexOf("-e");
  const rest = words.filter((word, index) => !word.startsWith("-") && (at < 0 || index !== at + 1));
  const script = at >= 0 ? (words[at + 1] ?? "") : (rest.shift() ?? "");
  const edit = (text: string) => sedText(text, script, quiet, extended);
  if (!inPlace) return filter(edit, () => rest)(io);
  for (const file of rest) {
    const text = readOr(io, file);
    if (text !== undefined) io.files.writeFile(io.resolve(file), edit(text));
  }
  return { exit: 0 };
};

function sedText(text: string, script: string, quiet: boolean, extended: boolean): string {
  const commands = script
    .split(/(?:;|\n)(?![^/]*\/[gip]*$)/)
    .map((command) =>
      /^\s*(?:(\d+|\$)|\/((?:\\.|[^/])*)\/)?\s*(?:([dp])|s(.)((?:\\.|(?!\4).)*)\4((?:\\.|(?!\4).)*)\4([gip0-9]*))\s*$/.exec(
        command,
      ),
    );
  const lines = linesOf(text);
  const output: string[] = [];
  for (const [index, original] of lines.entries()) {
    let line: string | undefined = original;
    for (const command of commands) {
      if (!command || line === undefined) continue;
      const [, number, address, verb, , from, to, flags] = command;
      if (number !== undefined && (number === "$" ? index !== lines.length - 1 : Number(number) !== index + 1))
        continue;
      if (address !== undefined && !new RegExp(posix(address, extended)).test(line)) continue;
      if (verb === "d") line = undefined;
      else if (verb === "p") output.push(line);
      else {
        const replacement = to!
          .replace(/\$/g, "$$$$")
          .replace(/\\([1-9])/g, "$$$1")
          .replace(/(^|[^\\])&/g, "$1$$&")
          .replace(/\\(.)/g, "$1");
        line = line.replace(
          new RegExp(posix(from!, extended), `${flags!.includes("g") ? "g" : ""}${flags!.includes("i") ? "i" : ""}`),
          replacement,
        );
      }
    }
    if (line !== undefined && !quiet) output.push(line);
  }
  return unlines(output);
}

const cat: Command = (io) => {
  const files = plainWords(io);
  if (files.length === 0 || files[0] === "-") {
    for (let data = io.read(); data !== null; data = io.read()) {
      if (data === undefined) return { wait: "stdin" };
      io.out(data);
    }
    return { exit: 0 };
  }
  let exit = 0;
  for (const file of files) {
    const text = readOr(io, file);
    if (text === undefined) exit = 1;
    else io.out(text);
  }
  return { exit };
};

const tee: Command = (io) => {
  const files = plainWords(io);
  const append = io.argv.includes("-a");
  if (!io.memory.open) {
    io.memory.open = true;
    if (!append) for (const file of files) io.files.writeFile(io.resolve(file), "");
  }
  for (let data = io.read(); data !== null; data = io.read()) {
    if (data === undefined) return { wait: "stdin" };
    io.out(data);
    for (const file of files) io.files.appendFile(io.resolve(file), data);
  }
  return { exit: 0 };
};

const rev = filter((text) => unlines(linesOf(text).map((line) => [...line].reverse().join(""))));
const tac = filter((text) => unlines(linesOf(text).reverse()));

export const textCommands: Record<string, Command> = {
  cat,
  cut,
  egrep: grep,
  fgrep: grep,
  grep,
  head,
  rev,
  sed,
  sort,
  tac,
  tail,
  tee,
  tr,
  uniq,
  wc,
};
