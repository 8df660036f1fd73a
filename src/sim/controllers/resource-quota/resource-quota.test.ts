import { expect, it } from "vitest";
import { TestCluster } from "../testing";

const QUOTAS = "/api/v1/namespaces/default/resourcequotas";
const body = (hard: Record<string, string>) => ({
  apiVersion: "v1",
  kind: "ResourceQuota",
  metadata: { name: "q" },
  spec: { hard },
});

it("counts what is there when a quota comes, and anew when its bounds change", () => {
  const test = new TestCluster();
  test.request("POST", "/api/v1/namespaces/default/services", {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "s" },
    spec: { ports: [{ port: 80 }], type: "NodePort" },
  });
  test.request("POST", QUOTAS, body({ services: "5", "services.nodeports": "3" }));
  test.settle();
  expect(test.get("resourcequotas", "q").status).toEqual({
    hard: { services: "5", "services.nodeports": "3" },
    used: { services: "2", "services.nodeports": "1" },
  });
  test.request("PATCH", `${QUOTAS}/q`, { spec: { hard: { services: "1", "count/deployments.apps": "2" } } });
  test.settle();
  expect(test.get("resourcequotas", "q").status).toEqual({
    hard: { services: "1", "services.nodeports": "3", "count/deployments.apps": "2" },
    used: { services: "2", "services.nodeports": "1", "count/deployments.apps": "0" },
  });
});
