import { expect, test } from "vitest";
import { FILES } from "./manifests";
import { notesLab, play } from "./play";

test("N2: the monolith from its manifest, and what describe tells of it", async () => {
  const screen = await play(
    notesLab({ files: FILES }),
    `kubectl create -f pods/monolith.yaml
kubectl get pods
sleep 14
kubectl get pods
kubectl describe pods monolith
kubectl create -f pods/monolith.yaml
kubectl create -f pods/monlith.yaml`,
  );
  expect(screen).toMatchInlineSnapshot(`
    "pod/monolith created
    NAME       READY   STATUS              RESTARTS   AGE
    monolith   0/1     ContainerCreating   0          0s
    NAME       READY   STATUS    RESTARTS   AGE
    monolith   1/1     Running   0          14s
    Name:             monolith
    Namespace:        default
    Priority:         0
    Service Account:  default
    Node:             NODE
    Start Time:       Mon, 05 Jan 2026 09:00:00 +0000
    Labels:           app=monolith
    Annotations:      <none>
    Status:           Running
    IP:               POD-IP
    IPs:
      IP:  POD-IP
    Containers:
      monolith:
        Container ID:  containerd://HASH
        Image:         udacity/example-monolith:1.0.0
        Image ID:      docker.io/udacity/example-monolith@sha256:HASH
        Ports:         80/TCP, 81/TCP
        Host Ports:    0/TCP, 0/TCP
        Args:
          -http=0.0.0.0:80
          -health=0.0.0.0:81
          -secret=secret
        State:          Running
          Started:      Mon, 05 Jan 2026 09:00:02 +0000
        Ready:          True
        Restart Count:  0
        Limits:
          cpu:     200m
          memory:  10Mi
        Requests:
          cpu:        200m
          memory:     10Mi
        Environment:  <none>
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
    QoS Class:                   Guaranteed
    Node-Selectors:              <none>
    Tolerations:                 node.kubernetes.io/not-ready:NoExecute op=Exists for 300s
                                 node.kubernetes.io/unreachable:NoExecute op=Exists for 300s
    Events:
      Type    Reason     Age   From               Message
      ----    ------     ----  ----               -------
      Normal  Scheduled  14s   default-scheduler  Successfully assigned default/monolith to NODE
      Normal  Pulling    14s   kubelet            Pulling image "udacity/example-monolith:1.0.0"
      Normal  Pulled     13s   kubelet            Successfully pulled image "udacity/example-monolith:1.0.0" in DURATION (DURATION including waiting). Image size: 5452595 bytes.
      Normal  Created    12s   kubelet            Created container: monolith
      Normal  Started    12s   kubelet            Started container monolith
    Error from server (AlreadyExists): error when creating "pods/monolith.yaml": pods "monolith" already exists
    error: the path "pods/monlith.yaml" does not exist
    "
  `);
});
