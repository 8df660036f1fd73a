import { expect, test } from "vitest";
import { notesLab, play } from "./play";

/** Where made-up values stand in columns, the width of these is theirs. */
const columns = (text: string): string => text.replaceAll(/ {2,}/g, "  ").replaceAll(/80:3\d{4}/g, "80:NODE-PORT");

test("N1: run nginx, expose it, and visit it, as the notes type it", async () => {
  const lab = notesLab({ kubectl: "classic" });
  const screen = await play(
    lab,
    `kubectl run nginx --image=nginx:1.10.0
sleep 30
kubectl get pods
kubectl expose deployment nginx --port 80 --type LoadBalancer
kubectl get services
sleep 30
kubectl get services
curl -s http://$(kubectl get service nginx -o jsonpath='{.status.loadBalancer.ingress[0].ip}') | grep title`,
  );
  expect(columns(screen.replaceAll(/nginx-\w{9,10}-\w{5}/g, "nginx-HASH-POD"))).toMatchInlineSnapshot(`
    "kubectl run --generator=deployment/apps.v1 is DEPRECATED and will be removed in a future version. Use kubectl run --generator=run-pod/v1 or kubectl create instead.
    deployment.apps/nginx created
    NAME  READY  STATUS  RESTARTS  AGE
    nginx-HASH-POD  1/1  Running  0  30s
    service/nginx exposed
    NAME  TYPE  CLUSTER-IP  EXTERNAL-IP  PORT(S)  AGE
    kubernetes  ClusterIP  CLUSTER-IP  <none>  443/TCP  3m30s
    nginx  LoadBalancer  CLUSTER-IP  <pending>  80:NODE-PORT/TCP  0s
    NAME  TYPE  CLUSTER-IP  EXTERNAL-IP  PORT(S)  AGE
    kubernetes  ClusterIP  CLUSTER-IP  <none>  443/TCP  4m
    nginx  LoadBalancer  CLUSTER-IP  EXTERNAL-IP  80:NODE-PORT/TCP  30s
    <title>Welcome to nginx!</title>
    "
  `);
});

test("N1 with today's kubectl: a pod, which must be exposed as a pod", async () => {
  const screen = await play(
    notesLab(),
    `kubectl run nginx --image=nginx:1.10.0
kubectl wait pod nginx --for condition=Ready
kubectl expose deployment nginx --port 80 --type LoadBalancer
kubectl expose pod nginx --port 80 --type LoadBalancer
sleep 30
kubectl get pods,services`,
  );
  expect(columns(screen)).toMatchInlineSnapshot(`
    "pod/nginx created
    pod/nginx condition met
    Error from server (NotFound): deployments.apps "nginx" not found
    service/nginx exposed
    NAME  READY  STATUS  RESTARTS  AGE
    pod/nginx  1/1  Running  0  35s

    NAME  TYPE  CLUSTER-IP  EXTERNAL-IP  PORT(S)  AGE
    service/kubernetes  ClusterIP  CLUSTER-IP  <none>  443/TCP  3m35s
    service/nginx  LoadBalancer  CLUSTER-IP  EXTERNAL-IP  80:NODE-PORT/TCP  30s
    "
  `);
});
