import { resolvePath } from "../../files/path";
import { ShellFault } from "../fault";
import type { Machine } from "../machine";
import { getVariable, setVariable } from "../variables";
import { type Builtin, flags } from "./builtin";

/** Changes directory, keeping links in the name as `cd -L` does. */
export function changeDirectory(machine: Machine, target: string): void {
  const { state, host } = machine;
  const path = resolvePath(state.cwd, target);
  const stat = host.files.stat(path);
  const prefix =
    state.dialect === "bash"
      ? `${target}: `
      : state.dialect === "ash"
        ? `can't cd to ${target}: `
        : `can't cd to ${target}`;
  const fail = (why: string) => {
    throw new ShellFault(state.dialect === "dash" ? prefix : prefix + why, state.dialect === "dash" ? 2 : 1);
  };
  if (!stat) fail("No such file or directory");
  else if (stat.type !== "directory") fail("Not a directory");
  try {
    host.files.stat(`${path}/.`);
    if ((stat?.mode ?? 0) & 0o111) {
      state.previousCwd = state.cwd;
      state.cwd = path;
      setVariable(machine, "OLDPWD", state.previousCwd, { exported: true });
      setVariable(machine, "PWD", path, { exported: true });
      return;
    }
  } catch {
    // Told below.
  }
  fail("Permission denied");
}

const cd: Builtin = (machine, argv) => {
  const { rest, bad } = flags(argv, "LPe@");
  if (bad) throw new ShellFault(`-${bad}: invalid option\ncd: usage: cd [-L|[-P [-e]] [-@]] [dir]`, 2);
  if (rest.length > 1 && machine.state.dialect === "bash") throw new ShellFault("too many arguments");
  let target = rest[0];
  if (target === undefined) {
    target = getVariable(machine, "HOME");
    if (!target) throw new ShellFault("HOME not set");
  }
  if (target === "") return 0;
  if (target === "-") {
    const previous = machine.state.previousCwd ?? getVariable(machine, "OLDPWD");
    if (!previous) throw new ShellFault("OLDPWD not set");
    changeDirectory(machine, previous);
    machine.write(1, `${machine.state.cwd}\n`);
    return 0;
  }
  changeDirectory(machine, target);
  return 0;
};

const stackOf = (machine: Machine): string[] => (getVariable(machine, "__DIRSTACK") ?? "").split(":").filter(Boolean);

function show(machine: Machine): number {
  const home = getVariable(machine, "HOME");
  const short = (path: string) =>
    home && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path;
  machine.write(1, `${[machine.state.cwd, ...stackOf(machine)].map(short).join(" ")}\n`);
  return 0;
}

const pushd: Builtin = (machine, argv) => {
  const stack = stackOf(machine);
  const before = machine.state.cwd;
  if (argv[1] === undefined) {
    if (stack.length === 0) throw new ShellFault("no other directory");
    changeDirectory(machine, stack.shift()!);
  } else changeDirectory(machine, argv[1]);
  setVariable(machine, "__DIRSTACK", [before, ...stack].join(":"));
  return show(machine);
};

const popd: Builtin = (machine) => {
  const stack = stackOf(machine);
  if (stack.length === 0) throw new ShellFault("directory stack empty");
  changeDirectory(machine, stack.shift()!);
  setVariable(machine, "__DIRSTACK", stack.join(":"));
  return show(machine);
};

export const directoryBuiltins: Record<string, Builtin> = {
  cd,
  pwd: (machine) => {
    machine.write(1, `${machine.state.cwd}\n`);
    return 0;
  },
  pushd,
  popd,
  dirs: show,
};
