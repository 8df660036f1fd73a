import type { FileSystem } from "@/posix/files/file-system";
import { resolvePath } from "@/posix/files/path";
import { builtinNames } from "@/posix/shell/builtins/names";
import type { ShellState } from "@/posix/shell/state";
import type { KubeApi } from "../lab/types";
import type { Completion, Tool } from "../tools/tool";

export interface CompletionPlace {
  state: ShellState;
  files: FileSystem;
  env: Readonly<Record<string, string>>;
  kube: KubeApi;
  tool(name: string): Tool | undefined;
}

/** More candidates than this are not shown. */
const CANDIDATE_LIMIT = 200;
const KEYWORDS = [
  "if",
  "then",
  "else",
  "elif",
  "fi",
  "case",
  "esac",
  "for",
  "while",
  "until",
  "do",
  "done",
  "function",
  "time",
];

interface Found {
  length: number;
  replacement: string;
  show?: string[];
}

/** What Tab does: the word under the cursor goes as far as it is certain; on a second Tab the choices are shown. */
export async function complete(
  line: string,
  cursor: number,
  again: boolean,
  place: CompletionPlace,
): Promise<Found | undefined> {
  const { words, raw, quote } = currentCommand(line.slice(0, cursor));
  const word = words.at(-1) ?? "";
  const candidates = unique(await candidatesFor(words, raw, place)).filter(({ value }) => value.startsWith(word));
  if (candidates.length === 0) return undefined;
  const common = commonPrefix(candidates.map(({ value }) => value));
  const only = candidates.length === 1 ? candidates[0]! : undefined;
  if (common.length > word.length || only) {
    const typed = quote ? quote + common : escaped(common, word, raw);
    const closing = only && !only.open ? `${quote}${" "}` : "";
    return { length: raw.length, replacement: typed + closing };
  }
  if (!again) return undefined;
  const shown = candidates.slice(0, CANDIDATE_LIMIT).map(({ value }) => display(value));
  return { length: 0, replacement: "", show: shown };
}

