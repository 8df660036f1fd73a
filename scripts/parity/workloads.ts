import type { Area } from "./frame/area";

const STATEFUL = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, labels: {app: db}}
spec:
  serviceName: db
  replicas: 2
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: nginx, image: nginx}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: disks}
spec:
  serviceName: disks
  replicas: 1
  updateStrategy: {type: OnDelete}
  selector: {matchLabels: {app: disks}}
  template:
    metadata: {labels: {app: disks}}
    spec: {containers: [{name: nginx, image: nginx, volumeMounts: [{name: data, mountPath: /data}]}]}
  volumeClaimTemplates:
  - metadata: {name: data, labels: {app: disks}, annotations: {b: c, a: long value}}
    spec: {accessModes: [ReadWriteOnce, ReadOnlyMany], storageClassName: none, resources: {requests: {storage: 1024Mi}}}
`;
const DAEMON = `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: nginx, image: nginx}], nodeSelector: {kubernetes.io/os: linux}}
`;
const ON_DELETE = `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: slow}
spec:
  updateStrategy: {type: OnDelete}
  selector: {matchLabels: {app: slow}}
  template:
    metadata: {labels: {app: slow}}
    spec: {containers: [{name: nginx, image: nginx}]}
`;
const JOBS = `apiVersion: batch/v1
kind: Job
metadata: {name: parts}
spec:
  completions: 3
  parallelism: 3
  completionMode: Indexed
  activeDeadlineSeconds: 600
  ttlSecondsAfterFinished: 3600
  template:
    spec: {restartPolicy: Never, containers: [{name: main, image: busybox, command: [date]}]}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: yearly}
spec:
  schedule: "0 0 1 1 *"
  startingDeadlineSeconds: 30
  jobTemplate:
    metadata: {labels: {made: yearly}, annotations: {by: hand}}
    spec:
      template:
        spec: {restartPolicy: Never, containers: [{name: main, image: busybox, command: [date]}]}
`;
const SCALERS = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: full, labels: {a: b}}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: nothing}
  minReplicas: 2
  maxReplicas: 4
  metrics:
  - {type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue: 100Mi}}}
  - {type: ContainerResource, containerResource: {name: cpu, container: main, target: {type: Utilization, averageUtilization: 60}}}
  - {type: Pods, pods: {metric: {name: hits}, target: {type: AverageValue, averageValue: "10"}}}
  - {type: Object, object: {metric: {name: hits}, describedObject: {kind: Service, name: web}, target: {type: Value, value: 2k}}}
  - {type: Object, object: {metric: {name: hits}, describedObject: {kind: Service, name: web}, target: {type: AverageValue, averageValue: 500m}}}
  - {type: External, external: {metric: {name: queue}, target: {type: Value, value: "7"}}}
  - {type: External, external: {metric: {name: queue}, target: {type: AverageValue, averageValue: "7"}}}
  behavior:
    scaleDown: {stabilizationWindowSeconds: 60, policies: [{type: Pods, value: 1, periodSeconds: 30}]}
    scaleUp: {selectPolicy: Disabled}
`;

