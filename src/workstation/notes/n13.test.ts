import { expect, test } from "vitest";
import { notesLab, play } from "./play";

test("N13: phases, states and restarts of pods; what controllers keep and what nobody makes again", async () => {
  const screen = await play(
    notesLab(),
    `cat > pods.yaml <<END
apiVersion: v1
kind: Pod
metadata: {name: done}
spec: {restartPolicy: Never, containers: [{name: main, image: busybox:1.36, command: [sh, -c, echo bye]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: failed}
spec: {restartPolicy: Never, containers: [{name: main, image: busybox:1.36, command: [sh, -c, exit 3]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: again}
spec: {restartPolicy: OnFailure, containers: [{name: main, image: busybox:1.36, command: [sh, -c, sleep 5; exit 1]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: always}
spec: {containers: [{name: main, image: busybox:1.36, command: [sh, -c, sleep 5]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: nowhere}
spec: {nodeSelector: {disk: ssd}, containers: [{name: main, image: busybox:1.36, command: [sleep, "1000"]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: together}
spec:
  volumes: [{name: shared, emptyDir: {}}]
  containers:
  - {name: writer, image: busybox:1.36, command: [sh, -c, 'echo hello > /data/index.html; sleep 100000'], volumeMounts: [{name: shared, mountPath: /data}]}
  - {name: web, image: nginx:1.25, volumeMounts: [{name: shared, mountPath: /usr/share/nginx/html}]}
END
kubectl apply -f pods.yaml
kubectl get pods
sleep 30
kubectl get pods
kubectl get pods -o custom-columns='NAME:.metadata.name,PHASE:.status.phase,POLICY:.spec.restartPolicy,STATE:.status.containerStatuses[0].state'
kubectl exec together -c writer -- wget -qO- localhost
kubectl get pod together -o jsonpath='{range .status.containerStatuses[*]}{.name} {.ready}{"\\n"}{end}'
kubectl create deployment kept --image=nginx:1.25
kubectl run bare --image=nginx:1.25 --overrides='{"spec":{"nodeName":"node-1"}}'
kubectl rollout status deployment kept
kubectl delete pod -l app=kept
kubectl delete pod bare
kubectl get pods -l app=kept --no-headers | wc -l
kubectl get pod bare; echo "exit $?"
kubectl delete pods --all --wait=false > /dev/null; sleep 40
kubectl run bare --image=nginx:1.25 --overrides='{"spec":{"nodeName":"node-1"}}'
kubectl wait pod bare --for=condition=Ready
kubectl delete node node-1
sleep 60
kubectl get pods -o wide`,
  );
  expect(screen).toMatchInlineSnapshot(`
    "pod/done created
    pod/failed created
    pod/again created
    pod/always created
    pod/nowhere created
    pod/together created
    NAME       READY   STATUS              RESTARTS   AGE
    again      0/1     ContainerCreating   0          0s
    always     0/1     ContainerCreating   0          0s
    done       0/1     ContainerCreating   0          0s
    failed     0/1     ContainerCreating   0          0s
    nowhere    0/1     Pending             0          0s
    together   0/2     ContainerCreating   0          0s
    NAME       READY   STATUS      RESTARTS      AGE
    again      0/1     Error       2 (18s ago)   30s
    always     0/1     Completed   2 (17s ago)   30s
    done       0/1     Completed   0             30s
    failed     0/1     Error       0             30s
    nowhere    0/1     Pending     0             30s
    together   2/2     Running     0             30s
    NAME       PHASE       POLICY      STATE
    again      Running     OnFailure   map[terminated:map[containerID:containerd://HASH exitCode:1 finishedAt:2026-01-05T09:00:27Z reason:Error startedAt:2026-01-05T09:00:22Z]]
    always     Running     Always      map[terminated:map[containerID:containerd://HASH exitCode:0 finishedAt:2026-01-05T09:00:28Z reason:Completed startedAt:2026-01-05T09:00:23Z]]
    done       Succeeded   Never       map[terminated:map[containerID:containerd://HASH exitCode:0 finishedAt:2026-01-05T09:00:01Z reason:Completed startedAt:2026-01-05T09:00:01Z]]
    failed     Failed      Never       map[terminated:map[containerID:containerd://HASH exitCode:3 finishedAt:2026-01-05T09:00:02Z reason:Error startedAt:2026-01-05T09:00:02Z]]
    nowhere    Pending     Always      <none>
    together   Running     Always      map[running:map[startedAt:2026-01-05T09:00:05Z]]
    hello
    web true
    writer true
    deployment.apps/kept created
    pod/bare created
    Waiting for deployment "kept" rollout to finish: 0 of 1 updated replicas are available...
    deployment "kept" successfully rolled out
    pod "kept-5d8f7cf5dd-mtlkq" deleted
    pod "bare" deleted
    1
    Error from server (NotFound): pods "bare" not found
    exit 1
    pod/bare created
    pod/bare condition met
    node "node-1" deleted
    NAME                    READY   STATUS    RESTARTS   AGE    IP           NODE     NOMINATED NODE   READINESS GATES
    kept-5d8f7cf5dd-772s8   1/1     Running   0          102s   POD-IP   node-2   <none>           <none>
    "
  `);
});
