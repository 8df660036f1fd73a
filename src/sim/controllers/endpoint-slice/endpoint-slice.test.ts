import { expect, test } from "vitest";
import { DEPLOYMENTS_PATH, deployment, PAUSE, PODS_PATH, SERVICES_PATH, TestCluster } from "../testing";

const SLICES = "endpointslices.discovery.k8s.io";
const service = (name: string, spec: object) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, labels: { team: "a" } },
  spec,
});
const pod = (name: string, extra: object = {}) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, labels: { app: "web" } },
  spec: { containers: [{ name: "main", image: PAUSE, ports: [{ name: "http", containerPort: 8080 }] }], ...extra },
});
const ipOf = (lab: TestCluster, name: string): string => lab.get("pods", name).status.podIP;

function start(spec: object = {}): TestCluster {
  const lab = new TestCluster();
  lab.request(
    "POST",
    SERVICES_PATH,
    service("web", { selector: { app: "web" }, ports: [{ name: "http", port: 80, targetPort: "http" }], ...spec }),
  );
  lab.request("POST", PODS_PATH, pod("a"));
  lab.settle();
  return lab;
}

test("a ready pod is in Endpoints and EndpointSlice, on the port that its name stands for", () => {
  const lab = start();
  const { uid } = lab.get("pods", "a").metadata;
  const { nodeName } = lab.get("pods", "a").spec;
  const targetRef = { kind: "Pod", namespace: "default", name: "a", uid };
  expect(lab.get("endpoints", "web")).toMatchObject({
    metadata: { labels: { team: "a", "endpoints.kubernetes.io/managed-by": "endpoint-controller" } },
    subsets: [
      {
        addresses: [{ ip: ipOf(lab, "a"), nodeName, targetRef }],
        ports: [{ name: "http", port: 8080, protocol: "TCP" }],
      },
    ],
  });
  const slices = lab.list(SLICES).filter(({ metadata }) => metadata.name !== "kubernetes");
  expect(slices).toMatchObject([
    {
      metadata: {
        generateName: "web-",
        labels: {
          team: "a",
          "kubernetes.io/service-name": "web",
          "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
        },
        ownerReferences: [{ kind: "Service", name: "web", controller: true }],
      },
      addressType: "IPv4",
      endpoints: [
        {
          addresses: [ipOf(lab, "a")],
          conditions: { ready: true, serving: true, terminating: false },
          nodeName,
          targetRef,
        },
      ],
      ports: [{ name: "http", port: 8080, protocol: "TCP" }],
    },
  ]);
});

test("a pod that is not ready, or going, is told apart", () => {
  const never = {
    readinessProbe: { exec: { command: ["false"] } },
    name: "main",
    image: PAUSE,
    ports: [{ name: "http", containerPort: 8080 }],
  };
  const slow = {
    lifecycle: { preStop: { sleep: { seconds: 5 } } },
    name: "main",
    image: PAUSE,
    ports: [{ name: "http", containerPort: 8080 }],
  };
  const lab = start();
  lab.request("DELETE", `${PODS_PATH}/a`, { gracePeriodSeconds: 0 });
  lab.request("POST", PODS_PATH, pod("a", { containers: [slow] }));
  lab.request("POST", PODS_PATH, pod("b", { containers: [never] }));
  lab.pass(5000);
  expect(lab.get("endpoints", "web").subsets).toMatchObject([
    { addresses: [{ ip: ipOf(lab, "a") }], notReadyAddresses: [{ ip: ipOf(lab, "b") }] },
  ]);
  lab.request("DELETE", `${PODS_PATH}/a`);
  lab.pass(20);
  expect(lab.get("endpoints", "web").subsets).toMatchObject([{ notReadyAddresses: [{ ip: ipOf(lab, "b") }] }]);
  const [slice] = lab.list(SLICES).filter(({ metadata }) => metadata.name !== "kubernetes");
  expect(slice!.endpoints.map(({ conditions }: any) => conditions)).toEqual([
    { ready: false, serving: true, terminating: true },
    { ready: false, serving: false, terminating: false },
  ]);
});

test("without pods one slice stays, and it is filled again", () => {
  const lab = start();
  const name = () =>
    lab
      .list(SLICES)
      .filter(({ metadata }) => metadata.name !== "kubernetes")
      .map(({ metadata }) => metadata.name);
  const before = name();
  lab.request("DELETE", `${PODS_PATH}/a`, { gracePeriodSeconds: 0 });
  lab.settle();
  expect(lab.get("endpoints", "web").subsets).toBeUndefined();
  expect(lab.get(SLICES, before[0]!)).toMatchObject({ endpoints: null, ports: null });
  lab.request("POST", PODS_PATH, pod("c"));
  lab.settle();
  expect(name()).toEqual(before);
  expect(lab.get(SLICES, before[0]!).endpoints.length).toBe(1);
});

test("slices hold a hundred endpoints", () => {
  const lab = new TestCluster();
  lab.request("POST", SERVICES_PATH, service("web", { clusterIP: "None", selector: { app: "web" } }));
  lab.request("POST", DEPLOYMENTS_PATH, deployment("web", { replicas: 120 }));
  lab.settle();
  const slices = lab.list(SLICES).filter(({ metadata }) => metadata.labels!["kubernetes.io/service-name"] === "web");
  expect(slices.map(({ endpoints }) => endpoints.length).sort()).toEqual([100, 20]);
  expect(slices[0]!.metadata.labels).toMatchObject({ "service.kubernetes.io/headless": "" });
});

test("the end of a Service is the end of its endpoints", () => {
  const lab = start();
  lab.request("DELETE", `${SERVICES_PATH}/web`);
  lab.settle();
  expect(lab.find("endpoints", "web")).toBeUndefined();
  expect(lab.list(SLICES).map(({ metadata }) => metadata.name)).toEqual(["kubernetes"]);
});

test("endpoints written by hand are mirrored", () => {
  const lab = new TestCluster();
  lab.request("POST", SERVICES_PATH, service("db", { ports: [{ port: 5432 }] }));
  const subsets = [
    {
      addresses: [{ ip: "10.9.8.7" }],
      notReadyAddresses: [{ ip: "10.9.8.8" }],
      ports: [{ port: 5432, protocol: "TCP" }],
    },
  ];
  lab.request("POST", "/api/v1/namespaces/default/endpoints", {
    apiVersion: "v1",
    kind: "Endpoints",
    metadata: { name: "db" },
    subsets,
  });
  lab.settle();
  const mirrored = lab.list(SLICES).filter(({ metadata }) => metadata.labels!["kubernetes.io/service-name"] === "db");
  expect(mirrored).toMatchObject([
    {
      metadata: { labels: { "endpointslice.kubernetes.io/managed-by": "endpointslicemirroring-controller.k8s.io" } },
      endpoints: [
        { addresses: ["10.9.8.7"], conditions: { ready: true } },
        { addresses: ["10.9.8.8"], conditions: { ready: false } },
      ],
      ports: [{ port: 5432, protocol: "TCP" }],
    },
  ]);
});
