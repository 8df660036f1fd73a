import { expect, test } from "vitest";
import { notesLab, play } from "./play";

/** Control planes and nodes that are broken in the ways in which learners break them: cause, symptom, cure. */

const screen = (script: string) => play(notesLab(), script);

test("the API server's manifest has a flag that it does not know", async () => {
  expect(
    await screen(`ssh control-plane 'sudo sed -i s/--secure-port=8443/--secure-prot=8443/ /etc/kubernetes/manifests/kube-apiserver.yaml'
sleep 30
kubectl get nodes 2>&1 | tail -1
ssh control-plane 'sudo crictl ps -a --name kube-apiserver'
ssh control-plane 'sudo crictl logs $(sudo crictl ps -a -q --name kube-apiserver | head -1) 2>&1 | tail -3'
ssh control-plane 'sudo grep secure /etc/kubernetes/manifests/kube-apiserver.yaml'
ssh control-plane 'sudo sed -i s/--secure-prot=8443/--secure-port=8443/ /etc/kubernetes/manifests/kube-apiserver.yaml'
sleep 60
kubectl get nodes`),
  ).toMatchInlineSnapshot(`
    "The connection to the server 192.168.49.2:8443 was refused - did you specify the right host or port?
    CONTAINER           IMAGE               CREATED             STATE               NAME                ATTEMPT             POD ID              POD                            NAMESPACE
    CONTAINER-IDS       CONTAINER-IDS       18 seconds ago      Exited              kube-apiserver      2                   CONTAINER-IDS       kube-apiserver-control-plane   kube-system
    CONTAINER-IDS       CONTAINER-IDS       28 seconds ago      Exited              kube-apiserver      1                   CONTAINER-IDS       kube-apiserver-control-plane   kube-system
    Error: unknown flag: --secure-prot
        - --secure-prot=8443
    NAME            STATUS   ROLES           AGE     VERSION
    control-plane   Ready    control-plane   4m30s   v1.33.4
    node-1          Ready    <none>          4m30s   v1.33.4
    node-2          Ready    <none>          4m30s   v1.33.4
    "
  `);
});

test("etcd does not run", async () => {
  expect(
    await screen(`ssh control-plane 'sudo mv /etc/kubernetes/manifests/etcd.yaml /root/'
sleep 30
kubectl create configmap a
kubectl get pods
ssh control-plane 'sudo crictl ps --name etcd'
ssh control-plane 'sudo mv /root/etcd.yaml /etc/kubernetes/manifests/'
sleep 60
kubectl create configmap a
ssh control-plane 'sudo etcdctl --endpoints=https://127.0.0.1:2379 --cacert=/etc/kubernetes/pki/etcd/ca.crt --cert=/etc/kubernetes/pki/etcd/server.crt --key=/etc/kubernetes/pki/etcd/server.key endpoint health'`),
  ).toMatchInlineSnapshot(`
    "error: failed to create configmap: etcdserver: request timed out
    Error from server (InternalError): etcdserver: request timed out
    CONTAINER           IMAGE               CREATED             STATE               NAME                ATTEMPT             POD ID              POD                 NAMESPACE
    configmap/a created
    https://127.0.0.1:2379 is healthy: successfully committed proposal: took = 11.811844ms
    "
  `);
});

