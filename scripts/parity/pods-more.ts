import type { Area } from "./frame/area";
import { RUNNING, RUNNING_FILES } from "./frame/files";

const TWO = `apiVersion: v1
kind: Pod
metadata: {name: two, labels: {app: two}}
spec:
  terminationGracePeriodSeconds: 1
  initContainers: [{name: prepare, image: busybox, command: [sh, -c, "echo preparing"]}]
  containers:
  - {name: first, image: busybox, command: [sh, -c, "echo one; echo error >&2; echo two; sleep 100000"]}
  - {name: second, image: busybox, command: [sh, -c, "echo three; sleep 100000"]}
---
apiVersion: v1
kind: Pod
metadata: {name: done, labels: {app: done}}
spec:
  restartPolicy: Never
  containers: [{name: main, image: busybox, command: [sh, -c, "echo bye; exit 4"]}]
---
apiVersion: v1
kind: Pod
metadata: {name: stuck}
spec:
  containers: [{name: main, image: "busybox:no-such-tag"}]
---
apiVersion: v1
kind: Pod
metadata: {name: pending}
spec:
  nodeSelector: {no: node}
  containers: [{name: main, image: busybox}]
---
apiVersion: v1
kind: Pod
metadata: {name: chosen, annotations: {kubectl.kubernetes.io/default-container: second}}
spec:
  containers:
  - {name: first, image: busybox, command: [sh, -c, "echo one; sleep 100000"]}
  - {name: second, image: busybox, command: [sh, -c, "echo two; sleep 100000"]}
`;

