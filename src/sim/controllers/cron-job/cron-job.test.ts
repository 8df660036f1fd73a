import { describe, expect, test } from "vitest";
import { rfc3339 } from "../../kernel/time";
import { TestCluster } from "../testing";

const PATH = "/apis/batch/v1/namespaces/default/cronjobs";
const BUSYBOX = "busybox:1.36";
const MINUTE = 60_000;

/** Its Jobs take `seconds`, or fail at once where that is negative. */
const hello = (spec: Record<string, unknown> = {}, seconds = 1) => ({
  apiVersion: "batch/v1",
  kind: "CronJob",
  metadata: { name: "hello" },
  spec: {
    schedule: "* * * * *",
    jobTemplate: {
      spec: {
        backoffLimit: 0,
        template: {
          spec: {
            restartPolicy: "Never",
            containers: [
              { name: "main", image: BUSYBOX, command: ["sh", "-c", seconds < 0 ? "exit 1" : `sleep ${seconds}`] },
            ],
          },
        },
      },
    },
    ...spec,
  },
});

/** A cluster at a full minute and a few seconds. */
function cluster(): TestCluster {
  const lab = new TestCluster();
  lab.pass(MINUTE - (lab.nowMs % MINUTE) + 5000);
  return lab;
}

const jobs = (lab: TestCluster) => lab.list("jobs.batch").map(({ metadata }) => metadata.name);
const status = (lab: TestCluster) => lab.get("cronjobs.batch", "hello").status;
const nameAt = (atMs: number) => `hello-${Math.floor(atMs / MINUTE)}`;

