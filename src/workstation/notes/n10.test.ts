import { expect, test } from "vitest";
import { notesLab, play } from "./play";

test("N10: a look around the cluster", async () => {
  const screen = await play(
    notesLab(),
    `kubectl version
kubectl cluster-info
kubectl get nodes -o wide
kubectl get pods --all-namespaces
kubectl get services --all-namespaces
kubectl run web --image=nginx:1.25 --restart=Never
kubectl wait pod web --for=condition=Ready
kubectl get events
kubectl describe node node-1
kubectl cluster-info dump --output-directory=dump; ls dump dump/kube-system`,
  );
  expect(screen).toMatchInlineSnapshot(`
    "Client Version: v1.33.4
    Kustomize Version: v5.6.0
    Server Version: v1.33.4
    [0;32mKubernetes control plane[0m is running at [0;33mhttps://192.168.49.2:8443[0m
    [0;32mCoreDNS[0m is running at [0;33mhttps://192.168.49.2:8443/api/v1/namespaces/kube-system/services/kube-dns:dns/proxy[0m

    To further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.
    NAME            STATUS   ROLES           AGE   VERSION   INTERNAL-IP    EXTERNAL-IP   OS-IMAGE                         KERNEL-VERSION   CONTAINER-RUNTIME
    control-plane   Ready    control-plane   3m    v1.33.4   192.168.49.2   <none>        Debian GNU/Linux 12 (bookworm)   6.1.0-37-amd64   containerd://1.7.27
    node-1          Ready    <none>          3m    v1.33.4   192.168.49.3   <none>        Debian GNU/Linux 12 (bookworm)   6.1.0-37-amd64   containerd://1.7.27
    node-2          Ready    <none>          3m    v1.33.4   192.168.49.4   <none>        Debian GNU/Linux 12 (bookworm)   6.1.0-37-amd64   containerd://1.7.27
    NAMESPACE     NAME                                    READY   STATUS    RESTARTS   AGE
    kube-system   coredns-6c68466c95-XXXXX                1/1     Running   0          3m
    kube-system   coredns-6c68466c95-XXXXX                1/1     Running   0          3m
    kube-system   etcd-control-plane                      1/1     Running   0          3m
    kube-system   kindnet-XXXXX                           1/1     Running   0          3m
    kube-system   kindnet-XXXXX                           1/1     Running   0          3m
    kube-system   kindnet-XXXXX                           1/1     Running   0          3m
    kube-system   kube-apiserver-control-plane            1/1     Running   0          3m
    kube-system   kube-controller-manager-control-plane   1/1     Running   0          3m
    kube-system   kube-proxy-XXXXX                        1/1     Running   0          3m
    kube-system   kube-proxy-XXXXX                        1/1     Running   0          3m
    kube-system   kube-proxy-XXXXX                        1/1     Running   0          3m
    kube-system   kube-scheduler-control-plane            1/1     Running   0          3m
    NAMESPACE     NAME         TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)                  AGE
    default       kubernetes   ClusterIP   CLUSTER-IP    <none>        443/TCP                  3m
    kube-system   kube-dns     ClusterIP   CLUSTER-IP   <none>        53/UDP,53/TCP,9153/TCP   3m
    pod/web created
    pod/web condition met
    LAST SEEN   TYPE     REASON                    OBJECT               MESSAGE
    3m5s        Normal   Starting                  node/control-plane   Starting kubelet.
    3m5s        Normal   NodeHasSufficientMemory   node/control-plane   Node control-plane status is now: NodeHasSufficientMemory
    3m5s        Normal   NodeHasNoDiskPressure     node/control-plane   Node control-plane status is now: NodeHasNoDiskPressure
    3m5s        Normal   NodeHasSufficientPID      node/control-plane   Node control-plane status is now: NodeHasSufficientPID
    3m5s        Normal   NodeAllocatableEnforced   node/control-plane   Updated Node Allocatable limit across pods
    3m5s        Normal   RegisteredNode            node/control-plane   Node control-plane event: Registered Node control-plane in Controller
    3m5s        Normal   Starting                  node/control-plane   
    3m5s        Normal   NodeReady                 node/control-plane   Node control-plane status is now: NodeReady
    3m5s        Normal   Starting                  node/node-1          Starting kubelet.
    3m5s        Normal   NodeHasSufficientMemory   node/node-1          Node node-1 status is now: NodeHasSufficientMemory
    3m5s        Normal   NodeHasNoDiskPressure     node/node-1          Node node-1 status is now: NodeHasNoDiskPressure
    3m5s        Normal   NodeHasSufficientPID      node/node-1          Node node-1 status is now: NodeHasSufficientPID
    3m5s        Normal   NodeAllocatableEnforced   node/node-1          Updated Node Allocatable limit across pods
    3m5s        Normal   RegisteredNode            node/node-1          Node node-1 event: Registered Node node-1 in Controller
    3m5s        Normal   Starting                  node/node-1          
    3m5s        Normal   NodeReady                 node/node-1          Node node-1 status is now: NodeReady
    3m5s        Normal   Starting                  node/node-2          Starting kubelet.
    3m5s        Normal   NodeHasSufficientMemory   node/node-2          Node node-2 status is now: NodeHasSufficientMemory
    3m5s        Normal   NodeHasNoDiskPressure     node/node-2          Node node-2 status is now: NodeHasNoDiskPressure
    3m5s        Normal   NodeHasSufficientPID      node/node-2          Node node-2 status is now: NodeHasSufficientPID
    3m5s        Normal   NodeAllocatableEnforced   node/node-2          Updated Node Allocatable limit across pods
    3m5s        Normal   RegisteredNode            node/node-2          Node node-2 event: Registered Node node-2 in Controller
    3m5s        Normal   Starting                  node/node-2          
    3m5s        Normal   NodeReady                 node/node-2          Node node-2 status is now: NodeReady
    5s          Normal   Scheduled                 pod/web              Successfully assigned default/web to NODE
    4s          Normal   Pulling                   pod/web              Pulling image "nginx:1.25"
    1s          Normal   Pulled                    pod/web              Successfully pulled image "nginx:1.25" in DURATION (DURATION including waiting). Image size: 70900000 bytes.
    1s          Normal   Created                   pod/web              Created container: web
    1s          Normal   Started                   pod/web              Started container web
    Name:               node-1
    Roles:              <none>
    Labels:             beta.kubernetes.io/arch=amd64
                        beta.kubernetes.io/os=linux
                        kubernetes.io/arch=amd64
                        kubernetes.io/hostname=node-1
                        kubernetes.io/os=linux
    Annotations:        kubeadm.alpha.kubernetes.io/cri-socket: unix:///run/containerd/containerd.sock
                        node.alpha.kubernetes.io/ttl: 0
                        volumes.kubernetes.io/controller-managed-attach-detach: true
    CreationTimestamp:  Mon, 05 Jan 2026 08:57:00 +0000
    Taints:             <none>
    Unschedulable:      false
    Lease:
      HolderIdentity:  node-1
      AcquireTime:     <unset>
      RenewTime:       Mon, 05 Jan 2026 09:00:00 +0000
    Conditions:
      Type             Status  LastHeartbeatTime                 LastTransitionTime                Reason                       Message
      ----             ------  -----------------                 ------------------                ------                       -------
      MemoryPressure   False   Mon, 05 Jan 2026 08:57:00 +0000   Mon, 05 Jan 2026 08:57:00 +0000   KubeletHasSufficientMemory   kubelet has sufficient memory available
      DiskPressure     False   Mon, 05 Jan 2026 08:57:00 +0000   Mon, 05 Jan 2026 08:57:00 +0000   KubeletHasNoDiskPressure     kubelet has no disk pressure
      PIDPressure      False   Mon, 05 Jan 2026 08:57:00 +0000   Mon, 05 Jan 2026 08:57:00 +0000   KubeletHasSufficientPID      kubelet has sufficient PID available
      Ready            True    Mon, 05 Jan 2026 08:57:00 +0000   Mon, 05 Jan 2026 08:57:00 +0000   KubeletReady                 kubelet is posting ready status
    Addresses:
      InternalIP:  192.168.49.3
      Hostname:    node-1
    Capacity:
      cpu:                4
      ephemeral-storage:  61255492Ki
      hugepages-1Gi:      0
      hugepages-2Mi:      0
      memory:             8Gi
      pods:               110
    Allocatable:
      cpu:                4
      ephemeral-storage:  56453061427
      hugepages-1Gi:      0
      hugepages-2Mi:      0
      memory:             8092Mi
      pods:               110
    System Info:
      Machine ID:                 6f8c25a058434163820f71745d905674
      System UUID:                UID
      Boot ID:                    UID
      Kernel Version:             6.1.0-37-amd64
      OS Image:                   Debian GNU/Linux 12 (bookworm)
      Operating System:           linux
      Architecture:               amd64
      Container Runtime Version:  containerd://1.7.27
      Kubelet Version:            v1.33.4
      Kube-Proxy Version:         
    PodCIDR:                      POD-IP/24
    PodCIDRs:                     POD-IP/24
    Non-terminated Pods:          (4 in total)
      Namespace                   Name                        CPU Requests  CPU Limits  Memory Requests  Memory Limits  Age
      ---------                   ----                        ------------  ----------  ---------------  -------------  ---
      default                     web                         0 (0%)        0 (0%)      0 (0%)           0 (0%)         5s
      kube-system                 coredns-6c68466c95-XXXXX    100m (2%)     0 (0%)      70Mi (0%)        170Mi (2%)     3m5s
      kube-system                 kindnet-XXXXX               100m (2%)     100m (2%)   50Mi (0%)        50Mi (0%)      3m5s
      kube-system                 kube-proxy-XXXXX            0 (0%)        0 (0%)      0 (0%)           0 (0%)         3m5s
    Allocated resources:
      (Total limits may be over 100 percent, i.e., overcommitted.)
      Resource           Requests    Limits
      --------           --------    ------
      cpu                200m (5%)   100m (2%)
      memory             120Mi (1%)  220Mi (2%)
      ephemeral-storage  0 (0%)      0 (0%)
      hugepages-1Gi      0 (0%)      0 (0%)
      hugepages-2Mi      0 (0%)      0 (0%)
    Events:
      Type    Reason                   Age   From             Message
      ----    ------                   ----  ----             -------
      Normal  RegisteredNode           3m5s  node-controller  Node node-1 event: Registered Node node-1 in Controller
      Normal  Starting                 3m5s  kubelet          Starting kubelet.
      Normal  NodeHasSufficientMemory  3m5s  kubelet          Node node-1 status is now: NodeHasSufficientMemory
      Normal  NodeHasNoDiskPressure    3m5s  kubelet          Node node-1 status is now: NodeHasNoDiskPressure
      Normal  NodeHasSufficientPID     3m5s  kubelet          Node node-1 status is now: NodeHasSufficientPID
      Normal  NodeAllocatableEnforced  3m5s  kubelet          Updated Node Allocatable limit across pods
      Normal  Starting                 3m5s  kube-proxy       
      Normal  NodeReady                3m5s  kubelet          Node node-1 status is now: NodeReady
    Cluster info dumped to dump
    dump:
    default  kube-system  nodes.json

    dump/kube-system:
    coredns-6c68466c95-XXXXX  kube-apiserver-control-plane           services.json
    coredns-6c68466c95-XXXXX  kube-controller-manager-control-plane
    daemonsets.json           kube-proxy-XXXXX
    deployments.json          kube-proxy-XXXXX
    etcd-control-plane        kube-proxy-XXXXX
    events.json               kube-scheduler-control-plane
    kindnet-XXXXX             pods.json
    kindnet-XXXXX             replicasets.json
    kindnet-XXXXX             replicationcontrollers.json
    "
  `);
});
