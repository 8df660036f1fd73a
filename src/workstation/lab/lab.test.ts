import { describe, expect, test } from "vitest";
import { LabStalled, runToEnd } from "./drive";
import { Lab } from "./lab";
import { newLab, runScript, TestTerminal } from "./testing";
import type { JournalEntry } from "./types";

const POD = (name: string, image: string, command?: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  terminationGracePeriodSeconds: 1\n  containers:\n  - {name: main, image: "${image}"${command ? `, command: [sh, -c, "${command}"]` : ""}}\n`;

describe("a lab", () => {
  test("costs no time for what waits", async () => {
    const lab = newLab();
    const before = lab.nowMs;
    expect(await runScript(lab, "sleep 3600; date +%T")).toMatchObject({ exitCode: 0, stdout: "10:00:00\n" });
    expect(lab.nowMs - before).toBeGreaterThanOrEqual(3_600_000);
  });

  test("an endless loop costs lab time, so that it comes to its limit", async () => {
    const lab = newLab();
    await expect(runToEnd(lab, lab.run("while true; do :; done"), 200)).rejects.toThrow(LabStalled);
    const other = newLab();
    await expect(runToEnd(other, other.run("yes | cat > /dev/null"), 100)).rejects.toThrow(LabStalled);
  });

  test("bounds recursion, processes, files and output", async () => {
    const lab = newLab();
    const bomb = await runScript(lab, "f() { f; }; f; echo after");
    expect(bomb.stderr).toContain("maximum function nesting level exceeded");
    const fork = await runScript(lab, "for i in {1..300}; do sleep 1 & done; wait; echo done");
    expect(fork.stderr).toContain("Resource temporarily unavailable");
    const disk = await runScript(lab, "yes | head -c 9000000 > big; echo $?; ls -s big | wc -l");
    expect(disk.stderr).toMatch(/File too large/);
    const text = await runScript(lab, "x=$(yes | head -c 2000000); echo $x");
    expect(text.stderr).toContain("command substitution: output too large");
  });

  test("comes back from a snapshot as it was", async () => {
    const lab = newLab({ files: { "a.txt": "1\n" } });
    await runScript(lab, "echo 2 >> a.txt; kubectl create configmap c --from-file=a.txt");
    const term = new TestTerminal(lab);
    await term.type("v=kept; cd /tmp\r");
    const back = Lab.restore(JSON.parse(JSON.stringify(lab.snapshot())));
    expect(back.cluster.hash()).toBe(lab.cluster.hash());
    expect((await runScript(back, "cat a.txt; kubectl get configmap c -o jsonpath='{.data.a\\.txt}'")).stdout).toBe(
      "1\n2\n1\n2\n",
    );
    const again = new TestTerminal(back);
    await again.type("");
    expect(await again.type("echo $v $PWD\r")).toContain("kept /tmp\n");
  });

  test("a fork goes its own way", async () => {
    const lab = newLab();
    const hash = lab.cluster.hash();
    const fork = lab.fork();
    await runScript(fork, "echo x > here; kubectl create namespace n; kubectl run web --image=nginx");
    await fork.advanceTo(fork.nowMs + 60_000);
    expect(lab.cluster.hash()).toBe(hash);
    expect((await runScript(lab, "ls; kubectl get ns n")).stderr).toContain('namespaces "n" not found');
  });

  test("its journal brings another lab to the same state", async () => {
    const lab = newLab();
    const entries: JournalEntry[] = [];
    lab.onJournal((entry) => entries.push(JSON.parse(JSON.stringify(entry))));
    const script =
      "kubectl run web --image=nginx; sleep 10; kubectl exec web -- sh -c 'echo hi > /tmp/f'; echo out > file; rm -f file; echo kept > kept";
    await runScript(lab, script);
    const copy = newLab();
    for (const entry of entries) copy.replay(entry);
    copy.cluster.advanceTo(lab.nowMs);
    expect(copy.cluster.hash()).toBe(lab.cluster.hash());
    expect(copy.snapshot().files).toEqual(lab.snapshot().files);
  });

  test("the same script twice gives the same state", async () => {
    const run = async () => {
      const lab = newLab();
      const result = await runScript(
        lab,
        "kubectl create deployment web --image=nginx --replicas=3; sleep 20; kubectl get pods | awk '{print $1}'; echo $RANDOM",
      );
      return [lab.cluster.hash(), result.stdout];
    };
    expect(await run()).toEqual(await run());
  });
});

describe("inside a container", () => {
  async function withPods() {
    const lab = newLab({
      files: {
        "bb.yaml": POD("bb", "busybox", "while true; do echo tick; sleep 2; done"),
        "web.yaml": POD("web", "nginx"),
      },
    });
    await runScript(lab, "kubectl apply -f bb.yaml -f web.yaml; kubectl wait --for=condition=Ready pod --all");
    return lab;
  }

  test("its own files, environment, processes and network", async () => {
    const lab = await withPods();
    const result = await runScript(
      lab,
      "kubectl exec bb -- sh -c 'hostname; echo hi > /tmp/f; cat /tmp/f; ps | head -2; id -u; echo $PWD'",
    );
    expect(result.stdout).toBe(
      "bb\nhi\nPID   USER     TIME  COMMAND\n    1 root      0:00 sh -c while true; do echo tick; sleep 2; done\n0\n/\n",
    );
    expect((await runScript(lab, "kubectl exec web -- curl -s localhost | grep -c nginx")).stdout).not.toBe("0\n");
    expect((await runScript(lab, "echo in | kubectl exec -i bb -- cat")).stdout).toBe("in\n");
  });

  test("exit codes and what is not there", async () => {
    const lab = await withPods();
    const codes = await runScript(lab, "kubectl exec bb -- false; echo $?; kubectl exec bb -- sh -c 'exit 7'; echo $?");
    expect(codes.stdout).toBe("1\n7\n");
    expect(codes.stderr).toContain("command terminated with exit code 7");
    const missing = await runScript(lab, "kubectl exec bb -- bash");
    expect(missing.exitCode).toBe(1);
    expect(missing.stderr).toMatch(
      /OCI runtime exec failed: exec failed: unable to start container process: exec: "bash": executable file not found in \$PATH: unknown\n$/,
    );
  });

  test("an interactive shell with prompt, Ctrl-C and exit", async () => {
    const lab = await withPods();
    const term = new TestTerminal(lab);
    await term.type("");
    expect(await term.type("kubectl exec -it bb -- sh\r", 100)).toBe("kubectl exec -it bb -- sh\n/ # ");
    expect(await term.type("cd /tmp; sleep 100\r", 100)).toBe("cd /tmp; sleep 100\n");
    expect(await term.type("\x03", 50)).toBe("^C\n/tmp # ");
    expect(await term.type("true\r", 50)).toBe("true\n/tmp # ");
    expect(await term.type("exit\r", 100)).toBe("exit\nlearner@podium:~$ ");
    expect(await term.type("kubectl exec -it web -- bash\r", 100)).toBe("kubectl exec -it web -- bash\nroot@web:/# ");
    expect(await term.type("\x04", 100)).toBe("exit\nlearner@podium:~$ ");
  });

  test("logs -f behind a pipe, line by line, until the container is gone", async () => {
    const lab = await withPods();
    const term = new TestTerminal(lab);
    await term.type("");
    await term.type("kubectl logs -f --tail=1 bb | grep --line-buffered tick | sed 's/t/T/'\r", 100);
    expect(await term.type("", 4000)).toBe("Tick\nTick\n");
    expect(await term.type("\x03", 50)).toBe("^C\nlearner@podium:~$ ");
    await term.type("kubectl logs -f --tail=0 bb\r", 100);
    const other = new TestTerminal(lab, "two");
    await other.type("kubectl delete pod bb\r", 10_000);
    expect(term.take()).toMatch(/learner@podium:~\$ $/);
  });
});