export const workloads: Area = {
  name: "workloads",
  files: {
    "db.yaml": STATEFUL,
    "agent.yaml": DAEMON,
    "slow.yaml": ON_DELETE,
    "jobs.yaml": JOBS,
    "scalers.yaml": SCALERS,
  },
  setup: [
    "kubectl apply -f db.yaml -f agent.yaml -f slow.yaml -f jobs.yaml -f scalers.yaml",
    "kubectl create deployment web --image=nginx --replicas=2",
    "kubectl rollout status sts/db --timeout=80s",
    "kubectl rollout status ds/agent --timeout=80s",
    "kubectl wait --for=condition=complete job/parts --timeout=80s",
  ],
  lines: [
    "kubectl describe sts",
    "kubectl rollout status sts/disks",
    "kubectl describe ds agent",
    "kubectl describe job parts",
    "kubectl describe cronjob yearly",
    "kubectl describe hpa full",
    "kubectl describe controllerrevisions -l app=agent",
    "kubectl rollout status sts/db",
    "kubectl rollout status ds/agent",
    "kubectl rollout status ds/slow",
    "kubectl rollout status job/parts",
    "kubectl rollout history sts/db",
    "kubectl rollout history ds/agent --revision=1",
    "kubectl rollout history ds agent --revision=7",
    "kubectl rollout history job/parts",
    "kubectl rollout undo ds/agent",
    "kubectl rollout undo job/parts",
    "kubectl rollout pause ds/agent",
    "kubectl rollout resume sts/db",
    "kubectl rollout restart job/parts",
    "kubectl set image ds/agent nginx=nginx:1.25",
    "kubectl annotate ds agent kubernetes.io/change-cause='older nginx'",
    "kubectl rollout restart sts/db",
    "kubectl rollout status ds/agent --timeout=80s",
    "kubectl rollout status sts/db --timeout=80s",
    "kubectl rollout history ds/agent",
    "kubectl rollout history ds/agent --revision=2",
    "kubectl rollout history sts/db --revision=2",
    "kubectl rollout undo ds/agent --dry-run=client",
    "kubectl rollout undo sts/db --dry-run=client",
    "kubectl rollout undo ds/agent --to-revision=2",
    "kubectl rollout undo sts/db --to-revision=9",
    "kubectl rollout undo ds/agent --dry-run=server",
    "kubectl rollout undo ds/agent",
    "kubectl rollout undo sts/db",
    "kubectl rollout history ds/agent",
    "kubectl create job one --image=busybox --dry-run=client -o yaml -- date +%s",
    "kubectl create job one --image=busybox -- date",
    "kubectl create job one --image=busybox",
    "kubectl create job by-hand --from=cronjob/yearly --dry-run=client -o yaml",
    "kubectl create job by-hand --from=cronjob/yearly",
    "kubectl create job by-hand --from=deployment/web",
    "kubectl create job by-hand --from=cronjob/nope",
    "kubectl create job x --from=cronjob/yearly --image=busybox",
    "kubectl create job x --from=cronjob/yearly -- date",
    "kubectl create job x",
    "kubectl create job Bad_Name --image=busybox",
    "kubectl create cronjob tick --image=busybox --schedule='*/5 * * * *' --dry-run=client -o yaml -- date",
    "kubectl create cronjob tick --image=busybox --schedule='*/5 * * * *'",
    "kubectl create cj bad --image=busybox --schedule='every day'",
    "kubectl create cj bad --image=busybox --schedule='* * * * *' --restart=Always",
    "kubectl create cj bad --image=busybox",
    "kubectl create pdb web --selector=app=web --min-available=50% --dry-run=client -o yaml",
    "kubectl create pdb web --selector=app=web --min-available=1",
    "kubectl create pdb most --selector='app in (db),x!=y' --max-unavailable=50% -o yaml --dry-run=client",
    "kubectl create pdb most --selector=app=db --max-unavailable=50%",
    "kubectl create pdb bad --selector=app=db",
    "kubectl create pdb bad --min-available=1",
    "kubectl create pdb bad --selector=app=db --min-available=1 --max-unavailable=1",
    "kubectl create pdb bad --selector=app=db --min-available=1Gi",
    "kubectl create pdb bad --selector=app=db --max-unavailable=x",
    "kubectl create pdb bad --selector='app=db=c' --min-available=1",
    "kubectl describe pdb",
    "kubectl autoscale deployment web --min=2 --max=5 --cpu-percent=80 --dry-run=client -o yaml",
    "kubectl autoscale deployment web --min=2 --max=5 --cpu-percent=80",
    "kubectl autoscale deployment web --max=5",
    "kubectl autoscale sts db --max=5 --name=other -o yaml --dry-run=client",
    "kubectl autoscale sts db --max=5 --dry-run=server",
    "kubectl autoscale ds agent --max=5",
    "kubectl autoscale deployment nope --max=5",
    "kubectl autoscale deployment web --max=0",
    "kubectl autoscale deployment web --min=4 --max=2",
    "kubectl autoscale deployment web",
    "kubectl autoscale --max=3",
    "kubectl get hpa web",
    "kubectl describe hpa web",
  ],
};
