/** Manifests that several areas use. */

export const WEB = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
  labels: {app: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
      - name: web
        image: nginx:1.25
        ports: [{containerPort: 80}]
---
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  selector: {app: shop}
  ports: [{port: 80}]
`;

export const POD = `apiVersion: v1
kind: Pod
metadata: {name: talker, labels: {app: talker}}
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - name: main
    image: busybox
    command: [sh, -c, "echo started; sleep 100000"]
`;

/** POD with one more label. */
export const CHANGED_POD = POD.replace("{app: talker}", "{app: talker, tier: back}");

export const SETTINGS = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {colour: blue, size: "3"}
`;

/** A pod that talks and a deployment with its service, up and running. */
export const RUNNING = [
  "kubectl apply -f web.yaml -f pod.yaml -f settings.yaml",
  "kubectl wait --for=condition=Ready pod/talker --timeout=60s",
  "kubectl rollout status deploy shop --timeout=60s",
];
export const RUNNING_FILES = { "web.yaml": WEB, "pod.yaml": POD, "settings.yaml": SETTINGS };
