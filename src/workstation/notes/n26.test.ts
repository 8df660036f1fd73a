import { expect, test } from "vitest";
import { notesLab, play } from "./play";

test("N26: the first manifest, labels and annotations", async () => {
  const screen = await play(
    notesLab(),
    `cat > my-pod.yaml <<END
apiVersion: v1
kind: Pod
metadata:
  name: my-pod
  labels:
    app: webserver
spec:
  containers:
  - name: pod-demo
    image: zxcvbnius/docker-demo
    ports:
    - containerPort: 3000
END
kubectl create -f my-pod.yaml
kubectl wait pod my-pod --for=condition=Ready
kubectl get pods --show-labels
kubectl describe pod my-pod
kubectl port-forward my-pod 8000:3000 > /dev/null &
sleep 1
curl -s localhost:8000
kill %1
kubectl label pod my-pod tier=front
kubectl annotate pod my-pod owner=me
kubectl get pods -l 'app in (webserver),tier=front'
kubectl get pods -l app!=webserver
kubectl get pod my-pod -o jsonpath='{.metadata.annotations.owner}{"\\n"}'
kubectl delete -f my-pod.yaml`,
  );
  expect(screen).toMatchInlineSnapshot(`
    "pod/my-pod created
    pod/my-pod condition met
    NAME     READY   STATUS    RESTARTS   AGE   LABELS
    my-pod   1/1     Running   0          13s   app=webserver
    Name:             my-pod
    Namespace:        default
    Priority:         0
    Service Account:  default
    Node:             NODE
    Start Time:       Mon, 05 Jan 2026 09:00:00 +0000
    Labels:           app=webserver
    Annotations:      <none>
    Status:           Running
    IP:               POD-IP
    IPs:
      IP:  POD-IP
    Containers:
      pod-demo:
        Container ID:   containerd://HASH
        Image:          zxcvbnius/docker-demo
        Image ID:       docker.io/zxcvbnius/docker-demo@sha256:HASH
        Port:           3000/TCP
        Host Port:      0/TCP
        State:          Running
          Started:      Mon, 05 Jan 2026 09:00:12 +0000
        Ready:          True
        Restart Count:  0
        Environment:    <none>
        Mounts:
          /var/run/secrets/kubernetes.io/serviceaccount from kube-api-access-XXXXX (ro)
    Conditions:
      Type                        Status
      PodReadyToStartContainers   True 
      Initialized                 True 
      Ready                       True 
      ContainersReady             True 
      PodScheduled                True 
    Volumes:
      kube-api-access-XXXXX:
        Type:                    Projected (a volume that contains injected data from multiple sources)
        TokenExpirationSeconds:  3607
        ConfigMapName:           kube-root-ca.crt
        Optional:                false
        DownwardAPI:             true
    QoS Class:                   BestEffort
    Node-Selectors:              <none>
    Tolerations:                 node.kubernetes.io/not-ready:NoExecute op=Exists for 300s
                                 node.kubernetes.io/unreachable:NoExecute op=Exists for 300s
    Events:
      Type    Reason     Age   From               Message
      ----    ------     ----  ----               -------
      Normal  Scheduled  13s   default-scheduler  Successfully assigned default/my-pod to NODE
      Normal  Pulling    13s   kubelet            Pulling image "zxcvbnius/docker-demo"
      Normal  Pulled     1s    kubelet            Successfully pulled image "zxcvbnius/docker-demo" in DURATION (DURATION including waiting). Image size: 272629760 bytes.
      Normal  Created    1s    kubelet            Created container: pod-demo
      Normal  Started    1s    kubelet            Started container pod-demo
    Hello World!pod/my-pod labeled
    pod/my-pod annotated
    NAME     READY   STATUS    RESTARTS   AGE
    my-pod   1/1     Running   0          14s
    No resources found in default namespace.
    me
    pod "my-pod" deleted
    "
  `);
});