test("the kubelet's runtime endpoint is mistyped", async () => {
  expect(
    await screen(`ssh node-1 'sudo sed -i s,containerd.sock,contained.sock, /var/lib/kubelet/kubeadm-flags.env; sudo systemctl restart kubelet'
sleep 60
kubectl get nodes
ssh node-1 'systemctl is-active kubelet; sudo journalctl -u kubelet -n 3 --no-pager'
ssh node-1 'sudo sed -i s,contained.sock,containerd.sock, /var/lib/kubelet/kubeadm-flags.env; sudo systemctl restart kubelet'
sleep 30
kubectl get nodes`),
  ).toMatchInlineSnapshot(`
    "NAME            STATUS     ROLES           AGE   VERSION
    control-plane   Ready      control-plane   4m    v1.33.4
    node-1          NotReady   <none>          4m    v1.33.4
    node-2          Ready      <none>          4m    v1.33.4
    activating
    Jan 05 09:01:00 node-1 kubelet[21649]: E0105 09:01:00.180000   21649 run.go:72] "command failed" err="failed to run Kubelet: validate service connection: validate CRI v1 runtime API for endpoint \\"unix:///var/run/containerd/contained.sock\\": rpc error: code = Unavailable desc = connection error: desc = \\"transport: Error while dialing: dial unix /var/run/containerd/contained.sock: connect: no such file or directory\\""
    Jan 05 09:01:00 node-1 systemd[1]: kubelet.service: Main process exited, code=exited, status=1/FAILURE
    Jan 05 09:01:00 node-1 systemd[1]: kubelet.service: Failed with result 'exit-code'.
    NAME            STATUS   ROLES           AGE     VERSION
    control-plane   Ready    control-plane   4m30s   v1.33.4
    node-1          Ready    <none>          4m30s   v1.33.4
    node-2          Ready    <none>          4m30s   v1.33.4
    "
  `);
});

test("the kubelet's configuration is no YAML", async () => {
  expect(
    await screen(`ssh node-1 'sudo sed -i "s/^kind: /kind/" /var/lib/kubelet/config.yaml; sudo systemctl restart kubelet'
sleep 60
kubectl get nodes
ssh node-1 'systemctl is-active kubelet; sudo journalctl -u kubelet -n 3 --no-pager'
ssh node-1 'sudo sed -i "s/^kind/kind: /" /var/lib/kubelet/config.yaml; sudo systemctl restart kubelet'
sleep 30
kubectl get nodes`),
  ).toMatchInlineSnapshot(`
    "NAME            STATUS     ROLES           AGE   VERSION
    control-plane   Ready      control-plane   4m    v1.33.4
    node-1          NotReady   <none>          4m    v1.33.4
    node-2          Ready      <none>          4m    v1.33.4
    activating
    Jan 05 09:01:00 node-1 kubelet[21649]: E0105 09:01:00.180000   21649 run.go:72] "command failed" err="failed to load kubelet config file, path: /var/lib/kubelet/config.yaml, error: failed to load Kubelet config file /var/lib/kubelet/config.yaml, error: failed to decode: error converting YAML to JSON: yaml: line 29: mapping values are not allowed in this context"
    Jan 05 09:01:00 node-1 systemd[1]: kubelet.service: Main process exited, code=exited, status=1/FAILURE
    Jan 05 09:01:00 node-1 systemd[1]: kubelet.service: Failed with result 'exit-code'.
    NAME            STATUS   ROLES           AGE     VERSION
    control-plane   Ready    control-plane   4m30s   v1.33.4
    node-1          Ready    <none>          4m30s   v1.33.4
    node-2          Ready    <none>          4m30s   v1.33.4
    "
  `);
});

test("containerd is stopped", async () => {
  expect(
    await screen(`ssh node-2 'sudo systemctl stop containerd'
sleep 60
kubectl get nodes
ssh node-2 'sudo crictl ps'
kubectl describe node node-2 | grep -E 'Ready '
ssh node-2 'sudo systemctl start containerd'
sleep 30
kubectl get nodes`),
  ).toMatchInlineSnapshot(`
    "NAME            STATUS     ROLES           AGE   VERSION
    control-plane   Ready      control-plane   4m    v1.33.4
    node-1          Ready      <none>          4m    v1.33.4
    node-2          NotReady   <none>          4m    v1.33.4
    FATA[0000] validate service connection: validate CRI v1 runtime API for endpoint "unix:///run/containerd/containerd.sock": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: no such file or directory" 
      Ready            False   Mon, 05 Jan 2026 09:00:30 +0000   Mon, 05 Jan 2026 09:00:30 +0000   KubeletNotReady              container runtime is down
      Normal  NodeReady                4m    kubelet          Node node-2 status is now: NodeReady
      Normal  NodeNotReady             30s   kubelet          Node node-2 status is now: NodeNotReady
    NAME            STATUS   ROLES           AGE     VERSION
    control-plane   Ready    control-plane   4m30s   v1.33.4
    node-1          Ready    <none>          4m30s   v1.33.4
    node-2          Ready    <none>          4m30s   v1.33.4
    "
  `);
});

