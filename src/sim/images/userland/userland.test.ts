import { expect, test } from "vitest";
import { LayeredFiles } from "@/posix/files/layered";
import { fileTree } from "@/posix/files/tree";
import { clone } from "../../kernel/freeze";
import type { ProgramContext } from "../program";
import { runCommand, shellProgram, userlandFiles } from ".";

function contextOf(argv: string[], more: Partial<ProgramContext> = {}): ProgramContext {
  const files = new LayeredFiles(fileTree({ ...userlandFiles({ userland: "busybox" } as any), "/tmp/keep": "" }), {
    nowMs: () => 0,
  });
  return {
    nowMs: 0,
    argv,
    env: { PATH: "/usr/bin:/bin", GREETING: "hello" },
    workingDirectory: "/",
    files,
    hostname: "web-1",
    podIp: "10.244.1.5",
    podNamespace: "default",
    podName: "web-1",
    containerName: "web",
    random: () => 0.5,
    request: () => ({
      outcome: "ok",
      latencyMs: 5,
      address: "10.0.0.1",
      http: { status: 200, headers: [], body: "page\n" },
      hops: [],
    }),
    resolve: () => ({ addresses: ["10.0.0.1"] }),
    ...more,
  } as ProgramContext;
}

const sh = (script: string) => {
  const { exitCode, stdout, stderr } = runCommand(["sh", "-c", script], contextOf([]));
  return { exitCode, stdout, stderr };
};

test.each([
  ["variables and quoting", 'x=1; echo "$GREETING $((x+2))"', "hello 3\n"],
  ["pipelines", "seq 1 20 | grep 1 | head -n 3 | tr '\\n' ' '", "1 10 11 "],
  ["files and redirections", "echo a > /tmp/f; echo b >> /tmp/f; cat /tmp/f | wc -l", "2\n"],
  ["substitution", 'echo "$(echo nested $(echo deep))"', "nested deep\n"],
  ["loops and tests", 'for i in 1 2 3; do [ "$i" = 2 ] && continue; echo $i; done', "1\n3\n"],
  ["functions and case", "f() { case $1 in a*) echo A;; *) echo other;; esac; }; f abc; f x", "A\nother\n"],
  ["sed", "echo web-7 | sed 's/-\\([0-9]\\)/=\\1/'", "web=7\n"],
  ["wget", "wget -qO- http://web/", "page\n"],
])("a script in a container: %s", (_title, script, stdout) => {
  expect(sh(script)).toEqual({ exitCode: 0, stdout, stderr: "" });
});

test("ls -l shows a link itself, ls -lL what it leads to", () => {
  const { stdout } = sh("cd /tmp; chmod 400 keep; ln -s keep way; ls -l way | cut -c1-10; ls -lL way | cut -c1-10");
  expect(stdout).toBe("lrwxrwxrwx\n-r--------\n");
});

test("what fails, fails as in a real container", () => {
  expect(sh("cat /nope")).toEqual({
    exitCode: 1,
    stdout: "",
    stderr: "cat: can't open '/nope': No such file or directory\n",
  });
  expect(sh("nope").exitCode).toBe(127);
  expect(sh("exit 3").exitCode).toBe(3);
});

test("sleeping takes the cluster's time, not the host's", () => {
  expect(runCommand(["sh", "-c", "sleep 5; sleep 2.5"], contextOf([])).tookMs).toBeGreaterThanOrEqual(7500);
});

test("a loop without end neither hangs nor is lost", () => {
  const context = contextOf(["sh", "-c", "while true; do :; done"]);
  const step = shellProgram.start(context);
  expect(step.exit).toBeUndefined();
  expect(step.timers?.wake).toBeGreaterThan(0);
});

test("a script goes on from its plain state", () => {
  const context = contextOf([
    "sh",
    "-c",
    "i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo tick $i; sleep 1; done; echo done",
  ]);
  let step = shellProgram.start(context);
  let output = step.stdout ?? "";
  for (let second = 1; second <= 3; second++) {
    const state = JSON.parse(JSON.stringify(step.state));
    step = shellProgram.onTimer!(state, "wake", { ...context, nowMs: second * 1000 });
    output += step.stdout ?? "";
  }
  expect(output).toBe("tick 1\ntick 2\ntick 3\ndone\n");
  expect(step.exit).toBe(0);
});

test("the first process ignores SIGTERM unless it traps it", () => {
  const plain = contextOf(["sleep", "100"]);
  expect(shellProgram.onSignal!(clone(shellProgram.start(plain).state), "SIGTERM", plain).exit).toBeUndefined();
  const trapping = contextOf(["sh", "-c", "trap 'echo bye; exit 0' TERM; while true; do sleep 1; done"]);
  let step = shellProgram.start(trapping);
  step = shellProgram.onSignal!(clone(step.state), "SIGTERM", trapping);
  if (step.exit === undefined) step = shellProgram.onTimer!(clone(step.state), "wake", { ...trapping, nowMs: 1000 });
  expect([step.exit, step.stdout]).toEqual([0, "bye\n"]);
});
