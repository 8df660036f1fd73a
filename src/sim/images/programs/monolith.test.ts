import { expect, test } from "vitest";
import { ContainerFixture } from "./container-fixture";

const IMAGE = "udacity/example-monolith:1.0.0";
const auth = (text: string): [string, string][] => [["Authorization", text]];
const basic = (user: string, password: string) =>
  auth(`Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`);

test("it starts and logs as in the course", () => {
  const monolith = new ContainerFixture(IMAGE, { args: ["-http=0.0.0.0:80", "-health=0.0.0.0:81", "-secret=secret"] });
  expect(monolith.stderr).toBe(
    "2026/01/05 09:00:00 Starting server...\n2026/01/05 09:00:00 Health service listening on 0.0.0.0:81\n2026/01/05 09:00:00 HTTP service listening on 0.0.0.0:80\n",
  );
  expect(monolith.memoryBytes).toBeLessThan(10 * 1_048_576);
  expect(monolith.get("/")).toEqual({
    status: 200,
    headers: [
      ["Content-Type", "text/plain; charset=utf-8"],
      ["Date", "Mon, 05 Jan 2026 09:00:00 GMT"],
      ["Content-Length", "20"],
    ],
    body: '{"message":"Hello"}\n',
  });
  expect(monolith.stdout).toBe('10.244.1.1:40000 - - [Mon, 05 Jan 2026 09:00:00 UTC] "GET / HTTP/1.1" curl/8.5.0\n');
  expect(monolith.get("/version").body).toBe('{"version":"1.0.0"}\n');
});

test("a token comes from the login and opens the secure page", () => {
  const monolith = new ContainerFixture(IMAGE);
  expect(monolith.get("/secure")).toMatchObject({ status: 401, body: "authorization failed\n" });
  expect(monolith.get("/login", { headers: basic("user", "wrong") })).toMatchObject({ status: 401 });
  const { token } = JSON.parse(monolith.get("/login", { headers: basic("user", "password") }).body);
  expect(Buffer.from(token.split(".")[1], "base64url").toString()).toBe(
    '{"email":"user@example.com","exp":1767862800,"iat":1767603600,"iss":"auth.service","sub":"user"}',
  );
  expect(monolith.get("/secure", { headers: auth(`Bearer ${token}`) })).toMatchObject({
    status: 200,
    body: '{"message":"Hello"}\n',
  });
  expect(monolith.get("/secure", { headers: auth(`Bearer ${token}x`) })).toMatchObject({ status: 401 });
});

test("the switches turn the probes over", () => {
  const monolith = new ContainerFixture(IMAGE);
  const status = (path: string) => monolith.get(path, { port: 81 }).status;
  expect([status("/healthz"), status("/readiness")]).toEqual([200, 200]);
  expect([status("/readiness/status"), status("/readiness"), status("/healthz")]).toEqual([200, 503, 200]);
  expect([status("/readiness/status"), status("/readiness")]).toEqual([200, 200]);
  expect(status("/elsewhere")).toBe(404);
});

test.each([
  [
    ["-port=80"],
    2,
    'flag provided but not defined: -port\nUsage of monolith:\n  -health string\n    \tHealth service address. (default "0.0.0.0:81")\n',
  ],
  [["-http"], 2, "flag needs an argument: -http\nUsage of monolith:\n"],
  [["-http=80"], 1, "2026/01/05 09:00:00 listen tcp: address 80: missing port in address\n"],
  [["-http=10.9.9.9:80"], 1, "2026/01/05 09:00:00 listen tcp 10.9.9.9:80: bind: cannot assign requested address\n"],
  [["-health=0.0.0.0:80"], 1, "2026/01/05 09:00:00 listen tcp 0.0.0.0:80: bind: address already in use\n"],
])("with %j it ends with %i", (args, exit, text) => {
  const monolith = new ContainerFixture(IMAGE, { args });
  expect(monolith.exit).toBe(exit);
  expect(monolith.stderr).toContain(text);
});

test("SIGTERM ends it in order", () => {
  const monolith = new ContainerFixture(IMAGE);
  monolith.signal("SIGTERM");
  expect(monolith.exit).toBe(0);
  expect(monolith.stderr).toContain("2026/01/05 09:00:00 Captured terminated. Exiting...\n");
});
