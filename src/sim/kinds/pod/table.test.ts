import { describe, expect, it } from "vitest";
import { fromCivil, rfc3339 } from "../../kernel/time";
import { podRow } from "./table";

const NOW = fromCivil(2026, 1, 5, 9);
const ago = (seconds: number) => rfc3339(NOW - seconds * 1000);
const running = { running: { startedAt: ago(60) } };
const done = (exitCode: number, reason?: string) => ({
  terminated: { exitCode, ...(reason && { reason }), finishedAt: ago(5) },
});
const waiting = (reason: string) => ({ waiting: { reason } });
const one = (state: object, more: object = {}) => ({ name: "web", ready: false, restartCount: 0, state, ...more });

function cells(status: object, spec: object = {}, metadata: object = {}): string {
  const pod: any = {
    metadata: { name: "web", creationTimestamp: ago(90), ...metadata },
    spec: { containers: [{ name: "web" }], ...spec },
    status: { phase: "Running", ...status },
  };
  return podRow(pod, NOW).slice(1, 5).join(" | ");
}

const init = { initContainers: [{ name: "a" }, { name: "b" }] };
const initStatus = (...states: object[]) => ({
  phase: "Pending",
  initContainerStatuses: states.map((state, index) => ({ name: "ab"[index], restartCount: 0, state })),
  containerStatuses: [one(waiting("PodInitializing"))],
});

describe("the row of a pod", () => {
  it.each<[string, string]>([
    [cells({ phase: "Pending" }), "0/1 | Pending | 0 | 90s"],
    [
      cells({ phase: "Pending", containerStatuses: [one(waiting("ContainerCreating"))] }),
      "0/1 | ContainerCreating | 0 | 90s",
    ],
    [cells({ containerStatuses: [one(running, { ready: true })] }), "1/1 | Running | 0 | 90s"],
    [
      cells({ containerStatuses: [one(running, { ready: true, restartCount: 1, lastState: done(1) })] }),
      "1/1 | Running | 1 (5s ago) | 90s",
    ],
    [
      cells({ containerStatuses: [one(waiting("CrashLoopBackOff"), { restartCount: 3, lastState: done(1) })] }),
      "0/1 | CrashLoopBackOff | 3 (5s ago) | 90s",
    ],
    [cells({ phase: "Succeeded", containerStatuses: [one(done(0, "Completed"))] }), "0/1 | Completed | 0 | 90s"],
    [cells({ phase: "Failed", containerStatuses: [one(done(137, "OOMKilled"))] }), "0/1 | OOMKilled | 0 | 90s"],
    [cells({ phase: "Failed", containerStatuses: [one(done(3))] }), "0/1 | ExitCode:3 | 0 | 90s"],
    [cells({ phase: "Failed", reason: "Evicted" }), "0/1 | Evicted | 0 | 90s"],
    [
      cells({ containerStatuses: [one(running, { ready: true })] }, {}, { deletionTimestamp: ago(-30) }),
      "1/1 | Terminating | 0 | 90s",
    ],
    [
      cells(
        { containerStatuses: [one(done(0, "Completed")), one(running, { ready: true })] },
        { containers: [{}, {}] },
      ),
      "1/2 | NotReady | 0 | 90s",
    ],
    [cells(initStatus(running, waiting("PodInitializing")), init), "0/1 | Init:0/2 | 0 | 90s"],
    [cells(initStatus(done(0), waiting("PodInitializing")), init), "0/1 | Init:1/2 | 0 | 90s"],
    [cells(initStatus(done(1, "Error"), waiting("PodInitializing")), init), "0/1 | Init:Error | 0 | 90s"],
    [
      cells(initStatus(waiting("CrashLoopBackOff"), waiting("PodInitializing")), init),
      "0/1 | Init:CrashLoopBackOff | 0 | 90s",
    ],
    [cells(initStatus(done(0), done(0)), init), "0/1 | PodInitializing | 0 | 90s"],
    [
      cells(
        {
          initContainerStatuses: [
            { name: "side", restartCount: 2, started: true, ready: true, state: running, lastState: done(1) },
          ],
          containerStatuses: [one(running, { ready: true })],
        },
        { initContainers: [{ name: "side", restartPolicy: "Always" }] },
      ),
      "2/2 | Running | 2 (5s ago) | 90s",
    ],
  ])("%s", (got, expected) => {
    expect(got).toBe(expected);
  });
});
