import { describe, expect, it } from "vitest";
import { Cluster } from "../../cluster";

const TABLE = { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" };

/** The kubelet sees by then that the manifest is gone, and has stopped the pod. */
const NOTICED_MS = 120_000;

const rowsOf = (cluster: Cluster, path: string) => {
  const { body, warnings } = cluster.request({ method: "GET", path, headers: TABLE });
  return { rows: (body as any).rows.map(({ cells }: any) => cells), warnings };
};

describe("what the server makes up when it is asked", () => {
  it("is how the components are, with the warning that this is deprecated", () => {
    const cluster = Cluster.create();
    cluster.apply({ kind: "fault", fault: { fault: "component-down", component: "kube-scheduler" } });
    cluster.advanceTo(cluster.nowMs + NOTICED_MS);
    expect(rowsOf(cluster, "/api/v1/componentstatuses")).toEqual({
      warnings: ["v1 ComponentStatus is deprecated in v1.19+"],
      rows: [
        ["controller-manager", "Healthy", "ok", ""],
        [
          "scheduler",
          "Unhealthy",
          'Get "https://127.0.0.1:10259/healthz": dial tcp 127.0.0.1:10259: connect: connection refused',
          "",
        ],
        ["etcd-0", "Healthy", "ok", ""],
      ],
    });
  });

  it("is an APIService for each group and version", () => {
    const { rows } = rowsOf(Cluster.create(), "/apis/apiregistration.k8s.io/v1/apiservices");
    const shown = rows.map(([name, service, available]: string[]) => [name, service, available]);
    expect(shown).toContainEqual(["v1.", "Local", "True"]);
    expect(shown).toContainEqual(["v2.autoscaling", "Local", "True"]);
  });
});
