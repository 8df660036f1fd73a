import { beforeAll, expect, test } from "vitest";
import { Bench } from "../testing/bench";

let bench: Bench;
beforeAll(async () => {
  bench = new Bench();
  await bench.run("create deployment web --image=nginx --replicas=2");
  bench.settle();
});
const lines: [string, number, unknown, string?][] = [
  [
    "autoscale deployment web --min=2 --max=5 --cpu-percent=80 --dry-run=client -o yaml",
    0,
    `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  creationTimestamp: null
  name: web
spec:
  maxReplicas: 5
  metrics:
  - resource:
      name: cpu
      target:
        averageUtilization: 80
        type: Utilization
    type: Resource
  minReplicas: 2
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
status:
  currentMetrics: null
  desiredReplicas: 0
`,
  ],
  ["autoscale deployment web --max=5 --cpu-percent=80", 0, "horizontalpodautoscaler.autoscaling/web autoscaled\n"],
  ["autoscale deployment web --max=0", 1, "", "error: --max=MAXPODS is required and must be at least 1, max: 0\n"],
  [
    "autoscale ds kube-proxy -n kube-system --max=2",
    1,
    "",
    "error: cannot autoscale a DaemonSet: could not find scale subresource for apps/v1, Resource=daemonsets in discovery information\n",
  ],
  ["create pdb web --selector=app=web --min-available=50%", 0, "poddisruptionbudget.policy/web created\n"],
  ["create pdb x --selector=app=web", 1, "", "error: one of min-available or max-unavailable must be specified\n"],
  [
    "create pdb x --selector=app=web --max-unavailable=a",
    1,
    "",
    "error: invalid format specified for max-unavailable\n",
  ],
  ["create cronjob tick --image=busybox --schedule='0 0 1 1 *' -- date", 0, "cronjob.batch/tick created\n"],
  ["create job tick-now --from=cronjob/tick", 0, "job.batch/tick-now created\n"],
  ["get job tick-now -o jsonpath={.metadata.annotations}", 0, '{"cronjob.kubernetes.io/instantiate":"manual"}'],
  ["create job x --from=cronjob/nope", 1, "", 'Error from server (NotFound): cronjobs.batch "nope" not found\n'],
  ["create job x --from=deployment/web", 1, "", "error: unknown object type *v1.Deployment\n"],
  [
    "describe pdb web",
    0,
    `Name:           web
Namespace:      default
Min available:  50%
Selector:       app=web
Status:
    Allowed disruptions:  1
    Current:              2
    Desired:              1
    Total:                2
Events:                   <none>
`,
  ],
];
test.each(lines)("kubectl %s", async (line, code, stdout, stderr = "") => {
  bench.settle(100);
  expect(await bench.run(line)).toEqual({ code, stdout, stderr });
});
