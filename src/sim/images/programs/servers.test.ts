import { expect, test } from "vitest";
import { ContainerFixture } from "./container-fixture";

test("docker-demo greets on port 3000", () => {
  const demo = new ContainerFixture("zxcvbnius/docker-demo");
  expect(demo.listening).toEqual([3000]);
  expect(demo.get("/", { port: 3000 })).toMatchObject({ status: 200, body: "Hello World!" });
  expect(demo.get("/x", { port: 3000 })).toMatchObject({ status: 404, body: "Cannot GET /x\n" });
});

test("kuard's probes fail as often as they are told to", () => {
  const kuard = new ContainerFixture("gcr.io/kuar-demo/kuard-amd64:blue");
  const status = (path: string) => kuard.get(path, { port: 8080 }).status;
  const configure = (body: string) => kuard.get("/ready/api/config", { port: 8080, method: "PUT", body }).status;
  expect(status("/ready")).toBe(200);
  expect(configure('{"failNext":2}')).toBe(200);
  expect([status("/ready"), status("/ready"), status("/ready")]).toEqual([500, 500, 200]);
  expect(configure("{")).toBe(400);
  expect(JSON.parse(kuard.get("/ready/api", { port: 8080 }).body)).toMatchObject({ probePath: "/ready", failNext: 0 });
  expect(kuard.get("/", { port: 8080 }).body).toContain("KUAR Demo version <span>v0.10.0-blue</span>");
  kuard.get("/mem/api/alloc?size=100000000", { port: 8080 });
  expect(kuard.memoryBytes).toBeGreaterThan(100_000_000);
});

test("httpd serves its document root", () => {
  const httpd = new ContainerFixture("httpd:2.4");
  expect(httpd.get("/")).toMatchObject({ status: 200, body: "<html><body><h1>It works!</h1></body></html>\n" });
  expect(httpd.stdout).toBe('10.244.1.1 - - [05/Jan/2026:09:00:00 +0000] "GET / HTTP/1.1" 200 45\n');
  expect(httpd.get("/none")).toMatchObject({ status: 404 });
});

test("redis keeps what it is given", () => {
  const redis = new ContainerFixture("redis:7");
  const cli = (...args: string[]) => redis.command("redis-cli", ...args).stdout;
  expect(cli("ping")).toBe("PONG\n");
  expect(cli("set", "k", "two words")).toBe("OK\n");
  expect(redis.send("", { port: 6379, raw: "GET k\r\n" }).raw).toBe("$9\r\ntwo words\r\n");
  expect([cli("incr", "n"), cli("incrby", "n", "4"), cli("incr", "k")]).toEqual([
    "1\n",
    "5\n",
    "ERR value is not an integer or out of range\n",
  ]);
  expect([cli("rpush", "l", "a", "b"), cli("lrange", "l", "0", "-1"), cli("get", "l")]).toEqual([
    "2\n",
    "a\nb\n",
    "WRONGTYPE Operation against a key holding the wrong kind of value\n",
  ]);
  expect(cli("keys", "*").split("\n").sort()).toEqual(["", "k", "l", "n"]);
  expect([cli("del", "k", "x"), cli("get", "k")]).toEqual(["1\n", "\n"]);
  expect(cli("nope", "a")).toBe("ERR unknown command 'nope', with args beginning with: 'a'\n");
});

test("redis writes down what its options say, and another server on the same files reads it", () => {
  const first = new ContainerFixture("redis:7", { args: ["redis-server", "--appendonly", "yes", "--save", ""] });
  first.command("redis-cli", "set", "k", "v");
  first.command("redis-cli", "rpush", "l", "a", "b c");
  expect(first.files.readFile("/data/appendonlydir/appendonly.aof.1.incr.aof")).toBe(
    "*3\r\n$3\r\nset\r\n$1\r\nk\r\n$1\r\nv\r\n*4\r\n$5\r\nrpush\r\n$1\r\nl\r\n$1\r\na\r\n$3\r\nb c\r\n",
  );
  const kept = (server: ContainerFixture, path: string) => ({ [path]: { content: server.files.readFile(path) } });
  const second = new ContainerFixture("redis:7", {
    args: ["redis-server", "--appendonly", "yes"],
    files: kept(first, "/data/appendonlydir/appendonly.aof.1.incr.aof"),
  });
  expect(second.stdout).toContain("* DB loaded from append only file: 0.000 seconds\n");
  expect(second.command("redis-cli", "lrange", "l", "0", "-1").stdout).toBe("a\nb c\n");
  second.signal("SIGTERM");
  expect(second.stdout).toContain("* Saving the final RDB snapshot before exiting.\n");
  const third = new ContainerFixture("redis:7", { files: kept(second, "/data/dump.rdb") });
  expect(third.stdout).toContain("* DB loaded from disk: 0.000 seconds\n");
  expect(third.command("redis-cli", "get", "k").stdout).toBe("v\n");
});

test("servers that tell of themselves", () => {
  const echo = new ContainerFixture("registry.k8s.io/echoserver:1.10");
  expect(echo.get("/a?b=1", { port: 8080 }).body).toContain("Hostname: web-1\n");
  const netexec = new ContainerFixture("registry.k8s.io/e2e-test-images/agnhost:2.53", {
    args: ["netexec", "--http-port=9000"],
  });
  expect(netexec.listening).toEqual([9000]);
  expect(netexec.get("/hostname", { port: 9000 }).body).toBe("web-1");
  const text = new ContainerFixture("hashicorp/http-echo", { args: ["-text=hello"] });
  expect(text.get("/", { port: 5678 }).body).toBe("hello\n");
  expect(new ContainerFixture("hashicorp/http-echo", { args: [] })).toMatchObject({ exit: 127 });
});

test("a port that another container of the pod has is an error", () => {
  expect(new ContainerFixture("zxcvbnius/docker-demo", { takenPorts: [3000] }).exit).toBe(1);
  expect(new ContainerFixture("httpd", { takenPorts: [80] }).stderr).toContain("(98)Address already in use");
});
