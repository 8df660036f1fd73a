import { expect, it } from "vitest";
import { Cluster } from "../../cluster";

const MERGE = { "content-type": "application/merge-patch+json" };
const label = (cluster: Cluster, labels: Record<string, string>) =>
  cluster.request({
    method: "PATCH",
    path: "/api/v1/namespaces/default",
    headers: MERGE,
    body: {
      metadata: {
        labels: Object.fromEntries(
          Object.entries(labels).map(([key, value]) => [`pod-security.kubernetes.io/${key}`, value]),
        ),
      },
    },
  });

const RISKY = { hostNetwork: true, containers: [{ name: "c", image: "nginx" }] };
const TEXT = "host namespaces (hostNetwork=true)";

function pod(cluster: Cluster, name: string, spec: any) {
  const body = { apiVersion: "v1", kind: "Pod", metadata: { name }, spec };
  return cluster.request({ method: "POST", path: "/api/v1/namespaces/default/pods", body });
}

function deployment(cluster: Cluster) {
  const labels = { app: "d" };
  const body = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "d" },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: RISKY } },
  };
  return cluster.request({ method: "POST", path: "/apis/apps/v1/namespaces/default/deployments", body });
}

it("refuses pods beyond the level, and warns of templates that will make such pods", () => {
  const cluster = Cluster.create();
  label(cluster, { enforce: "baseline", "enforce-version": "v1.33" });
  expect(pod(cluster, "p", RISKY).body).toMatchObject({
    code: 403,
    message: `pods "p" is forbidden: violates PodSecurity "baseline:v1.33": ${TEXT}`,
  });
  const made = deployment(cluster);
  expect(made.status).toBe(201);
  expect(made.warnings).toEqual([`would violate PodSecurity "baseline:v1.33": ${TEXT}`]);
  cluster.advanceTo(cluster.nowMs + 5_000);
  const events = cluster.store.list("events", "default").map(({ reason, message }) => `${reason} ${message}`);
  expect(events).toContainEqual(
    expect.stringMatching(
      /^FailedCreate Error creating: pods "d-\w+-\w+" is forbidden: violates PodSecurity "baseline:v1\.33": host namespaces/,
    ),
  );
});

it("only warns where warnings are asked for", () => {
  const cluster = Cluster.create();
  label(cluster, { warn: "baseline" });
  const answer = pod(cluster, "p", RISKY);
  expect([answer.status, answer.warnings]).toEqual([201, [`would violate PodSecurity "baseline:latest": ${TEXT}`]]);
});

it("refuses labels that it cannot read", () => {
  const cluster = Cluster.create();
  expect(label(cluster, { enforce: "strict", "warn-version": "1.33" }).body).toMatchObject({
    code: 422,
    message:
      'Namespace "default" is invalid: [metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "strict": must be one of privileged, baseline, restricted, metadata.labels[pod-security.kubernetes.io/warn-version]: Invalid value: "1.33": must be "latest" or "v1.x"]',
  });
});

it("warns of the pods that a stricter level would not let in", () => {
  const cluster = Cluster.create();
  for (const name of ["b", "a", "c"]) pod(cluster, name, RISKY);
  pod(cluster, "good", { containers: RISKY.containers });
  expect(label(cluster, { enforce: "baseline" }).warnings).toEqual([
    'existing pods in namespace "default" violate the new PodSecurity enforce level "baseline:latest"',
    "a (and 2 other pods): host namespaces",
  ]);
  expect(label(cluster, { enforce: "baseline", audit: "restricted" }).warnings ?? []).toEqual([]);
});
