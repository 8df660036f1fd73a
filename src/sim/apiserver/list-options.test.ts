import { expect, it } from "vitest";
import { Cluster } from "../cluster";

const cluster = Cluster.create();
const PODS = "/api/v1/namespaces/default/pods";
const ask = (query: Record<string, string>, path = PODS) => cluster.request({ method: "GET", path, query }).body as any;

it("refuses options of a list that do not go together", () => {
  expect(ask({ resourceVersionMatch: "Sometimes", sendInitialEvents: "true" }).message).toBe(
    'ListOptions.meta.k8s.io "" is invalid: [resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided, resourceVersionMatch: Unsupported value: "Sometimes": supported values: "Exact", "NotOlderThan", "", sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list]',
  );
});

it("does not wait for a version that is not there", () => {
  const current = ask({}).metadata.resourceVersion;
  expect(ask({ resourceVersion: "99999999" })).toMatchObject({
    code: 504,
    reason: "Timeout",
    message: `Timeout: Too large resource version: 99999999, current: ${current}`,
    details: {
      causes: [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }],
      retryAfterSeconds: 1,
    },
  });
});

it("tells of its health, check by check", () => {
  expect(ask({}, "/readyz")).toBe("ok");
  expect(ask({}, "/livez/etcd")).toBe("ok");
  const lines = ask({ verbose: "", exclude: ["etcd", "nothing"] as any }, "/livez").split("\n");
  expect(lines.slice(0, 3)).toEqual(["[+]ping ok", "[+]log ok", "[+]etcd excluded: ok"]);
  expect(lines.slice(-3)).toEqual([
    'warn: some health checks cannot be excluded: no matches for "nothing"',
    "livez check passed",
    "",
  ]);
});