const display = (value: string) => (/.\//.test(value) ? value.replace(/^.*\/(?=.)/, "") : value);

function unique(candidates: readonly Completion[]): Completion[] {
  const seen = new Map<string, Completion>();
  for (const candidate of candidates) if (!seen.has(candidate.value)) seen.set(candidate.value, candidate);
  return [...seen.values()].sort((a, b) => (a.value < b.value ? -1 : 1));
}

function commonPrefix(values: readonly string[]): string {
  let prefix = values[0]!;
  for (const value of values) while (!value.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}

/** Keeps what was typed as it was typed; the rest is escaped. */
function escaped(value: string, word: string, raw: string): string {
  const rest = value.slice(word.length).replace(/[\s\\"'`$&|;<>()*?[\]{}!#]/g, "\\$&");
  return raw + rest;
}

/** The words of the command that the cursor is in, unquoted, the last one also as typed. */
export function currentCommand(text: string): { words: string[]; raw: string; quote: string } {
  let words: string[] = [];
  let word = "";
  let raw = "";
  let open = false;
  let quote = "";
  let index = 0;
  const end = () => {
    if (open) words.push(word);
    word = "";
    raw = "";
    open = false;
  };
  while (index < text.length) {
    const char = text[index]!;
    if (quote) {
      raw += char;
      if (char === quote) quote = "";
      else if (char === "\\" && quote === '"' && index + 1 < text.length) {
        word += text[++index];
        raw += text[index];
      } else word += char;
    } else if (char === "\\") {
      raw += char + (text[index + 1] ?? "");
      word += text[++index] ?? "";
      open = true;
    } else if (char === "'" || char === '"') {
      quote = char;
      raw += char;
      open = true;
    } else if (/\s/.test(char)) end();
    else if (/[|&;(){}<>`]/.test(char) || (char === "$" && text[index + 1] === "(")) {
      const redirection = char === "<" || char === ">";
      end();
      // Behind a redirection stands a file, which is an argument as far as completion goes.
      if (!redirection) words = [];
      else words.push(char);
      if (char === "$") index++;
    } else {
      word += char;
      raw += char;
      open = true;
    }
    index++;
  }
  words.push(word);
  while (
    words.length > 1 &&
    (KEYWORDS.includes(words[0]!) || /^[A-Za-z_]\w*=/.test(words[0]!) || words[0] === "sudo" || words[0] === "watch")
  )
    words.shift();
  return { words, raw: quote ? raw.slice(raw.lastIndexOf(quote)) : raw, quote };
}

async function candidatesFor(words: readonly string[], raw: string, place: CompletionPlace): Promise<Completion[]> {
  const word = words.at(-1) ?? "";
  const variable = /^(.*\$\{?)([A-Za-z_]\w*)?$/.exec(raw);
  if (variable && !raw.startsWith("'")) {
    const names = Object.keys(place.state.variables).filter((name) => name.startsWith(variable[2] ?? ""));
    const closing = variable[1]!.endsWith("{") ? "}" : "";
    return names.map((name) => ({ value: variable[1]! + name + closing, open: true }));
  }
  if (words.length === 1)
    return word.includes("/")
      ? paths(word, place, true)
      : [...commands(place), ...(word === "" ? [] : paths(word, place, true))];
  const before = words.at(-2);
  if (before === "<" || before === ">") return paths(word, place);
  const expanded = aliased(words, place.state);
  const tool = place.tool(expanded[0]!.replace(/^.*\//, ""));
  if (tool?.complete) {
    const found = await tool.complete({
      words: expanded,
      env: place.env,
      cwd: place.state.cwd,
      files: place.files,
      kube: place.kube,
    });
    if (found.length > 0) return found;
  }
  if (/^(cd|rmdir|pushd)$/.test(expanded[0]!)) return paths(word, place).filter((item) => item.open);
  if (/^(unset|export|readonly)$/.test(expanded[0]!))
    return Object.keys(place.state.variables).map((value) => ({ value }));
  if (/^(type|which|command|man)$/.test(expanded[0]!)) return commands(place);
  return paths(word, place);
}

/** `k get po` completes as `kubectl get po`. */
function aliased(words: readonly string[], state: ShellState): string[] {
  const value = Object.hasOwn(state.aliases, words[0]!) ? state.aliases[words[0]!] : undefined;
  return value && !/[|&;]/.test(value) ? [...value.trim().split(/\s+/), ...words.slice(1)] : [...words];
}

function commands({ state, files, env }: CompletionPlace): Completion[] {
  const names = new Set([...builtinNames, ...KEYWORDS, ...Object.keys(state.functions), ...Object.keys(state.aliases)]);
  for (const directory of (env.PATH ?? "").split(":")) {
    for (const name of list(files, directory)) names.add(name);
  }
  return [...names].map((value) => ({ value }));
}

function paths(word: string, { state, files, env }: CompletionPlace, executable = false): Completion[] {
  const slash = word.lastIndexOf("/");
  const typed = word.slice(0, slash + 1);
  const home = env.HOME ?? "/";
  const directory = resolvePath(state.cwd, (typed.startsWith("~/") ? home + typed.slice(1) : typed) || ".");
  const start = word.slice(slash + 1);
  return list(files, directory)
    .filter((name) => name.startsWith(start) && (start.startsWith(".") || !name.startsWith(".")))
    .flatMap((name) => {
      const stat = files.stat(resolvePath(directory, name));
      const isDirectory = stat?.type === "directory";
      if (executable && !isDirectory && !((stat?.mode ?? 0) & 0o111)) return [];
      return [isDirectory ? { value: `${typed}${name}/`, open: true } : { value: typed + name }];
    });
}

function list(files: FileSystem, directory: string): string[] {
  try {
    return files.readDirectory(directory);
  } catch {
    return [];
  }
}
