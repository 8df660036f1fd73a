import { expect, test } from "vitest";
import { notesLab, play } from "./play";

const MANIFEST = `cat > php-apache.yaml <<'EOF'
apiVersion: apps/v1
kind: Deployment
metadata: {name: php-apache}
spec:
  selector: {matchLabels: {run: php-apache}}
  template:
    metadata: {labels: {run: php-apache}}
    spec:
      containers:
      - name: php-apache
        image: registry.k8s.io/hpa-example
        ports: [{containerPort: 80}]
        resources: {limits: {cpu: 500m}, requests: {cpu: 200m}}
---
apiVersion: v1
kind: Service
metadata: {name: php-apache, labels: {run: php-apache}}
spec: {ports: [{port: 80}], selector: {run: php-apache}}
EOF
kubectl apply -f php-apache.yaml
kubectl autoscale deployment php-apache --cpu-percent=50 --min=1 --max=10
`;

/** Sends some 1,500 requests, which take the time that this test does. */
test("N24: pods are scaled out under load, and in again five minutes after it is gone", async () => {
  const screen = await play(
    notesLab({ cluster: { addons: ["metrics-server"] } }),
    `${MANIFEST}sleep 10
kubectl get hpa
sleep 120
kubectl get hpa
kubectl run load-generator --image=busybox:1.28 --restart=Never -- /bin/sh -c "while sleep 0.01; do wget -q -O- http://php-apache; done"
for minute in 1 2 3 4 5; do sleep 60; kubectl get hpa --no-headers; done
kubectl get deployment php-apache
kubectl delete pod load-generator
for minute in 1 2 3 4 5 6 7; do sleep 60; kubectl get hpa --no-headers; done
kubectl describe hpa php-apache`,
  );
  expect(screen).toMatchInlineSnapshot(`
    "deployment.apps/php-apache created
    service/php-apache created
    horizontalpodautoscaler.autoscaling/php-apache autoscaled
    NAME         REFERENCE               TARGETS              MINPODS   MAXPODS   REPLICAS   AGE
    php-apache   Deployment/php-apache   cpu: <unknown>/50%   1         10        0          10s
    NAME         REFERENCE               TARGETS       MINPODS   MAXPODS   REPLICAS   AGE
    php-apache   Deployment/php-apache   cpu: 0%/50%   1         10        1          2m10s
    pod/load-generator created
    php-apache   Deployment/php-apache   cpu: 11%/50%   1     10    1     3m10s
    php-apache   Deployment/php-apache   cpu: 231%/50%   1     10    5     4m10s
    php-apache   Deployment/php-apache   cpu: 72%/50%   1     10    5     5m10s
    php-apache   Deployment/php-apache   cpu: 46%/50%   1     10    5     6m10s
    php-apache   Deployment/php-apache   cpu: 46%/50%   1     10    5     7m10s
    NAME         READY   UP-TO-DATE   AVAILABLE   AGE
    php-apache   5/5     5            5           7m10s
    pod "load-generator" deleted
    php-apache   Deployment/php-apache   cpu: 20%/50%   1     10    5     8m41s
    php-apache   Deployment/php-apache   cpu: 0%/50%   1     10    5     9m41s
    php-apache   Deployment/php-apache   cpu: 0%/50%   1     10    5     10m
    php-apache   Deployment/php-apache   cpu: 0%/50%   1     10    5     11m
    php-apache   Deployment/php-apache   cpu: 0%/50%   1     10    5     12m
    php-apache   Deployment/php-apache   cpu: 0%/50%   1     10    2     13m
    php-apache   Deployment/php-apache   cpu: 0%/50%   1     10    1     14m
    Name:                                                  php-apache
    Namespace:                                             default
    Labels:                                                <none>
    Annotations:                                           <none>
    CreationTimestamp:                                     Mon, 05 Jan 2026 09:00:00 +0000
    Reference:                                             Deployment/php-apache
    Metrics:                                               ( current / target )
      resource cpu on pods  (as a percentage of request):  0% (1m) / 50%
    Min replicas:                                          1
    Max replicas:                                          10
    Deployment pods:                                       1 current / 1 desired
    Conditions:
      Type            Status  Reason            Message
      ----            ------  ------            -------
      AbleToScale     True    ReadyForNewScale  recommended size matches current size
      ScalingActive   True    ValidMetricFound  the HPA was able to successfully calculate a replica count from cpu resource utilization (percentage of request)
      ScalingLimited  True    TooFewReplicas    the desired replica count is less than the minimum replica count
    Events:
      Type     Reason                        Age                From                       Message
      ----     ------                        ----               ----                       -------
      Warning  FailedGetResourceMetric       13m (x4 over 14m)  horizontal-pod-autoscaler  failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API
      Warning  FailedComputeMetricsReplicas  13m (x4 over 14m)  horizontal-pod-autoscaler  invalid metrics (1 invalid out of 1), first error is: failed to get cpu resource metric value: failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API
      Normal   SuccessfulRescale             11m                horizontal-pod-autoscaler  New size: 4; reason: cpu resource utilization (percentage of request) above target
      Normal   SuccessfulRescale             11m                horizontal-pod-autoscaler  New size: 5; reason: cpu resource utilization (percentage of request) above target
      Normal   SuccessfulRescale             87s                horizontal-pod-autoscaler  New size: 2; reason: All metrics below target
      Normal   SuccessfulRescale             27s                horizontal-pod-autoscaler  New size: 1; reason: All metrics below target
    "
  `);
}, 60_000);

test("N24: without a metrics server the autoscaler says what it lacks, and leaves the pods alone", async () => {
  const screen = await play(notesLab(), `${MANIFEST}sleep 40\nkubectl get hpa\nkubectl describe hpa php-apache`);
  expect(screen).toMatchInlineSnapshot(`
    "deployment.apps/php-apache created
    service/php-apache created
    horizontalpodautoscaler.autoscaling/php-apache autoscaled
    NAME         REFERENCE               TARGETS              MINPODS   MAXPODS   REPLICAS   AGE
    php-apache   Deployment/php-apache   cpu: <unknown>/50%   1         10        1          40s
    Name:                                                  php-apache
    Namespace:                                             default
    Labels:                                                <none>
    Annotations:                                           <none>
    CreationTimestamp:                                     Mon, 05 Jan 2026 09:00:00 +0000
    Reference:                                             Deployment/php-apache
    Metrics:                                               ( current / target )
      resource cpu on pods  (as a percentage of request):  <unknown> / 50%
    Min replicas:                                          1
    Max replicas:                                          10
    Deployment pods:                                       1 current / 0 desired
    Conditions:
      Type           Status  Reason                   Message
      ----           ------  ------                   -------
      AbleToScale    True    SucceededGetScale        the HPA controller was able to get the target's current scale
      ScalingActive  False   FailedGetResourceMetric  the HPA was unable to compute the replica count: failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)
    Events:
      Type     Reason                        Age                From                       Message
      ----     ------                        ----               ----                       -------
      Warning  FailedGetResourceMetric       10s (x2 over 25s)  horizontal-pod-autoscaler  failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)
      Warning  FailedComputeMetricsReplicas  10s (x2 over 25s)  horizontal-pod-autoscaler  invalid metrics (1 invalid out of 1), first error is: failed to get cpu resource metric value: failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)
    "
  `);
});
