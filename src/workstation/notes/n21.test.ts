import { expect, test } from "vitest";
import { notesLab, play } from "./play";

const screen = (script: string) => play(notesLab(), script);

test("N21: what runs where", async () => {
  expect(
    await screen(`ssh control-plane 'sudo ls /etc/kubernetes/manifests; systemctl is-active kubelet containerd; sudo crictl ps'
ssh node-1 'ls /etc/kubernetes/manifests; systemctl is-active kubelet containerd; sudo crictl ps'
kubectl get --raw /readyz; echo`),
  ).toMatchInlineSnapshot(`
    "etcd.yaml
    kube-apiserver.yaml
    kube-controller-manager.yaml
    kube-scheduler.yaml
    active
    active
    CONTAINER           IMAGE               CREATED             STATE               NAME                      ATTEMPT             POD ID              POD                                     NAMESPACE
    CONTAINER-IDS       CONTAINER-IDS       2 minutes ago       Running             kindnet-cni               0                   CONTAINER-IDS       kindnet-XXXXX                           kube-system
    CONTAINER-IDS       CONTAINER-IDS       2 minutes ago       Running             kube-proxy                0                   CONTAINER-IDS       kube-proxy-XXXXX                        kube-system
    CONTAINER-IDS       CONTAINER-IDS       2 minutes ago       Running             etcd                      0                   CONTAINER-IDS       etcd-control-plane                      kube-system
    CONTAINER-IDS       CONTAINER-IDS       2 minutes ago       Running             kube-apiserver            0                   CONTAINER-IDS       kube-apiserver-control-plane            kube-system
    CONTAINER-IDS       CONTAINER-IDS       2 minutes ago       Running             kube-controller-manager   0                   CONTAINER-IDS       kube-controller-manager-control-plane   kube-system
    CONTAINER-IDS       CONTAINER-IDS       2 minutes ago       Running             kube-scheduler            0                   CONTAINER-IDS       kube-scheduler-control-plane            kube-system
    active
    active
    CONTAINER           IMAGE               CREATED             STATE               NAME                ATTEMPT             POD ID              POD                        NAMESPACE
    CONTAINER-IDS       CONTAINER-IDS       2 minutes ago       Running             coredns             0                   CONTAINER-IDS       coredns-6c68466c95-XXXXX   kube-system
    CONTAINER-IDS       CONTAINER-IDS       2 minutes ago       Running             kindnet-cni         0                   CONTAINER-IDS       kindnet-XXXXX              kube-system
    CONTAINER-IDS       CONTAINER-IDS       2 minutes ago       Running             kube-proxy          0                   CONTAINER-IDS       kube-proxy-XXXXX           kube-system
    ok
    "
  `);
});

test("N21: without a scheduler pods stay Pending", async () => {
  expect(
    await screen(`ssh control-plane 'sudo mv /etc/kubernetes/manifests/kube-scheduler.yaml /root/'
sleep 30
kubectl -n kube-system get pods -l tier=control-plane
kubectl run web --image=nginx:1.25
sleep 10
kubectl get pods
kubectl get events --field-selector involvedObject.name=web
ssh control-plane 'sudo mv /root/kube-scheduler.yaml /etc/kubernetes/manifests/'
sleep 60
kubectl get pods`),
  ).toMatchInlineSnapshot(`
    "NAME                                    READY   STATUS    RESTARTS   AGE
    etcd-control-plane                      1/1     Running   0          3m30s
    kube-apiserver-control-plane            1/1     Running   0          3m30s
    kube-controller-manager-control-plane   1/1     Running   0          3m30s
    pod/web created
    NAME   READY   STATUS    RESTARTS   AGE
    web    0/1     Pending   0          10s
    No resources found in default namespace.
    NAME   READY   STATUS    RESTARTS   AGE
    web    1/1     Running   0          70s
    "
  `);
});