test("the scheduler's image has a release that does not exist", async () => {
  expect(
    await screen(`ssh control-plane 'sudo sed -i s/kube-scheduler:v1.33.4/kube-scheduler:v1.33.99/ /etc/kubernetes/manifests/kube-scheduler.yaml'
sleep 30
kubectl -n kube-system get pods -l component=kube-scheduler
kubectl -n kube-system get events --field-selector involvedObject.name=kube-scheduler-control-plane -o custom-columns=REASON:.reason,MESSAGE:.message | tail -4
kubectl run web --image=nginx:1.25; sleep 3; kubectl get pod web; kubectl describe pod web | tail -1
ssh control-plane 'sudo sed -i s/kube-scheduler:v1.33.99/kube-scheduler:v1.33.4/ /etc/kubernetes/manifests/kube-scheduler.yaml'
sleep 60
kubectl get pod web`),
  ).toMatchInlineSnapshot(`
    "NAME                           READY   STATUS         RESTARTS   AGE
    kube-scheduler-control-plane   0/1     ErrImagePull   0          30s
    Failed    Error: ImagePullBackOff
    Pulled    Container image "registry.k8s.io/kube-scheduler:v1.33.4" already present on machine
    Created   Created container: kube-scheduler
    Started   Started container kube-scheduler
    pod/web created
    NAME   READY   STATUS    RESTARTS   AGE
    web    0/1     Pending   0          3s
    Events:                      <none>
    NAME   READY   STATUS    RESTARTS   AGE
    web    1/1     Running   0          63s
    "
  `);
});

test("the controller manager is given a kubeconfig that is not there", async () => {
  expect(
    await screen(`ssh control-plane 'sudo sed -i s,kubeconfig=/etc/kubernetes/controller-manager.conf,kubeconfig=/etc/kubernetes/controller.conf, /etc/kubernetes/manifests/kube-controller-manager.yaml'
sleep 60
kubectl -n kube-system get pods -l component=kube-controller-manager
kubectl -n kube-system logs kube-controller-manager-control-plane
kubectl create deployment web --image=nginx:1.25; sleep 10; kubectl get deployment web; kubectl get pods
ssh control-plane 'sudo sed -i s,/etc/kubernetes/controller.conf,/etc/kubernetes/controller-manager.conf, /etc/kubernetes/manifests/kube-controller-manager.yaml'
sleep 60
kubectl get deployment web`),
  ).toMatchInlineSnapshot(`
    "NAME                                    READY   STATUS             RESTARTS      AGE
    kube-controller-manager-control-plane   0/1     CrashLoopBackOff   3 (28s ago)   60s
    I0105 09:00:32.480000       1 serving.go:386] Generated self-signed cert in-memory
    E0105 09:00:32.480000       1 run.go:72] "command failed" err="failed to get delegated authentication kubeconfig: failed to get delegated authentication kubeconfig: stat /etc/kubernetes/controller.conf: no such file or directory"
    deployment.apps/web created
    NAME   READY   UP-TO-DATE   AVAILABLE   AGE
    web    0/1     0            0           10s
    No resources found in default namespace.
    NAME   READY   UP-TO-DATE   AVAILABLE   AGE
    web    1/1     1            1           70s
    "
  `);
});

