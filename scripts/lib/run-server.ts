import { type ChildProcess, spawn } from "node:child_process";

/** Runs the server in the foreground: its output is ours, our signals are its, its exit code is ours. */
export function runServer(command: string[], env: Record<string, string> = {}): void {
  // The channel tells the server when we die: then it ends in order as well.
  const child: ChildProcess = spawn(process.execPath, command, {
    env: { ...process.env, ...env },
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    // A terminal sends Ctrl-C to the server as well; a second one does it no harm.
    process.on(signal, () => child.kill(signal));
  }
  child.once("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
