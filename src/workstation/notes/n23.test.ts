import { expect, test } from "vitest";
import { notesLab, play } from "./play";

test("N23: DaemonSet, StatefulSet, Job and CronJob beside a Deployment", async () => {
  const screen = await play(
    notesLab(),
    `cat > sets.yaml <<'EOF'
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: agent, image: nginx:1.25}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  replicas: 3
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: redis:7}]}
EOF
kubectl apply -f sets.yaml
kubectl rollout status ds/agent | tail -1
kubectl rollout status sts/db | tail -1
kubectl get ds,sts
kubectl get pods -l app=agent -o jsonpath='{range .items[*]}{.spec.nodeName}{"\\n"}{end}' | sort
kubectl get pods -l app=db
kubectl delete pod db-1
kubectl rollout status sts/db | tail -1
kubectl scale sts db --replicas=1
sleep 30
kubectl get pods -l app=db -o name
kubectl set image ds/agent agent=nginx:1.26
kubectl rollout status ds/agent | tail -1
kubectl rollout undo ds/agent
kubectl rollout history ds/agent
kubectl create job once --image=busybox:1.36 -- echo done
kubectl wait --for=condition=complete job/once
kubectl get job once
kubectl logs job/once
kubectl create cronjob tick --image=busybox:1.36 --schedule='*/1 * * * *' -- date
kubectl get cronjob
sleep 70
kubectl get jobs -o name | sed 's/tick-[0-9]*/tick-MINUTE/'
kubectl create job tick-now --from=cronjob/tick
kubectl wait --for=condition=complete job/tick-now
kubectl delete cronjob tick
kubectl get cronjob`,
  );
  expect(screen).toMatchInlineSnapshot(`
    "daemonset.apps/agent created
    statefulset.apps/db created
    daemon set "agent" successfully rolled out
    partitioned roll out complete: 3 new pods have been updated...
    NAME                   DESIRED   CURRENT   READY   UP-TO-DATE   AVAILABLE   NODE SELECTOR   AGE
    daemonset.apps/agent   2         2         2       2            2           <none>          13s

    NAME                  READY   AGE
    statefulset.apps/db   3/3     13s
    node-1
    node-2
    NAME   READY   STATUS    RESTARTS   AGE
    db-0   1/1     Running   0          13s
    db-1   1/1     Running   0          5s
    db-2   1/1     Running   0          1s
    pod "db-1" deleted
    partitioned roll out complete: 3 new pods have been updated...
    statefulset.apps/db scaled
    pod/db-0
    daemonset.apps/agent image updated
    daemon set "agent" successfully rolled out
    daemonset.apps/agent rolled back
    daemonset.apps/agent 
    REVISION  CHANGE-CAUSE
    2         <none>
    3         <none>

    job.batch/once created
    job.batch/once condition met
    NAME   STATUS     COMPLETIONS   DURATION   AGE
    once   Complete   1/1           3s         3s
    done
    cronjob.batch/tick created
    NAME   SCHEDULE      TIMEZONE   SUSPEND   ACTIVE   LAST SCHEDULE   AGE
    tick   */1 * * * *   <none>     False     0        <none>          0s
    job.batch/once
    job.batch/tick-MINUTE
    job.batch/tick-MINUTE
    job.batch/tick-now created
    job.batch/tick-now condition met
    cronjob.batch "tick" deleted
    No resources found in default namespace.
    "
  `);
});
