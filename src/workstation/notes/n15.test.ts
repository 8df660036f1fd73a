import { expect, test } from "vitest";
import { notesLab, play } from "./play";

test("N15: a ReplicationController and a ReplicaSet keep the number of their pods", async () => {
  const screen = await play(
    notesLab(),
    `cat > rc.yaml <<'EOF'
apiVersion: v1
kind: ReplicationController
metadata: {name: my-replication-controller}
spec:
  replicas: 3
  selector: {app: hello-pod-v1}
  template:
    metadata: {labels: {app: hello-pod-v1}}
    spec:
      containers:
      - name: my-pod
        image: zxcvbnius/docker-demo
        ports: [{containerPort: 3000}]
EOF
sed -e 's/^apiVersion.*/apiVersion: apps\\/v1/' -e 's/ReplicationController/ReplicaSet/' -e 's/my-replication-controller/my-replica-set/' -e 's/selector: .*/selector: {matchLabels: {app: hello-set}}/' -e 's/labels: .*/labels: {app: hello-set}}/' rc.yaml > rs.yaml
kubectl create -f rc.yaml
kubectl get rc
kubectl wait pod -l app=hello-pod-v1 --for=condition=Ready > /dev/null
kubectl get rc
kubectl delete pod $(kubectl get pods -l app=hello-pod-v1 -o jsonpath='{.items[0].metadata.name}') | sed 's/-.....\\"/-XXXXX"/'
kubectl get pods -l app=hello-pod-v1 --no-headers | wc -l
kubectl scale --replicas=4 -f rc.yaml
sleep 5
kubectl get rc
kubectl scale --replicas=2 rc my-replication-controller
sleep 45
kubectl get rc
kubectl get pods -l app=hello-pod-v1 --no-headers | wc -l
kubectl create -f rs.yaml
kubectl wait pod -l app=hello-set --for=condition=Ready > /dev/null
kubectl get rs my-replica-set -o wide
kubectl label pod $(kubectl get pods -l app=hello-set -o jsonpath='{.items[0].metadata.name}') app=apart --overwrite | sed 's/-..... /-XXXXX /'
sleep 5
kubectl get pods -l app=hello-set --no-headers | wc -l
kubectl delete rs my-replica-set --cascade=orphan
kubectl get pods -l app=hello-set --no-headers | wc -l
kubectl delete rc my-replication-controller
sleep 45
kubectl get pods -l app=hello-pod-v1`,
  );
  expect(screen).toMatchInlineSnapshot(`
    "replicationcontroller/my-replication-controller created
    NAME                        DESIRED   CURRENT   READY   AGE
    my-replication-controller   3         3         0       0s
    NAME                        DESIRED   CURRENT   READY   AGE
    my-replication-controller   3         3         3       14s
    pod "my-replication-controller-XXXXX" deleted
    3
    replicationcontroller/my-replication-controller scaled
    NAME                        DESIRED   CURRENT   READY   AGE
    my-replication-controller   4         4         4       20s
    replicationcontroller/my-replication-controller scaled
    NAME                        DESIRED   CURRENT   READY   AGE
    my-replication-controller   2         2         2       65s
    2
    replicaset.apps/my-replica-set created
    NAME             DESIRED   CURRENT   READY   AGE   CONTAINERS   IMAGES                  SELECTOR
    my-replica-set   3         3         3       2s    my-pod       zxcvbnius/docker-demo   app=hello-set
    pod/my-replica-set-XXXXX labeled
    3
    replicaset.apps "my-replica-set" deleted
    3
    replicationcontroller "my-replication-controller" deleted
    No resources found in default namespace.
    "
  `);
});