test("the scheduler's manifest is no YAML", async () => {
  expect(
    await screen(`ssh control-plane 'sudo sed -i "s/^spec:/spec/" /etc/kubernetes/manifests/kube-scheduler.yaml; sleep 30; sudo journalctl -u kubelet --no-pager | grep -i manifest | tail -2'
kubectl -n kube-system get pods -l component=kube-scheduler
ssh control-plane 'sudo sed -i "s/^spec/spec:/" /etc/kubernetes/manifests/kube-scheduler.yaml'
sleep 60
kubectl -n kube-system get pods -l component=kube-scheduler`),
  ).toMatchInlineSnapshot(`
    "Jan 05 09:00:00 control-plane kubelet[1432]: E0105 09:00:00.180000    1432 file_linux.go:61] "Unable to process watch event" err="can't process config file \\"/etc/kubernetes/manifests/kube-scheduler.yaml\\": /etc/kubernetes/manifests/kube-scheduler.yaml: couldn't parse as pod(yaml: line 9: mapping values are not allowed in this context), please check config file"
    Jan 05 09:00:00 control-plane kubelet[1432]: E0105 09:00:00.980000    1432 file_linux.go:61] "Unable to process watch event" err="can't process config file \\"/etc/kubernetes/manifests/kube-scheduler.yaml\\": /etc/kubernetes/manifests/kube-scheduler.yaml: couldn't parse as pod(yaml: line 9: mapping values are not allowed in this context), please check config file"
    No resources found in kube-system namespace.
    NAME                           READY   STATUS    RESTARTS   AGE
    kube-scheduler-control-plane   1/1     Running   0          60s
    "
  `);
});

test("all nodes are cordoned", async () => {
  expect(
    await screen(`kubectl cordon node-1; kubectl cordon node-2
kubectl run web --image=nginx:1.25; sleep 2
kubectl get nodes
kubectl describe pod web | tail -1
kubectl uncordon node-2; sleep 15
kubectl get pod web`),
  ).toMatchInlineSnapshot(`
    "node/node-1 cordoned
    node/node-2 cordoned
    pod/web created
    NAME            STATUS                     ROLES           AGE    VERSION
    control-plane   Ready                      control-plane   3m2s   v1.33.4
    node-1          Ready,SchedulingDisabled   <none>          3m2s   v1.33.4
    node-2          Ready,SchedulingDisabled   <none>          3m2s   v1.33.4
      Warning  FailedScheduling  2s    default-scheduler  0/3 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 2 node(s) were unschedulable. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.
    node/node-2 uncordoned
    NAME   READY   STATUS    RESTARTS   AGE
    web    1/1     Running   0          17s
    "
  `);
});

test("a node has a taint that nothing tolerates", async () => {
  expect(
    await screen(`kubectl taint node node-1 node-2 gpu=only:NoSchedule
kubectl run web --image=nginx:1.25; sleep 2
kubectl describe pod web | tail -1
kubectl taint node node-1 gpu:NoSchedule-; sleep 15
kubectl get pod web -o wide`),
  ).toMatchInlineSnapshot(`
    "node/node-1 tainted
    node/node-2 tainted
    pod/web created
      Warning  FailedScheduling  2s    default-scheduler  0/3 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 2 node(s) had untolerated taint {gpu: only}. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.
    node/node-1 untainted
    NAME   READY   STATUS    RESTARTS   AGE   IP           NODE     NOMINATED NODE   READINESS GATES
    web    1/1     Running   0          17s   POD-IP   node-1   <none>           <none>
    "
  `);
});

test("requests are larger than any node", async () => {
  expect(
    await screen(`kubectl create deployment web --image=nginx:1.25
kubectl set resources deployment web --requests=cpu=8
sleep 10
kubectl get pods
kubectl describe pods | grep FailedScheduling
kubectl set resources deployment web --requests=cpu=100m
kubectl rollout status deployment web | tail -1`),
  ).toMatchInlineSnapshot(`
    "deployment.apps/web created
    deployment.apps/web resource requirements updated
    NAME                   READY   STATUS    RESTARTS   AGE
    web-66785cbb6b-tk9mw   0/1     Pending   0          10s
    web-7d4bcbbf5b-wgrfn   1/1     Running   0          10s
      Warning  FailedScheduling  10s   default-scheduler  0/3 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 2 Insufficient cpu. preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.
    deployment.apps/web resource requirements updated
    deployment "web" successfully rolled out
    "
  `);
});

