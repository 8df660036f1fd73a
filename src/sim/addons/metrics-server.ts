import type { NewObject } from "../apiserver/client";

/** As minikube's add-on of this name installs it. */

const NAMESPACE = "kube-system";
const IMAGE = "registry.k8s.io/metrics-server/metrics-server:v0.8.0";
const APP = { "k8s-app": "metrics-server" };
const MANAGED = { "addonmanager.kubernetes.io/mode": "Reconcile" };
const LABELS = { ...APP, ...MANAGED };
const ADDON = { "kubernetes.io/minikube-addons": "metrics-server", ...MANAGED };

export function metricsServerManifests(): NewObject[] {
  const named = { name: "metrics-server", namespace: NAMESPACE };
  const account = { kind: "ServiceAccount", name: "metrics-server", namespace: NAMESPACE };
  const role = (kind: "Role" | "ClusterRole", name: string) => ({ apiGroup: RBAC, kind, name });
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { ...named, labels: LABELS } },
    {
      apiVersion: `${RBAC}/v1`,
      kind: "ClusterRole",
      metadata: {
        name: "system:aggregated-metrics-reader",
        labels: {
          ...LABELS,
          "rbac.authorization.k8s.io/aggregate-to-admin": "true",
          "rbac.authorization.k8s.io/aggregate-to-edit": "true",
          "rbac.authorization.k8s.io/aggregate-to-view": "true",
        },
      },
      rules: [{ apiGroups: ["metrics.k8s.io"], resources: ["pods", "nodes"], verbs: ["get", "list", "watch"] }],
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: "ClusterRole",
      metadata: { name: "system:metrics-server", labels: LABELS },
      rules: [
        { apiGroups: [""], resources: ["nodes/metrics"], verbs: ["get"] },
        { apiGroups: [""], resources: ["pods", "nodes"], verbs: ["get", "list", "watch"] },
      ],
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: "RoleBinding",
      metadata: { name: "metrics-server-auth-reader", namespace: NAMESPACE, labels: LABELS },
      roleRef: role("Role", "extension-apiserver-authentication-reader"),
      subjects: [account],
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name: "metrics-server:system:auth-delegator", labels: LABELS },
      roleRef: role("ClusterRole", "system:auth-delegator"),
      subjects: [account],
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name: "system:metrics-server", labels: LABELS },
      roleRef: role("ClusterRole", "system:metrics-server"),
      subjects: [account],
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { ...named, labels: { ...ADDON, ...APP } },
      spec: { ports: [{ name: "https", port: 443, protocol: "TCP", targetPort: "https" }], selector: APP },
    },
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { ...named, labels: { ...APP, ...ADDON } },
      spec: {
        selector: { matchLabels: APP },
        strategy: { rollingUpdate: { maxUnavailable: 0 } },
        template: { metadata: { name: "metrics-server", labels: APP }, spec: podSpec() },
      },
    },
    {
      apiVersion: "apiregistration.k8s.io/v1",
      kind: "APIService",
      metadata: { name: "v1beta1.metrics.k8s.io", labels: { ...ADDON, ...APP } },
      spec: {
        group: "metrics.k8s.io",
        groupPriorityMinimum: 100,
        insecureSkipTLSVerify: true,
        service: { name: "metrics-server", namespace: NAMESPACE },
        version: "v1beta1",
        versionPriority: 100,
      },
    },
  ] as NewObject[];
}

const RBAC = "rbac.authorization.k8s.io";

function podSpec() {
  const probe = (path: string, more: Record<string, number>) => ({
    httpGet: { path, port: "https", scheme: "HTTPS" },
    periodSeconds: 10,
    failureThreshold: 3,
    ...more,
  });
  return {
    containers: [
      {
        name: "metrics-server",
        image: IMAGE,
        imagePullPolicy: "IfNotPresent",
        args: [
          "--cert-dir=/tmp",
          "--secure-port=4443",
          "--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname",
          "--kubelet-use-node-status-port",
          "--metric-resolution=60s",
          "--kubelet-insecure-tls",
        ],
        resources: { requests: { cpu: "100m", memory: "200Mi" } },
        ports: [{ name: "https", containerPort: 4443, protocol: "TCP" }],
        readinessProbe: probe("/readyz", {}),
        livenessProbe: probe("/livez", {}),
        securityContext: { readOnlyRootFilesystem: true, runAsNonRoot: true, runAsUser: 1000 },
        volumeMounts: [{ mountPath: "/tmp", name: "tmp-dir" }],
      },
    ],
    nodeSelector: { "kubernetes.io/os": "linux" },
    priorityClassName: "system-cluster-critical",
    serviceAccountName: "metrics-server",
    volumes: [{ emptyDir: {}, name: "tmp-dir" }],
  };
}
