import { expect, test } from "vitest";
import { notesLab, play } from "./play";

/** Names of pods are drawn. */
const steady = (screen: string) => screen.replace(/(hello-deployment-[0-9a-z]{8,10})-[0-9a-z]{5}\b/g, "$1-XXXXX");

test("N16: a Deployment rolls out, pauses, fails and goes back", async () => {
  const screen = await play(
    notesLab(),
    `cat > deploy.yaml <<'EOF'
apiVersion: apps/v1
kind: Deployment
metadata: {name: hello-deployment}
spec:
  replicas: 3
  selector: {matchLabels: {app: nginx-app-demo}}
  template:
    metadata: {labels: {app: nginx-app-demo}}
    spec:
      containers:
      - name: nginx
        image: nginx:1.25
        ports: [{containerPort: 80}]
EOF
kubectl apply -f deploy.yaml
kubectl rollout status deployment hello-deployment
kubectl set image deployment hello-deployment nginx=nginx:1.26
kubectl annotate deployment hello-deployment kubernetes.io/change-cause='nginx 1.26'
kubectl rollout status deployment hello-deployment | tail -1
kubectl describe deployment hello-deployment
kubectl rollout history deployment hello-deployment
kubectl rollout history deployment hello-deployment --revision=2
kubectl set image deployment hello-deployment nginx=nginx:nowhere
kubectl rollout status deployment hello-deployment --timeout=20s; echo "exit $?"
kubectl get deployment,rs
kubectl rollout undo deployment hello-deployment
kubectl rollout status deployment hello-deployment | tail -1
kubectl rollout undo deployment hello-deployment --to-revision=1
kubectl rollout pause deployment hello-deployment
kubectl set image deployment hello-deployment nginx=nginx:1.27
kubectl rollout undo deployment hello-deployment; echo "exit $?"
kubectl rollout resume deployment hello-deployment
kubectl rollout restart deployment hello-deployment
kubectl rollout status deployment hello-deployment | tail -1
kubectl scale deployment hello-deployment --replicas=1
sleep 45
kubectl get deployment hello-deployment
kubectl rollout history deployment hello-deployment`,
  );
  expect(steady(screen)).toMatchInlineSnapshot(`
    "deployment.apps/hello-deployment created
    Waiting for deployment "hello-deployment" rollout to finish: 0 of 3 updated replicas are available...
    Waiting for deployment "hello-deployment" rollout to finish: 1 of 3 updated replicas are available...
    deployment "hello-deployment" successfully rolled out
    deployment.apps/hello-deployment image updated
    deployment.apps/hello-deployment annotated
    deployment "hello-deployment" successfully rolled out
    Name:                   hello-deployment
    Namespace:              default
    CreationTimestamp:      Mon, 05 Jan 2026 09:00:00 +0000
    Labels:                 <none>
    Annotations:            deployment.kubernetes.io/revision: 2
                            kubernetes.io/change-cause: nginx 1.26
    Selector:               app=nginx-app-demo
    Replicas:               3 desired | 3 updated | 3 total | 3 available | 0 unavailable
    StrategyType:           RollingUpdate
    MinReadySeconds:        0
    RollingUpdateStrategy:  25% max unavailable, 25% max surge
    Pod Template:
      Labels:  app=nginx-app-demo
      Containers:
       nginx:
        Image:         nginx:1.26
        Port:          80/TCP
        Host Port:     0/TCP
        Environment:   <none>
        Mounts:        <none>
      Volumes:         <none>
      Node-Selectors:  <none>
      Tolerations:     <none>
    Conditions:
      Type           Status  Reason
      ----           ------  ------
      Available      True    MinimumReplicasAvailable
      Progressing    True    NewReplicaSetAvailable
    OldReplicaSets:  hello-deployment-578d5495f9 (0/0 replicas created)
    NewReplicaSet:   hello-deployment-74dd944c58 (3/3 replicas created)
    Events:
      Type    Reason             Age   From                   Message
      ----    ------             ----  ----                   -------
      Normal  ScalingReplicaSet  18s   deployment-controller  Scaled up replica set hello-deployment-578d5495f9 from 0 to 3
      Normal  ScalingReplicaSet  12s   deployment-controller  Scaled up replica set hello-deployment-74dd944c58 from 0 to 1
      Normal  ScalingReplicaSet  7s    deployment-controller  Scaled down replica set hello-deployment-578d5495f9 from 3 to 2
      Normal  ScalingReplicaSet  7s    deployment-controller  Scaled up replica set hello-deployment-74dd944c58 from 1 to 2
      Normal  ScalingReplicaSet  1s    deployment-controller  Scaled down replica set hello-deployment-578d5495f9 from 2 to 1
      Normal  ScalingReplicaSet  1s    deployment-controller  Scaled up replica set hello-deployment-74dd944c58 from 2 to 3
      Normal  ScalingReplicaSet  0s    deployment-controller  Scaled down replica set hello-deployment-578d5495f9 from 1 to 0
    deployment.apps/hello-deployment 
    REVISION  CHANGE-CAUSE
    1         <none>
    2         nginx 1.26

    deployment.apps/hello-deployment with revision #2
    Pod Template:
      Labels:	app=nginx-app-demo
    	pod-template-hash=74dd944c58
      Annotations:	kubernetes.io/change-cause: nginx 1.26
      Containers:
       nginx:
        Image:	nginx:1.26
        Port:	80/TCP
        Host Port:	0/TCP
        Environment:	<none>
        Mounts:	<none>
      Volumes:	<none>
      Node-Selectors:	<none>
      Tolerations:	<none>

    deployment.apps/hello-deployment image updated
    Waiting for deployment "hello-deployment" rollout to finish: 1 out of 3 new replicas have been updated...
    error: timed out waiting for the condition
    exit 1
    NAME                               READY   UP-TO-DATE   AVAILABLE   AGE
    deployment.apps/hello-deployment   3/3     1            3           38s

    NAME                                          DESIRED   CURRENT   READY   AGE
    replicaset.apps/hello-deployment-54cbff4495   1         1         0       20s
    replicaset.apps/hello-deployment-578d5495f9   0         0         0       38s
    replicaset.apps/hello-deployment-74dd944c58   3         3         3       32s
    deployment.apps/hello-deployment rolled back
    deployment "hello-deployment" successfully rolled out
    deployment.apps/hello-deployment rolled back
    deployment.apps/hello-deployment paused
    deployment.apps/hello-deployment image updated
    error: you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again
    exit 1
    deployment.apps/hello-deployment resumed
    deployment.apps/hello-deployment restarted
    deployment "hello-deployment" successfully rolled out
    deployment.apps/hello-deployment scaled
    NAME               READY   UP-TO-DATE   AVAILABLE   AGE
    hello-deployment   1/1     1            1           95s
    deployment.apps/hello-deployment 
    REVISION  CHANGE-CAUSE
    3         nginx 1.26
    4         nginx 1.26
    5         <none>
    6         <none>
    7         <none>

    "
  `);
});