describe("a CronJob", () => {
  test("makes a Job at each full minute, says when it has ended, and keeps the last three", () => {
    const lab = cluster();
    const start = lab.nowMs - 5000;
    lab.request("POST", PATH, hello());
    lab.pass(MINUTE - 5500);
    expect(jobs(lab)).toEqual([]);
    lab.pass(1000);
    expect(jobs(lab)).toEqual([nameAt(start + MINUTE)]);
    const [job] = lab.list("jobs.batch");
    expect(job!.metadata.annotations).toEqual({
      "batch.kubernetes.io/cronjob-scheduled-timestamp": rfc3339(start + MINUTE),
    });
    expect(status(lab)).toEqual({
      active: [
        {
          apiVersion: "batch/v1",
          kind: "Job",
          name: nameAt(start + MINUTE),
          namespace: "default",
          resourceVersion: expect.any(String),
          uid: job!.metadata.uid,
        },
      ],
      lastScheduleTime: rfc3339(start + MINUTE),
    });
    lab.pass(40_000);
    expect(status(lab)).toEqual({
      lastScheduleTime: rfc3339(start + MINUTE),
      lastSuccessfulTime: lab.list("jobs.batch")[0]!.status.completionTime,
    });
    expect(lab.events("CronJob")).toEqual([
      `Normal SuccessfulCreate Created job ${nameAt(start + MINUTE)}`,
      `Normal SawCompletedJob Saw completed job: ${nameAt(start + MINUTE)}, condition: Complete`,
    ]);
    lab.pass(4 * MINUTE);
    expect(jobs(lab)).toEqual([3, 4, 5].map((minute) => nameAt(start + minute * MINUTE)));
    expect(lab.events("CronJob")).toContain(`Normal SuccessfulDelete Deleted job ${nameAt(start + MINUTE)}`);
  });

  test("keeps one Job that failed", () => {
    const lab = cluster();
    lab.request("POST", PATH, hello({}, -1));
    lab.pass(3 * MINUTE + 40_000);
    expect(jobs(lab)).toHaveLength(1);
    expect(lab.events("CronJob")).toContainEqual(
      expect.stringMatching(/^Normal SawCompletedJob .*, condition: Failed$/),
    );
    expect(status(lab).lastSuccessfulTime).toBeUndefined();
  });

  test("goes by the clock of its time zone", () => {
    const lab = cluster();
    const day = lab.nowMs - (lab.nowMs % 86_400_000);
    lab.request("POST", PATH, hello({ schedule: "30 6 * * *", timeZone: "Asia/Kolkata" }));
    lab.pass(86_400_000);
    const [job] = lab.list("jobs.batch");
    const scheduled = job!.metadata.annotations!["batch.kubernetes.io/cronjob-scheduled-timestamp"]!;
    expect(scheduled).toMatch(/T06:30:00\+05:30$/);
    expect([nameAt(day + 3_600_000), nameAt(day + 25 * 3_600_000)]).toContain(job!.metadata.name);
  });

  test("with Forbid waits for the Job before", () => {
    const lab = cluster();
    lab.request("POST", PATH, hello({ concurrencyPolicy: "Forbid" }, 90));
    lab.pass(2 * MINUTE);
    expect(jobs(lab)).toHaveLength(1);
    expect(lab.events("CronJob")).toContain(
      "Normal JobAlreadyActive Not starting job because prior execution is running and concurrency policy is Forbid",
    );
  });

  test("with Replace ends the Job before", () => {
    const lab = cluster();
    const start = lab.nowMs - 5000;
    lab.request("POST", PATH, hello({ concurrencyPolicy: "Replace" }, 900));
    lab.pass(2 * MINUTE + 1000);
    lab.pass(35_000);
    expect(jobs(lab)).toEqual([nameAt(start + 2 * MINUTE)]);
    expect(status(lab).active).toHaveLength(1);
    expect(lab.events("CronJob")).toEqual([
      `Normal SuccessfulCreate Created job ${nameAt(start + MINUTE)}`,
      `Normal SuccessfulDelete Deleted job ${nameAt(start + MINUTE)}`,
      `Normal SuccessfulCreate Created job ${nameAt(start + 2 * MINUTE)}`,
    ]);
  });

  test("with Allow runs many at once", () => {
    const lab = cluster();
    lab.request("POST", PATH, hello({}, 900));
    lab.pass(3 * MINUTE);
    expect(status(lab).active).toHaveLength(3);
  });

  test("suspended makes none, and afterwards one for all that were missed", () => {
    const lab = cluster();
    const start = lab.nowMs - 5000;
    lab.request("POST", PATH, hello({ suspend: true }));
    lab.pass(5 * MINUTE);
    expect(jobs(lab)).toEqual([]);
    lab.request("PATCH", `${PATH}/hello`, { spec: { suspend: false } });
    lab.pass(1000);
    expect(jobs(lab)).toEqual([nameAt(start + 5 * MINUTE)]);
  });

  test("a start later than its deadline is missed", () => {
    const lab = cluster();
    lab.request("POST", PATH, hello({ suspend: true, startingDeadlineSeconds: 2 }));
    lab.pass(3 * MINUTE);
    lab.request("PATCH", `${PATH}/hello`, { spec: { suspend: false } });
    lab.pass(1000);
    expect(jobs(lab)).toEqual([]);
  });

  test("a hundred missed starts are told", () => {
    const lab = cluster();
    lab.request("POST", PATH, hello({ suspend: true }));
    lab.pass(102 * MINUTE);
    lab.request("PATCH", `${PATH}/hello`, { spec: { suspend: false } });
    lab.pass(1000);
    expect(jobs(lab)).toHaveLength(1);
    expect(lab.events("CronJob")[0]).toBe(
      "Warning TooManyMissedTimes too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew",
    );
  });

  test("a Job that somebody deletes has gone missing", () => {
    const lab = cluster();
    lab.request("POST", PATH, hello({}, 900));
    lab.pass(MINUTE);
    const [name] = jobs(lab);
    lab.request("DELETE", `/apis/batch/v1/namespaces/default/jobs/${name}`, { propagationPolicy: "Background" });
    lab.pass(1000);
    expect(status(lab).active).toBeUndefined();
    expect(lab.events("CronJob").at(-1)).toBe(`Normal MissingJob Active job went missing: ${name}`);
  });

  test("a new schedule does not make up for starts that only it names", () => {
    const lab = cluster();
    lab.request("POST", PATH, hello({ schedule: "0 0 1 1 *" }));
    lab.pass(3 * MINUTE);
    lab.request("PATCH", `${PATH}/hello`, { spec: { schedule: "* * * * *" } });
    lab.pass(10_000);
    expect(jobs(lab)).toEqual([]);
    lab.pass(MINUTE);
    expect(jobs(lab)).toHaveLength(1);
  });

  test("its Jobs and their pods go with it", () => {
    const lab = cluster();
    lab.request("POST", PATH, hello({}, 900));
    lab.pass(MINUTE);
    lab.request("DELETE", `${PATH}/hello`, { propagationPolicy: "Background" });
    lab.settle();
    expect([...jobs(lab), ...lab.list("pods")]).toEqual([]);
  });
});
