import { expect, it } from "vitest";
import { Cluster } from "../../cluster";

const PATH = "/apis/networking.k8s.io/v1/namespaces/default/ingresses";
const CLASSES = "/apis/networking.k8s.io/v1/ingressclasses";
const spec = { defaultBackend: { service: { name: "a", port: { number: 80 } } } };

function create(cluster: Cluster, name: string, rest: any = {}): any {
  const body = {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name, ...rest.metadata },
    spec: { ...spec, ...rest.spec },
  };
  return cluster.request({ method: "POST", path: PATH, body }).body;
}

it("gives an Ingress the newest default class, unless it names one in either way", () => {
  const cluster = Cluster.create();
  expect(create(cluster, "before").spec.ingressClassName).toBeUndefined();
  for (const name of ["old", "new"]) {
    const metadata = { name, annotations: { "ingressclass.kubernetes.io/is-default-class": "true" } };
    const body = {
      apiVersion: "networking.k8s.io/v1",
      kind: "IngressClass",
      metadata,
      spec: { controller: "example.com/x" },
    };
    cluster.request({ method: "POST", path: CLASSES, body });
    cluster.advanceTo(cluster.nowMs + 2000);
  }
  expect(create(cluster, "plain").spec.ingressClassName).toBe("new");
  expect(create(cluster, "named", { spec: { ingressClassName: "old" } }).spec.ingressClassName).toBe("old");
  const annotations = { "kubernetes.io/ingress.class": "nginx" };
  expect(create(cluster, "annotated", { metadata: { annotations } }).spec.ingressClassName).toBeUndefined();
});

it("refuses snippets and paths that are taken, as long as ingress-nginx is there to be asked", () => {
  const cluster = Cluster.create({ addons: ["ingress-nginx"] });
  const rules = [{ host: "h", http: { paths: [{ path: "/", pathType: "Prefix", backend: spec.defaultBackend }] } }];
  const annotations = { "nginx.ingress.kubernetes.io/configuration-snippet": "return 418;" };
  const denied = 'admission webhook "validate.nginx.ingress.kubernetes.io" denied the request:';
  expect(create(cluster, "teapot", { metadata: { annotations } })).toMatchObject({
    code: 400,
    message: `${denied} nginx.ingress.kubernetes.io/configuration-snippet annotation cannot be used. Snippet directives are disabled by the Ingress administrator`,
  });
  expect(create(cluster, "one", { spec: { rules } }).kind).toBe("Ingress");
  expect(create(cluster, "two", { spec: { rules } }).message).toBe(
    `${denied} host "h" and path "/" is already defined in ingress default/one`,
  );
  const scale = { spec: { replicas: 0 } };
  const deployment = "/apis/apps/v1/namespaces/ingress-nginx/deployments/ingress-nginx-controller";
  cluster.request({
    method: "PATCH",
    path: deployment,
    body: scale,
    headers: { "content-type": "application/merge-patch+json" },
  });
  cluster.advanceTo(cluster.nowMs + 10_000);
  expect(create(cluster, "teapot", { metadata: { annotations } }).kind).toBe("Ingress");
});
