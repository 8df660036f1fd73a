import { FileError } from "../files/file-system";
import { resolvePath } from "../files/path";
import type { Expander } from "./expand";
import { ShellFault } from "./fault";
import type { Machine } from "./machine";
import type { HereDoc, Redirection, WordNode } from "./program";
import { quote } from "./quote";
import type { SavedFds } from "./state";
import { setVariable } from "./variables";

/** A redirection whose words are expanded. */
export interface PlannedRedirection {
  fd: number | null;
  fdVariable?: string;
  operator: Redirection["operator"];
  target: string;
}

/** Descriptors above this are refused, as `ulimit -n` would. */
const FD_LIMIT = 256;

export function planRedirection(expander: Expander, redirection: Redirection): PlannedRedirection {
  const { fd, operator, fdVariable } = redirection;
  const planned = { fd, operator, ...(fdVariable && { fdVariable }) };
  if (operator === "<<" || operator === "<<-") {
    const document = redirection.target as HereDoc;
    const text = document.quoted ? literalText(document.content) : expander.hereDocument(document.content);
    return { ...planned, target: document.stripTabs ? text.replace(/^\t+/gm, "") : text };
  }
  const word = redirection.target as WordNode;
  if (operator === "<<<") return { ...planned, target: `${expander.single(word)}\n` };
  return { ...planned, target: expander.target(word) };
}

const literalText = (word: WordNode) => word.parts.map((part) => ("value" in part ? part.value : "")).join("");

/** Opens and assigns in order. What was there before is returned, to be put back; on failure it is put back at once. */
export function applyRedirections(machine: Machine, redirections: readonly PlannedRedirection[]): SavedFds {
  const saved: SavedFds = [];
  try {
    for (const redirection of redirections) apply(machine, redirection, saved);
    return saved;
  } catch (error) {
    restoreFds(machine, saved);
    if (error instanceof FileError) throw new ShellFault(`${error.path}: ${error.message}`);
    throw error;
  }
}

export function restoreFds(machine: Machine, saved: SavedFds): void {
  const { state, host } = machine;
  for (const [fd, handle] of [...saved].reverse()) {
    const current = state.fds[fd];
    if (current !== undefined) host.close(current);
    if (handle === null) delete state.fds[fd];
    else state.fds[fd] = handle;
  }
}

/** `exec > file`: what was there before is closed. */
export function keepRedirections(machine: Machine, saved: SavedFds): void {
  for (const [, handle] of saved) if (handle !== null) machine.host.close(handle);
}

function apply(machine: Machine, redirection: PlannedRedirection, saved: SavedFds): void {
  const { state, host } = machine;
  const { operator, target } = redirection;
  let fd = redirection.fd ?? (operator.startsWith("<") ? 0 : 1);
  if (redirection.fdVariable) {
    fd = 10;
    while (state.fds[fd] !== undefined) fd++;
    setVariable(machine, redirection.fdVariable, String(fd));
  }
  if (fd >= FD_LIMIT) throw new ShellFault(`${fd}: Bad file descriptor`);
  const put = (at: number, handle: number) => {
    saved.push([at, state.fds[at] ?? null]);
    state.fds[at] = handle;
  };
  switch (operator) {
    case "<<":
    case "<<-":
    case "<<<":
      put(fd, host.openText(target));
      return;
    case "<":
      put(fd, open(machine, target, "read"));
      return;
    case "<>":
      put(fd, open(machine, target, "read-write"));
      return;
    case ">>":
      put(fd, open(machine, target, "append"));
      return;
    case ">":
    case ">|":
      if (
        operator === ">" &&
        state.options.noclobber &&
        host.files.stat(resolvePath(state.cwd, target))?.type === "file"
      ) {
        throw new ShellFault(`${target}: cannot overwrite existing file`);
      }
      put(fd, open(machine, target, "write"));
      return;
    case "&>":
    case "&>>":
      both(machine, target, operator === "&>" ? "write" : "append", put);
      return;
    case ">&":
    case "<&": {
      if (target === "-") {
        saved.push([fd, state.fds[fd] ?? null]);
        delete state.fds[fd];
        return;
      }
      if (/^\d+-?$/.test(target)) {
        const source = state.fds[Number.parseInt(target, 10)];
        if (source === undefined) throw new ShellFault(`${target}: Bad file descriptor`);
        put(fd, host.dup(source));
        return;
      }
      if (operator === "<&" || redirection.fd !== null) throw new ShellFault(`${target}: ambiguous redirect`);
      both(machine, target, "write", put);
      return;
    }
  }
}

function both(
  machine: Machine,
  target: string,
  mode: "write" | "append",
  put: (fd: number, handle: number) => void,
): void {
  const handle = open(machine, target, mode);
  put(1, handle);
  put(2, machine.host.dup(handle));
}

/** `/dev/stdin` and its relatives are the shell's own descriptors. */
function open(machine: Machine, target: string, mode: "read" | "write" | "append" | "read-write"): number {
  const { state, host } = machine;
  if (target === "") throw new ShellFault(`${quote(target, true)}: No such file or directory`);
  const path = resolvePath(state.cwd, target);
  const own =
    /^\/(?:dev\/fd|proc\/self\/fd)\/(\d+)$/.exec(path)?.[1] ??
    { "/dev/stdin": "0", "/dev/stdout": "1", "/dev/stderr": "2" }[path];
  if (own !== undefined) {
    const handle = state.fds[Number(own)];
    if (handle === undefined) throw new ShellFault(`${target}: No such file or directory`);
    return host.dup(handle);
  }
  try {
    return host.open(target.endsWith("/") && path !== "/" ? `${path}/` : path, mode, state.umask);
  } catch (error) {
    if (error instanceof FileError) throw new FileError(error.code, target);
    throw error;
  }
}
