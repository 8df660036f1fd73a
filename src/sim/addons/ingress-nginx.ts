import type { NewObject } from "../apiserver/client";

const NAMESPACE = "ingress-nginx";
const IMAGE = "registry.k8s.io/ingress-nginx/controller:v1.12.1";
const CHOSEN = {
  "app.kubernetes.io/component": "controller",
  "app.kubernetes.io/instance": "ingress-nginx",
  "app.kubernetes.io/name": "ingress-nginx",
};
const LABELS = { ...CHOSEN, "app.kubernetes.io/part-of": "ingress-nginx", "app.kubernetes.io/version": "1.12.1" };

/** The controller with a load balancer in front and a class that Ingresses get which name none. */
export function ingressNginxManifests(): NewObject[] {
  const named = (name: string) => ({ name, namespace: NAMESPACE, labels: LABELS });
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE, labels: LABELS } },
    { apiVersion: "v1", kind: "ServiceAccount", metadata: named("ingress-nginx"), automountServiceAccountToken: true },
    { apiVersion: "v1", kind: "ConfigMap", metadata: named("ingress-nginx-controller"), data: {} },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: named("ingress-nginx-controller"),
      spec: {
        type: "LoadBalancer",
        externalTrafficPolicy: "Local",
        selector: CHOSEN,
        ports: [
          { name: "http", port: 80, protocol: "TCP", targetPort: "http", appProtocol: "http" },
          { name: "https", port: 443, protocol: "TCP", targetPort: "https", appProtocol: "https" },
        ],
      },
    },
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: named("ingress-nginx-controller"),
      spec: {
        minReadySeconds: 0,
        revisionHistoryLimit: 10,
        selector: { matchLabels: CHOSEN },
        template: { metadata: { labels: LABELS }, spec: podSpec() },
      },
    },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "IngressClass",
      metadata: {
        name: "nginx",
        labels: LABELS,
        annotations: { "ingressclass.kubernetes.io/is-default-class": "true" },
      },
      spec: { controller: "k8s.io/ingress-nginx" },
    },
  ] as NewObject[];
}

function podSpec() {
  const probe = (failureThreshold: number) => ({
    failureThreshold,
    httpGet: { path: "/healthz", port: 10_254, scheme: "HTTP" },
    initialDelaySeconds: 10,
    periodSeconds: 10,
    timeoutSeconds: 1,
  });
  return {
    containers: [
      {
        name: "controller",
        image: IMAGE,
        imagePullPolicy: "IfNotPresent",
        args: [
          "/nginx-ingress-controller",
          "--publish-service=$(POD_NAMESPACE)/ingress-nginx-controller",
          "--election-id=ingress-nginx-leader",
          "--controller-class=k8s.io/ingress-nginx",
          "--ingress-class=nginx",
          "--configmap=$(POD_NAMESPACE)/ingress-nginx-controller",
        ],
        env: [
          { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
          { name: "POD_NAMESPACE", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } },
        ],
        lifecycle: { preStop: { exec: { command: ["/wait-shutdown"] } } },
        livenessProbe: probe(5),
        readinessProbe: probe(3),
        ports: [
          { containerPort: 80, name: "http", protocol: "TCP" },
          { containerPort: 443, name: "https", protocol: "TCP" },
        ],
        resources: { requests: { cpu: "100m", memory: "90Mi" } },
      },
    ],
    dnsPolicy: "ClusterFirst",
    nodeSelector: { "kubernetes.io/os": "linux" },
    serviceAccountName: "ingress-nginx",
    terminationGracePeriodSeconds: 300,
  };
}
