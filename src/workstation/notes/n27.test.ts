import { expect, test } from "vitest";
import { notesLab, play } from "./play";

test("N27: a tour of kubectl", async () => {
  const screen = await play(
    notesLab(),
    `echo 'hostname; wget -qO- http://my-pod-svc:3000; exit' > in.sh
kubectl run my-pod --image=zxcvbnius/docker-demo --port=3000 --labels=app=webserver
kubectl wait pod my-pod --for=condition=Ready
kubectl expose pod my-pod --type=NodePort --name=my-pod-svc
kubectl get services
kubectl run -i alpine --image=alpine --restart=Never < in.sh
kubectl get pods --show-labels -o wide
kubectl exec my-pod -- ls /app
kubectl label pods my-pod env=prod
kubectl get pods my-pod --show-labels
kubectl create deployment web --image=nginx:1.25
kubectl scale --replicas=3 deployment/web
kubectl rollout status deployment/web
kubectl get deployments`,
  );
  expect(screen).toMatchInlineSnapshot(`
    "pod/my-pod created
    pod/my-pod condition met
    service/my-pod-svc exposed
    NAME         TYPE        CLUSTER-IP     EXTERNAL-IP   PORT(S)          AGE
    kubernetes   ClusterIP   CLUSTER-IP      <none>        443/TCP          3m13s
    my-pod-svc   NodePort    CLUSTER-IP   <none>        3000:31015/TCP   0s
    alpine
    Hello World!
    NAME     READY   STATUS      RESTARTS   AGE   IP           NODE     NOMINATED NODE   READINESS GATES   LABELS
    alpine   0/1     Completed   0          4s    POD-IP   node-2   <none>           <none>            run=alpine
    my-pod   1/1     Running     0          17s   POD-IP   node-1   <none>           <none>            app=webserver
    index.js
    package.json
    pod/my-pod labeled
    NAME     READY   STATUS    RESTARTS   AGE   LABELS
    my-pod   1/1     Running   0          17s   app=webserver,env=prod
    deployment.apps/web created
    deployment.apps/web scaled
    Waiting for deployment "web" rollout to finish: 0 of 3 updated replicas are available...
    deployment "web" successfully rolled out
    NAME   READY   UP-TO-DATE   AVAILABLE   AGE
    web    3/3     3            3           6s
    "
  `);
});
