import { expect, test } from "vitest";
import { FILES } from "./manifests";
import { notesLab, play } from "./play";

const START = `kubectl create -f pods/healthy-monolith.yaml
kubectl expose pod healthy-monolith --port 80
kubectl wait pod healthy-monolith --for condition=Ready
kubectl port-forward healthy-monolith 10081:81 > /dev/null &
sleep 1
`;

const ADDRESSES = `kubectl get endpointslices -l kubernetes.io/service-name=healthy-monolith -o jsonpath='{.items[*].endpoints[*].conditions.ready}{"\\n"}'`;

test("N5: not ready, it leaves the endpoints; ready again, it comes back", async () => {
  const screen = await play(
    notesLab({ files: FILES }),
    `${START}kubectl describe pod healthy-monolith | grep -E 'Liveness|Readiness|Ready:|Restart Count'
kubectl get pods; ${ADDRESSES}
curl -s http://127.0.0.1:10081/readiness/status
sleep 35
kubectl get pods; ${ADDRESSES}
curl -sS -m 2 http://$(kubectl get service healthy-monolith -o jsonpath='{.spec.clusterIP}')
curl -s http://127.0.0.1:10081/readiness/status
sleep 15
kubectl get pods; ${ADDRESSES}
kubectl get events --field-selector reason=Unhealthy -o custom-columns=COUNT:.count,MESSAGE:.message`,
  );
  expect(screen).toMatchInlineSnapshot(`
    "pod/healthy-monolith created
    service/healthy-monolith exposed
    pod/healthy-monolith condition met
        Ready:          True
        Restart Count:  0
        Liveness:     http-get http://:81/healthz delay=5s timeout=5s period=15s #success=1 #failure=3
        Readiness:    http-get http://:81/readiness delay=5s timeout=1s period=10s #success=1 #failure=3
    NAME               READY   STATUS    RESTARTS   AGE
    healthy-monolith   1/1     Running   0          14s
    true
    NAME               READY   STATUS    RESTARTS   AGE
    healthy-monolith   0/1     Running   0          49s
    false
    curl: (28) Connection timed out after 2000 milliseconds
    NAME               READY   STATUS    RESTARTS   AGE
    healthy-monolith   1/1     Running   0          66s
    true
    COUNT   MESSAGE
    3       Readiness probe failed: HTTP probe failed with statuscode: 503
    "
  `);
});

test("N5: unhealthy, it is restarted after three failures, fifteen seconds apart", async () => {
  const screen = await play(
    notesLab({ files: FILES }),
    `${START}kubectl get pods -w &
curl -s http://127.0.0.1:10081/healthz/status
sleep 60
kill %2
kubectl describe pod healthy-monolith | sed -n '/Last State/,/Restart Count/p;/^Events/,$p'`,
  );
  expect(screen).toMatchInlineSnapshot(`
    "pod/healthy-monolith created
    service/healthy-monolith exposed
    pod/healthy-monolith condition met
    NAME               READY   STATUS    RESTARTS   AGE
    healthy-monolith   1/1     Running   0          14s
    healthy-monolith   0/1     Running   1 (1s ago)   46s
    healthy-monolith   1/1     Running   1 (11s ago)   56s
        Last State:     Terminated
          Reason:       Completed
          Exit Code:    0
          Started:      Mon, 05 Jan 2026 09:00:02 +0000
          Finished:     Mon, 05 Jan 2026 09:00:45 +0000
        Ready:          True
        Restart Count:  1
    Events:
      Type     Reason     Age                From               Message
      ----     ------     ----               ----               -------
      Normal   Scheduled  74s                default-scheduler  Successfully assigned default/healthy-monolith to NODE
      Normal   Pulling    74s                kubelet            Pulling image "udacity/example-monolith:1.0.0"
      Normal   Pulled     72s                kubelet            Successfully pulled image "udacity/example-monolith:1.0.0" in DURATION (DURATION including waiting). Image size: 5452595 bytes.
      Normal   Created    29s (x2 over 72s)  kubelet            Created container: monolith
      Normal   Started    29s (x2 over 72s)  kubelet            Started container monolith
      Warning  Unhealthy  29s (x3 over 59s)  kubelet            Liveness probe failed: HTTP probe failed with statuscode: 503
      Normal   Killing    29s                kubelet            Container monolith failed liveness probe, will be restarted
      Normal   Pulled     29s                kubelet            Container image "udacity/example-monolith:1.0.0" already present on machine
    "
  `);
});

test("N5: unhealthy again and again, it waits in a back-off that doubles", async () => {
  const screen = await play(
    notesLab({ files: FILES }),
    `${START}for round in 1 2 3 4 5 6 7; do curl -s http://127.0.0.1:10081/healthz/status; sleep 60; done
kubectl get pods
kubectl get events --field-selector reason=BackOff -o custom-columns=TYPE:.type,MESSAGE:.message`,
  );
  expect(screen).toMatchInlineSnapshot(`
    "pod/healthy-monolith created
    service/healthy-monolith exposed
    pod/healthy-monolith condition met
    E0105 09:06:14.013000    1004 portforward.go:424] "Unhandled Error" err="an error occurred forwarding 10081 -> 81: error forwarding port 81 to pod UID, uid : failed to execute portforward in network namespace: failed to connect to localhost:81 inside namespace, IPv4: dial tcp4 127.0.0.1:81: connect: connection refused IPv6 dial tcp6 [::1]:81: connect: connection refused "
    error: lost connection to pod
    NAME               READY   STATUS    RESTARTS      AGE
    healthy-monolith   0/1     Running   6 (89s ago)   7m14s
    TYPE      MESSAGE
    Warning   Back-off restarting failed container monolith in pod healthy-monolith_default(UID)
    "
  `);
});