test("N21: without a controller manager nothing heals", async () => {
  expect(
    await screen(`kubectl create deployment web --image=nginx:1.25 --replicas=2
kubectl rollout status deployment web > /dev/null
ssh control-plane 'sudo mv /etc/kubernetes/manifests/kube-controller-manager.yaml /root/'
sleep 30
kubectl delete pods -l app=web
sleep 10
kubectl get deployments,pods
kubectl scale deployment web --replicas=5
sleep 10
kubectl get deployment web
ssh control-plane 'sudo mv /root/kube-controller-manager.yaml /etc/kubernetes/manifests/'
sleep 60
kubectl get deployment web`),
  ).toMatchInlineSnapshot(`
    "deployment.apps/web created
    pod "web-7d4bcbbf5b-npmnt" deleted
    pod "web-7d4bcbbf5b-wgrfn" deleted
    NAME                  READY   UP-TO-DATE   AVAILABLE   AGE
    deployment.apps/web   2/2     2            2           47s
    deployment.apps/web scaled
    NAME   READY   UP-TO-DATE   AVAILABLE   AGE
    web    2/5     2            2           57s
    NAME   READY   UP-TO-DATE   AVAILABLE   AGE
    web    5/5     5            5           117s
    "
  `);
});

test("N21: without its kubelet a node goes NotReady and is evacuated", async () => {
  expect(
    await screen(`kubectl create deployment web --image=nginx:1.25 --replicas=2
kubectl rollout status deployment web
ssh node-1 'sudo systemctl stop kubelet'
sleep 60
kubectl get nodes
kubectl describe node node-1 | sed -n '/^Taints/,/^Lease/p;/^Conditions/,/^Addresses/p'
kubectl get pods
sleep 330
kubectl get pods
ssh node-1 'systemctl is-active kubelet'
ssh node-1 'sudo systemctl start kubelet'
sleep 30
kubectl get nodes
kubectl get pods`),
  ).toMatchInlineSnapshot(`
    "deployment.apps/web created
    Waiting for deployment "web" rollout to finish: 0 of 2 updated replicas are available...
    Waiting for deployment "web" rollout to finish: 1 of 2 updated replicas are available...
    deployment "web" successfully rolled out
    NAME            STATUS     ROLES           AGE    VERSION
    control-plane   Ready      control-plane   4m6s   v1.33.4
    node-1          NotReady   <none>          4m6s   v1.33.4
    node-2          Ready      <none>          4m6s   v1.33.4
    Taints:             node.kubernetes.io/unreachable:NoExecute
                        node.kubernetes.io/unreachable:NoSchedule
    Unschedulable:      false
    Lease:
    Conditions:
      Type             Status    LastHeartbeatTime                 LastTransitionTime                Reason              Message
      ----             ------    -----------------                 ------------------                ------              -------
      MemoryPressure   Unknown   Mon, 05 Jan 2026 08:57:00 +0000   Mon, 05 Jan 2026 09:00:50 +0000   NodeStatusUnknown   Kubelet stopped posting node status.
      DiskPressure     Unknown   Mon, 05 Jan 2026 08:57:00 +0000   Mon, 05 Jan 2026 09:00:50 +0000   NodeStatusUnknown   Kubelet stopped posting node status.
      PIDPressure      Unknown   Mon, 05 Jan 2026 08:57:00 +0000   Mon, 05 Jan 2026 09:00:50 +0000   NodeStatusUnknown   Kubelet stopped posting node status.
      Ready            Unknown   Mon, 05 Jan 2026 08:57:00 +0000   Mon, 05 Jan 2026 09:00:50 +0000   NodeStatusUnknown   Kubelet stopped posting node status.
    Addresses:
    NAME                   READY   STATUS    RESTARTS   AGE
    web-7d4bcbbf5b-npmnt   1/1     Running   0          66s
    web-7d4bcbbf5b-wgrfn   1/1     Running   0          66s
    NAME                   READY   STATUS        RESTARTS   AGE
    web-7d4bcbbf5b-9ff28   1/1     Running       0          46s
    web-7d4bcbbf5b-npmnt   1/1     Terminating   0          6m36s
    web-7d4bcbbf5b-wgrfn   1/1     Running       0          6m36s
    inactive
    NAME            STATUS   ROLES           AGE   VERSION
    control-plane   Ready    control-plane   10m   v1.33.4
    node-1          Ready    <none>          10m   v1.33.4
    node-2          Ready    <none>          10m   v1.33.4
    NAME                   READY   STATUS    RESTARTS   AGE
    web-7d4bcbbf5b-9ff28   1/1     Running   0          77s
    web-7d4bcbbf5b-wgrfn   1/1     Running   0          7m7s
    "
  `);
});
