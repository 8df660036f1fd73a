import { beforeAll, describe, expect, test } from "vitest";
import { Bench } from "../../testing/bench";

const set = (kind: string, name: string, more = "") => `apiVersion: apps/v1
kind: ${kind}
metadata: {name: ${name}}
spec:
  ${more}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: nginx, image: nginx:1.25}]}
`;

describe("rollouts of StatefulSets and DaemonSets", () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = new Bench({
      "db.yaml": set("StatefulSet", "db", "replicas: 2\n  serviceName: db"),
      "parts.yaml": set(
        "StatefulSet",
        "parts",
        "replicas: 2\n  serviceName: parts\n  updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 1}}",
      ),
      "agent.yaml": set("DaemonSet", "agent"),
      "slow.yaml": set("DaemonSet", "slow", "updateStrategy: {type: OnDelete}"),
    });
    await bench.run("create -f db.yaml -f parts.yaml -f agent.yaml -f slow.yaml");
    bench.settle();
  });
  const lines: [string, number, unknown, string?][] = [
    ["rollout status ds agent", 0, 'daemon set "agent" successfully rolled out\n'],
    ["rollout status sts parts", 0, "partitioned roll out complete: 2 new pods have been updated...\n"],
    ["rollout status ds slow", 1, "", "error: rollout status is only available for RollingUpdate strategy type\n"],
    ["rollout undo ds agent", 1, "", "error: no last revision to roll back to\n"],
    ["rollout undo ds agent --to-revision=4", 1, "", "error: unable to find specified revision 4 in history\n"],
    [
      "rollout undo ds agent --to-revision=1",
      0,
      "daemonset.apps/agent skipped rollback (current template already matches revision 1)\n",
    ],
    ["annotate ds agent kubernetes.io/change-cause=newer", 0, "daemonset.apps/agent annotated\n"],
    ["set image ds/agent nginx=nginx:1.26", 0, "daemonset.apps/agent image updated\n"],
    [
      "rollout status ds agent",
      0,
      expect.stringMatching(
        /Waiting for daemon set "agent" rollout to finish: \d out of 2 new pods have been updated\.\.\.\n[\s\S]*daemon set "agent" successfully rolled out\n$/,
      ),
    ],
    [
      "rollout history ds/agent",
      0,
      "daemonset.apps/agent \nREVISION  CHANGE-CAUSE\n1         <none>\n2         newer\n\n",
    ],
    [
      "rollout history ds/agent --revision=1",
      0,
      `daemonset.apps/agent with revision #1
Pod Template:
  Labels:	app=agent
  Containers:
   nginx:
    Image:	nginx:1.25
    Port:	<none>
    Host Port:	<none>
    Environment:	<none>
    Mounts:	<none>
  Volumes:	<none>
  Node-Selectors:	<none>
  Tolerations:	<none>

`,
    ],
    ["rollout undo ds agent --dry-run=client", 0, expect.stringContaining("agent will roll back to Pod Template:\n")],
    ["rollout undo ds agent", 0, "daemonset.apps/agent rolled back\n"],
    ["get ds agent -o jsonpath={.spec.template.spec.containers[0].image}", 0, "nginx:1.25"],
    ["set image sts/db nginx=nginx:1.26", 0, "statefulset.apps/db image updated\n"],
    // A StatefulSet's partition is 0 where nothing is said, so that a whole rollout is called partitioned.
    [
      "rollout status sts db",
      0,
      expect.stringMatching(/\npartitioned roll out complete: 2 new pods have been updated\.\.\.\n$/),
    ],
    ["rollout undo sts db", 0, "statefulset.apps/db rolled back\n"],
    ["rollout status sts db", 0, expect.stringMatching(/complete: 2 new pods have been updated\.\.\.\n$/)],
    [
      "rollout history sts db",
      0,
      "statefulset.apps/db \nREVISION  CHANGE-CAUSE\n2         <none>\n3         <none>\n\n",
    ],
    ["rollout restart sts db", 0, "statefulset.apps/db restarted\n"],
    ["rollout pause sts db", 1, "", 'error: statefulsets.apps "db" pausing is not supported\n'],
  ];
  test.each(lines)("kubectl %s", async (line, code, stdout, stderr = "") => {
    expect(await bench.run(line)).toEqual({ code, stdout, stderr });
  });
});
