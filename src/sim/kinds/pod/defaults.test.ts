import { describe, expect, it } from "vitest";
import { defaultDeployment } from "../deployment/defaults";
import { defaultSecret } from "../secret/defaults";
import { defaultService } from "../service/defaults";
import { defaultPod, defaultPullPolicy } from "./defaults";
import { qosClass } from "./qos";

const container = (more: object = {}) => ({ name: "web", image: "nginx:1.27", ...more });
const DEFAULTED = {
  name: "web",
  image: "nginx:1.27",
  imagePullPolicy: "IfNotPresent",
  resources: {},
  terminationMessagePath: "/dev/termination-log",
  terminationMessagePolicy: "File",
};
const POD_SPEC = {
  dnsPolicy: "ClusterFirst",
  restartPolicy: "Always",
  schedulerName: "default-scheduler",
  securityContext: {},
  terminationGracePeriodSeconds: 30,
};

function pod(spec: object): any {
  const draft: any = { metadata: { name: "web" }, spec };
  defaultPod(draft);
  const once = structuredClone(draft);
  defaultPod(draft);
  expect(draft, "idempotent").toEqual(once);
  return draft.spec;
}

describe("defaults", () => {
  it("fills in a pod", () => {
    expect(pod({ containers: [container()] })).toEqual({
      ...POD_SPEC,
      enableServiceLinks: true,
      containers: [DEFAULTED],
    });
  });

  it("fills in probes, ports, hooks, references and quantities of a container", () => {
    const [got] = pod({
      containers: [
        container({
          ports: [{ containerPort: 80 }],
          livenessProbe: { httpGet: { port: 80 } },
          lifecycle: { preStop: { httpGet: { port: 80 } } },
          env: [{ name: "IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } }],
          resources: { limits: { cpu: 0.5, memory: "1024Mi" }, requests: { cpu: "100m" } },
        }),
      ],
    }).containers;
    expect(got).toEqual({
      ...DEFAULTED,
      ports: [{ containerPort: 80, protocol: "TCP" }],
      livenessProbe: {
        httpGet: { port: 80, path: "/", scheme: "HTTP" },
        timeoutSeconds: 1,
        periodSeconds: 10,
        successThreshold: 1,
        failureThreshold: 3,
      },
      lifecycle: { preStop: { httpGet: { port: 80, path: "/", scheme: "HTTP" } } },
      env: [{ name: "IP", valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "status.podIP" } } }],
      resources: { limits: { cpu: "500m", memory: "1Gi" }, requests: { cpu: "100m", memory: "1Gi" } },
    });
  });

  it("fills in volumes", () => {
    const volumes = [
      { name: "a" },
      { name: "b", secret: { secretName: "s" } },
      { name: "c", hostPath: { path: "/x" } },
      { name: "d", projected: { sources: [{ serviceAccountToken: { path: "token" } }] } },
    ];
    expect(pod({ containers: [container()], volumes }).volumes).toEqual([
      { name: "a", emptyDir: {} },
      { name: "b", secret: { secretName: "s", defaultMode: 420 } },
      { name: "c", hostPath: { path: "/x", type: "" } },
      {
        name: "d",
        projected: { defaultMode: 420, sources: [{ serviceAccountToken: { path: "token", expirationSeconds: 3600 } }] },
      },
    ]);
  });

  it.each([
    ["nginx", "Always"],
    ["nginx:latest", "Always"],
    ["localhost:5000/nginx", "Always"],
    ["localhost:5000/nginx:1", "IfNotPresent"],
    ["nginx@sha256:abc", "IfNotPresent"],
  ])("pulls %s %s", (image, policy) => {
    expect(defaultPullPolicy(image)).toBe(policy);
  });

  it("fills in a Deployment", () => {
    const draft: any = {
      metadata: { name: "web" },
      spec: {
        selector: { matchLabels: { app: "web" } },
        template: { metadata: { labels: { app: "web" } }, spec: { containers: [container()] } },
      },
    };
    defaultDeployment(draft);
    expect(draft.spec).toEqual({
      replicas: 1,
      selector: { matchLabels: { app: "web" } },
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: "25%" } },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      template: {
        metadata: { creationTimestamp: null, labels: { app: "web" } },
        spec: { ...POD_SPEC, containers: [DEFAULTED] },
      },
    });
  });

  it("fills in a Service", () => {
    const draft: any = {
      metadata: { name: "web" },
      spec: { type: "LoadBalancer", sessionAffinity: "ClientIP", ports: [{ port: 80 }] },
    };
    defaultService(draft);
    expect(draft.spec).toEqual({
      type: "LoadBalancer",
      sessionAffinity: "ClientIP",
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 10800 } },
      ports: [{ port: 80, protocol: "TCP", targetPort: 80 }],
      externalTrafficPolicy: "Cluster",
      internalTrafficPolicy: "Cluster",
      allocateLoadBalancerNodePorts: true,
    });
  });

  it("turns a Secret's texts into data", () => {
    const draft: any = {
      metadata: { name: "s" },
      data: { a: "Yg==" },
      stringData: { password: "hunter2", greeting: "grüße 你好" },
    };
    defaultSecret(draft);
    expect(draft).toEqual({
      metadata: { name: "s" },
      type: "Opaque",
      data: {
        a: "Yg==",
        password: Buffer.from("hunter2").toString("base64"),
        greeting: Buffer.from("grüße 你好").toString("base64"),
      },
    });
  });
});

describe("quality of service", () => {
  const both = { cpu: "1", memory: "1Gi" };
  it.each([
    [[{}], "BestEffort"],
    [[{ resources: { requests: { cpu: "1" } } }], "Burstable"],
    [[{ resources: { limits: both, requests: both } }], "Guaranteed"],
    [[{ resources: { limits: both, requests: { cpu: "1000m", memory: "1024Mi" } } }], "Guaranteed"],
    [[{ resources: { limits: both, requests: both } }, {}], "Burstable"],
  ])("%#", (containers, expected) => {
    expect(qosClass({ containers } as any)).toBe(expected);
  });
});