test("less important pods fill the cluster", async () => {
  expect(
    await screen(`cat > high.yaml <<END
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: high}
value: 1000
END
kubectl apply -f high.yaml
kubectl create deployment filler --image=nginx:1.25 --replicas=6
kubectl set resources deployment filler --requests=cpu=1
kubectl rollout status deployment filler | tail -1
kubectl run web --image=nginx:1.25 --overrides='{"spec":{"priorityClassName":"high","containers":[{"name":"web","image":"nginx:1.25","resources":{"requests":{"cpu":"2"}}}]}}'
sleep 1
kubectl get events --field-selector reason=Preempted -o custom-columns=TYPE:.type,MESSAGE:.message
sleep 30
kubectl get pod web
kubectl get deployment filler
kubectl get pods --field-selector status.phase=Pending --no-headers | wc -l
kubectl describe pods -l app=filler | grep -o 'FailedScheduling.*' | sort -u | tail -1
kubectl scale deployment filler --replicas=4
sleep 15
kubectl get deployment filler`),
  ).toMatchInlineSnapshot(`
    "priorityclass.scheduling.k8s.io/high created
    deployment.apps/filler created
    deployment.apps/filler resource requirements updated
    deployment "filler" successfully rolled out
    pod/web created
    TYPE     MESSAGE
    Normal   Preempted by pod UID on node node-2
    Normal   Preempted by pod UID on node node-2
    NAME   READY   STATUS    RESTARTS   AGE
    web    1/1     Running   0          31s
    NAME     READY   UP-TO-DATE   AVAILABLE   AGE
    filler   4/6     6            4           38s
    2
    FailedScheduling  30s (x2 over 31s)  default-scheduler  0/3 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 2 Insufficient cpu. preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.
    deployment.apps/filler scaled
    NAME     READY   UP-TO-DATE   AVAILABLE   AGE
    filler   4/4     4            4           53s
    "
  `);
});

test("a worker is drained for maintenance", async () => {
  expect(
    await screen(`kubectl create deployment web --image=nginx:1.25 --replicas=4
kubectl rollout status deployment web > /dev/null
kubectl drain node-1
kubectl drain node-1 --ignore-daemonsets | sed 's/web-[a-z0-9-]*/web-POD/;s/coredns-[a-z0-9-]*/coredns-POD/;s/kindnet-[a-z0-9]*/kindnet-POD/;s/kube-proxy-[a-z0-9]*/kube-proxy-POD/' | sort -u
kubectl get nodes
kubectl rollout status deployment web | tail -1
kubectl get pods -l app=web -o jsonpath='{.items[*].spec.nodeName}'; echo
kubectl uncordon node-1
kubectl get nodes`),
  ).toMatchInlineSnapshot(`
    "deployment.apps/web created
    node/node-1 cordoned
    error: unable to drain node "node-1" due to error: cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): kube-system/kindnet-XXXXX, kube-system/kube-proxy-XXXXX, continuing command...
    There are pending nodes to be drained:
     node-1
    cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): kube-system/kindnet-XXXXX, kube-system/kube-proxy-XXXXX
    Warning: ignoring DaemonSet-managed Pods: kube-system/kindnet-XXXXX, kube-system/kube-proxy-XXXXX
    evicting pod default/web-POD
    evicting pod kube-system/coredns-POD
    node/node-1 already cordoned
    node/node-1 drained
    NAME            STATUS                     ROLES           AGE    VERSION
    control-plane   Ready                      control-plane   3m7s   v1.33.4
    node-1          Ready,SchedulingDisabled   <none>          3m7s   v1.33.4
    node-2          Ready                      <none>          3m7s   v1.33.4
    deployment "web" successfully rolled out
    node-2 node-2 node-2 node-2
    node/node-1 uncordoned
    NAME            STATUS   ROLES           AGE    VERSION
    control-plane   Ready    control-plane   3m7s   v1.33.4
    node-1          Ready    <none>          3m7s   v1.33.4
    node-2          Ready    <none>          3m7s   v1.33.4
    "
  `);
});