/** kubectl logs, exec, attach and cp. */
export const podsMore: Area = {
  name: "pods-more",
  files: { ...RUNNING_FILES, "two.yaml": TWO, "data/a.txt": "alpha\n", "data/b.txt": "beta\n" },
  setup: [
    ...RUNNING,
    "kubectl apply -f two.yaml",
    "kubectl wait --for=condition=Ready pod/two pod/chosen --timeout=60s",
    "kubectl wait --for=jsonpath='{.status.phase}'=Failed pod/done --timeout=60s",
    "kubectl create job once --image=busybox -- echo from a job",
    "kubectl wait --for=condition=complete job/once --timeout=60s",
    "kubectl wait --for=jsonpath='{.status.containerStatuses[0].state.waiting.reason}'=ImagePullBackOff pod/stuck --timeout=60s",
  ],
  lines: [
    "kubectl logs",
    "kubectl logs two",
    "kubectl logs two first",
    "kubectl logs two first extra",
    "kubectl logs two -c second",
    "kubectl logs two -c prepare",
    "kubectl logs two --all-containers",
    "kubectl logs two --all-containers --prefix",
    "kubectl logs two --all-containers -c first",
    "kubectl logs two first --all-containers",
    "kubectl logs two --tail=1",
    "kubectl logs two -c first --tail=0",
    "kubectl logs two -c first --tail=-2",
    "kubectl logs two -c first --limit-bytes=5",
    "kubectl logs two -c first --since=1ms",
    "kubectl logs two -c first --since=1h",
    "kubectl logs two -c first --since=1h --since-time=2020-01-01T00:00:00Z",
    "kubectl logs two -c first --since-time=2020-01-01T00:00:00Z",
    "kubectl logs two -c first --since-time=nonsense",
    "kubectl logs two -c first --timestamps --tail=1",
    "kubectl logs two -c first -p",
    "kubectl logs two -c first --previous --follow",
    "kubectl logs two -c nope",
    "kubectl logs -l app=two",
    "kubectl logs -l app=two --all-containers",
    "kubectl logs -l app=two --all-containers --prefix --tail=1",
    "kubectl logs -l app=two -c second --prefix",
    "kubectl logs -l app=nope",
    "kubectl logs two -l app=two",
    "kubectl logs -l app=shop --tail=1 --prefix --max-log-requests=1",
    "kubectl logs -l app=shop -f --max-log-requests=1",
    "kubectl logs deploy/shop --tail=1",
    "kubectl logs svc/shop --tail=1",
    "kubectl logs rs -l app=shop --tail=1",
    "kubectl logs job/once",
    "kubectl logs jobs once",
    "kubectl logs deploy/nope",
    "kubectl logs pod/two -c first",
    "kubectl logs pod/two/x",
    "kubectl logs done",
    "kubectl logs done -f",
    "kubectl logs done -p",
    "kubectl logs stuck",
    "kubectl logs stuck -f",
    "kubectl logs stuck --ignore-errors",
    "kubectl logs -l app=two --ignore-errors -c nope",
    "kubectl logs pending",
    "kubectl logs chosen",
    "kubectl logs two -f --tail=1 -c first & sleep 0.2; kill $! ; wait 2>/dev/null; true",
    "kubectl logs -f nope",
    "kubectl logs two -n kube-system",
    "kubectl logs two --pod-running-timeout=nope",
    "kubectl logs two --insecure-skip-tls-verify-backend -c first",
    "kubectl logs -f -l app=done",
    "kubectl logs -f web.yaml",
    "kubectl exec",
    "kubectl exec two",
    "kubectl exec two --",
    "kubectl exec two date",
    "kubectl exec two -- echo hello",
    "kubectl exec two -c second -- echo hello",
    "kubectl exec two -c nope -- echo hello",
    "kubectl exec two -q -- echo hello",
    "kubectl exec chosen -- hostname",
    "kubectl exec pod/two -- hostname",
    "kubectl exec svc/shop -- hostname",
    "kubectl exec deploy/nope -- hostname",
    "kubectl exec two pod/x -- hostname",
    "kubectl exec -f pod.yaml -- echo file",
    "kubectl exec done -- true",
    "kubectl exec pending -- true",
    "kubectl exec -it talker -- echo x",
    "kubectl exec talker -- sh -c 'echo out; echo err >&2; exit 7'",
    "kubectl exec talker -- /no/such",
    "kubectl exec talker -- sh -c 'kill -9 $$'",
    "kubectl exec talker -- cat /etc/hostname",
    "kubectl exec talker -- env | sort | head -3",
    "kubectl exec talker --nope -- true",
    "kubectl exec talker -- ls /nope",
    "seq 3 | kubectl exec -i talker -- wc -l",
    "seq 3 | kubectl exec -i talker -c main -- sh -c 'read a; echo got $a'",
    "kubectl attach",
    "kubectl attach nope",
    "kubectl attach done",
    "kubectl attach a b",
    "kubectl attach deploy/nope",
    "kubectl cp",
    "kubectl cp a b",
    "kubectl cp data/a.txt talker:/tmp/a.txt",
    "kubectl cp data/a.txt nope:/tmp/a.txt",
    "kubectl cp missing.txt talker:/tmp/a.txt",
    "kubectl cp two:/etc/hostname x.txt -c nope",
    "kubectl cp data talker:/tmp/data && kubectl exec talker -- ls /tmp/data",
    "kubectl cp a b c",
    "kubectl cp a/b/c:/x y",
    "kubectl port-forward",
    "kubectl port-forward talker",
    "kubectl port-forward nope 8080",
    "kubectl port-forward talker x",
    "kubectl port-forward talker 80:x",
    "kubectl port-forward done 8080",
    "kubectl port-forward pending 8080 --pod-running-timeout=1s",
    "kubectl port-forward svc/shop 8080:99",
    "kubectl port-forward svc/nope 8080",
    "kubectl port-forward deploy/nope 8080",
    "kubectl debug",
    "kubectl debug nope --image=busybox",
    "kubectl debug talker",
    "kubectl debug node/nope --image=busybox",
    "kubectl debug talker --image=busybox --profile=nope",
    "kubectl debug talker --copy-to=x",
    "kubectl debug cm/settings --image=busybox",
  ],
};
