import { expect, test, vi } from "vitest";
import { Bench } from "./testing/bench";

vi.mock("../images/catalog", async (original) => (await import("./testing/programs")).mockCatalog(original as any));
vi.mock("../images/programs", async (original) => (await import("./testing/programs")).mockPrograms(original as any));

const FULL_ENV = [
  { name: "PLAIN", value: "v" },
  { name: "USES", value: "$(PLAIN)-$$(PLAIN)-$(NONE)" },
  { name: "NODE", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
  { name: "LABEL", valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } },
  { name: "IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
  { name: "CPU", valueFrom: { resourceFieldRef: { resource: "limits.cpu", divisor: "1m" } } },
  { name: "MEMORY", valueFrom: { resourceFieldRef: { resource: "limits.memory", divisor: "1Mi" } } },
  { name: "SECRET", valueFrom: { secretKeyRef: { name: "s", key: "password" } } },
  { name: "PERHAPS", valueFrom: { configMapKeyRef: { name: "none", key: "k", optional: true } } },
];

test("the environment of a container", () => {
  const bench = new Bench();
  bench.create("secrets", { metadata: { name: "s" }, data: { password: "c2VzYW1l" } });
  bench.create("configmaps", { metadata: { name: "conf" }, data: { level: "debug" } });
  bench.create("services", {
    metadata: { name: "my-db" },
    spec: { clusterIP: "10.96.7.7", ports: [{ name: "sql", port: 5432 }] },
  });
  bench.pod(
    {
      env: FULL_ENV,
      envFrom: [{ prefix: "C_", configMapRef: { name: "conf" } }],
      args: ["serve", "$(C_level)", "$(PLAIN)"],
      workingDir: "/work",
      resources: { limits: { cpu: "250m", memory: "64Mi" } },
    },
    {},
    { labels: { app: "web" } },
  );
  bench.timeline(3);
  const { env, processes, workingDirectory, hostname, files } = bench.cluster.runtime.inspect(bench.ref())!;
  const { IP, ...rest } = env;
  expect(IP).toBe(bench.get().status.podIP);
  expect(rest).toMatchInlineSnapshot(`
    {
      "CPU": "250",
      "C_level": "debug",
      "HOME": "/root",
      "HOSTNAME": "p",
      "KUBERNETES_PORT": "tcp://10.96.0.1:443",
      "KUBERNETES_PORT_443_TCP": "tcp://10.96.0.1:443",
      "KUBERNETES_PORT_443_TCP_ADDR": "10.96.0.1",
      "KUBERNETES_PORT_443_TCP_PORT": "443",
      "KUBERNETES_PORT_443_TCP_PROTO": "tcp",
      "KUBERNETES_SERVICE_HOST": "10.96.0.1",
      "KUBERNETES_SERVICE_PORT": "443",
      "KUBERNETES_SERVICE_PORT_HTTPS": "443",
      "LABEL": "web",
      "MEMORY": "64",
      "MY_DB_PORT": "tcp://10.96.7.7:5432",
      "MY_DB_PORT_5432_TCP": "tcp://10.96.7.7:5432",
      "MY_DB_PORT_5432_TCP_ADDR": "10.96.7.7",
      "MY_DB_PORT_5432_TCP_PORT": "5432",
      "MY_DB_PORT_5432_TCP_PROTO": "tcp",
      "MY_DB_SERVICE_HOST": "10.96.7.7",
      "MY_DB_SERVICE_PORT": "5432",
      "MY_DB_SERVICE_PORT_SQL": "5432",
      "NODE": "node-1",
      "PATH": "/usr/local/bin:/bin",
      "PLAIN": "v",
      "SECRET": "sesame",
      "USES": "v-$(PLAIN)-$(NONE)",
    }
  `);
  expect(processes.map((process) => process.argv)).toEqual([["serve", "debug", "v"]]);
  expect([workingDirectory, hostname, files.stat("/work")?.type]).toEqual(["/work", "p", "directory"]);
});

test("files that the kubelet writes", () => {
  const bench = new Bench();
  bench.pod(
    {},
    {
      hostAliases: [{ ip: "1.2.3.4", hostnames: ["a", "b"] }],
      dnsConfig: { searches: ["example.com"], options: [{ name: "ndots", value: "2" }] },
    },
  );
  bench.timeline(3);
  const { files } = bench.cluster.runtime.inspect(bench.ref())!;
  expect(files.readFile("/etc/hosts").replace(bench.get().status.podIP, "IP")).toMatchInlineSnapshot(`
    "# Kubernetes-managed hosts file.
    127.0.0.1	localhost
    ::1	localhost ip6-localhost ip6-loopback
    fe00::0	ip6-localnet
    fe00::0	ip6-mcastprefix
    fe00::1	ip6-allnodes
    fe00::2	ip6-allrouters
    IP	p

    # Entries added by HostAliases.
    1.2.3.4	a	b
    "
  `);
  expect(files.readFile("/etc/resolv.conf")).toMatchInlineSnapshot(`
    "search default.svc.cluster.local svc.cluster.local cluster.local example.com
    nameserver 10.96.0.10
    options ndots:2
    "
  `);
  expect(files.readFile("/etc/hostname")).toBe("p\n");
  expect(files.readFile("/proc/1/cmdline")).toBe("serve\0" + "80\0");
});
