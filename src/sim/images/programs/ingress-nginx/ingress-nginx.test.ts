import { beforeAll, describe, expect, it } from "vitest";
import { base64Encode } from "@/posix/files/bytes";
import { Cluster } from "../../../cluster";
import { commonName, createCertificate, generateKeyPair, parseCertificate } from "../../../network/pki";
import { OUTSIDE, service, Town } from "../../../network/testing";
import { md5Crypt } from "./passwords";

const CLASS = "nginx.ingress.kubernetes.io/";
let town: Town;
let address: string;

const echo = (name: string, text = name) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace: "default", labels: { app: name } },
  spec: { containers: [{ name: "main", image: "hashicorp/http-echo:1.0", args: [`-text=${text}`] }] },
});
const backend = (name: string, port: number | string = 80) => ({
  service: { name, port: typeof port === "number" ? { number: port } : { name: port } },
});
const ingress = (name: string, spec: object, annotations: Record<string, string> = {}) => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: {
    name,
    namespace: "default",
    annotations: Object.fromEntries(Object.entries(annotations).map(([key, value]) => [CLASS + key, value])),
  },
  spec: { ingressClassName: "nginx", ...spec },
});
const rule = (host: string, ...paths: [path: string, pathType: string, service: string][]) => ({
  ...(host && { host }),
  http: { paths: paths.map(([path, pathType, name]) => ({ path, pathType, backend: backend(name) })) },
});

beforeAll(() => {
  town = new Town(Cluster.create({ seed: "ingress", addons: ["ingress-nginx"] }));
  const services = ["a", "b", "nobody", "closed"].map((name) =>
    service(name, {
      selector: { app: name },
      ports: [{ name: "http", port: 80, targetPort: name === "closed" ? 81 : 5678 }],
    }),
  );
  town.create(echo("a"), echo("b"), echo("closed"), ...services).settle(60);
  address = town.get("services", "ingress-nginx-controller", "ingress-nginx").status.loadBalancer.ingress[0].ip;
});

interface Extra {
  headers?: [string, string][];
  tls?: boolean;
  body?: string;
  method?: string;
}

function ask(
  here: Town,
  host: string,
  path = "/",
  { headers = [], tls = false, body = "", method = "GET" }: Extra = {},
) {
  const http = { method, path, headers: [["Host", host], ...headers] as [string, string][], body };
  const payload = { kind: "http" as const, http, ...(tls && { tls: { serverName: host } }) };
  const answer = here.cluster.apply({
    kind: "network",
    request: { from: OUTSIDE, host: address, port: tls ? 443 : 80, payload },
  });
  return {
    status: answer.http?.status,
    body: answer.http?.body.trim(),
    headers: Object.fromEntries(answer.http?.headers ?? []),
    tls: answer.tls,
  };
}
const told = (here: Town, host: string, path = "/", extra: Extra = {}) => {
  const { status, body } = ask(here, host, path, extra);
  return status === 200 ? body : status;
};
const with_ = (...objects: object[]) =>
  town
    .fork()
    .create(...objects)
    .settle(2);

describe("routing", () => {
  it("answers 404 where no rule is, and says so as nginx does", () => {
    expect(ask(town, "example.com")).toMatchObject({
      status: 404,
      body: "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>",
    });
  });

  it("goes by host: exact, with a wildcard for one label, any", () => {
    const here = with_(
      ingress("i", {
        rules: [rule("a.example.com", ["/", "Prefix", "a"]), rule("*.example.com", ["/", "Prefix", "b"])],
      }),
    );
    const hosts = ["a.example.com", "x.example.com", "x.y.example.com", "example.com", "A.example.com:80"];
    expect(hosts.map((host) => told(here, host))).toEqual(["a", "b", 404, 404, "a"]);
    expect(told(with_(ingress("i", { defaultBackend: backend("b") })), "whatever")).toBe("b");
  });

  it("goes by path: exact first, then the longest prefix of whole elements; others by their letters", () => {
    const here = with_(
      ingress("i", {
        rules: [
          rule("h", ["/", "Prefix", "a"], ["/foo", "Prefix", "b"], ["/foo/bar", "Exact", "a"]),
          rule("plain", ["/foo", "ImplementationSpecific", "b"]),
        ],
      }),
    );
    const paths = ["/", "/foo", "/foo/", "/foo/x", "/foobar", "/foo/bar", "/foo/bar/", "/foo?x=1"];
    expect(paths.map((path) => told(here, "h", path))).toEqual(["a", "b", "b", "b", "a", "a", "b", "b"]);
    expect([told(here, "plain", "/foobar"), told(here, "plain", "/bar")]).toEqual(["b", 404]);
  });

  it("answers 503 without endpoints or Service, 502 where the endpoint refuses", () => {
    const here = with_(
      ingress("i", {
        rules: [
          rule("h", ["/none", "Prefix", "nobody"], ["/gone", "Prefix", "missing"], ["/closed", "Prefix", "closed"]),
        ],
      }),
    );
    expect(["/none", "/gone", "/closed"].map((path) => told(here, "h", path))).toEqual([503, 503, 502]);
  });
});

describe("classes and addresses", () => {
  it("takes what names its class or none, shows its address after a while and says so", () => {
    const spec = { rules: [rule("h", ["/", "Prefix", "a"])] };
    const here = town.fork().create(ingress("mine", spec), ingress("other", { ...spec, ingressClassName: "traefik" }));
    here.settle(2);
    const points = (name: string) => here.get("ingresses.networking.k8s.io", name).status.loadBalancer;
    expect(points("mine")).toEqual({});
    here.settle(30);
    expect([points("mine"), points("other")]).toEqual([{ ingress: [{ ip: address }] }, {}]);
    const events = here.cluster.store
      .list("events", "default")
      .filter(({ involvedObject }) => involvedObject.kind === "Ingress")
      .map(({ involvedObject, reason, message, source }) => [involvedObject.name, reason, message, source.component]);
    expect(events).toEqual([["mine", "Sync", "Scheduled for sync", "nginx-ingress-controller"]]);
  });
});

describe("TLS", () => {
  const pem = (name: string) => {
    const { privateKeyPem } = generateKeyPair(new Uint8Array(32).fill(name.length));
    const certificate = createCertificate({
      notBeforeMs: Date.UTC(2025, 0),
      notAfterMs: Date.UTC(2030, 0),
      subject: [["CN", name]],
      serialNumber: 7n,
      privateKeyPem,
      isCa: false,
      dnsNames: [name],
    });
    return { "tls.crt": base64Encode(certificate), "tls.key": base64Encode(privateKeyPem) };
  };
  const secret = (name: string, host: string) => ({
    apiVersion: "v1",
    kind: "Secret",
    type: "kubernetes.io/tls",
    metadata: { name, namespace: "default" },
    data: pem(host),
  });
  const shown = (here: Town, host: string) =>
    commonName(parseCertificate(ask(here, host, "/", { tls: true }).tls!.chainPem)!.subject);
  const spec = {
    tls: [{ hosts: ["h.example.com"], secretName: "cert" }],
    rules: [rule("h.example.com", ["/", "Prefix", "a"])],
  };

  it("shows the certificate of the host's Secret, its own fake one otherwise", () => {
    const here = with_(secret("cert", "h.example.com"), ingress("i", spec));
    expect([shown(here, "h.example.com"), shown(here, "other")]).toEqual([
      "h.example.com",
      "Kubernetes Ingress Controller Fake Certificate",
    ]);
    const missing = with_(ingress("i", spec));
    expect(shown(missing, "h.example.com")).toBe("Kubernetes Ingress Controller Fake Certificate");
  });

  it("sends plain requests to https, unless that is switched off", () => {
    const here = with_(secret("cert", "h.example.com"), ingress("i", spec));
    expect(ask(here, "h.example.com", "/x?y=1")).toMatchObject({
      status: 308,
      headers: { Location: "https://h.example.com/x?y=1" },
    });
    expect(ask(here, "h.example.com", "/", { tls: true })).toMatchObject({
      status: 200,
      headers: { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" },
    });
    const off = with_(secret("cert", "h.example.com"), ingress("i", spec, { "ssl-redirect": "false" }));
    expect(told(off, "h.example.com")).toBe("a");
  });
});

describe("annotations", () => {
  const one = (annotations: Record<string, string>, paths: [string, string, string][] = [["/", "Prefix", "a"]]) =>
    with_(ingress("i", { rules: [rule("h", ...paths)] }, annotations));

  it("rewrites paths with what a pattern captured", () => {
    const here = with_(
      {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "web", namespace: "default", labels: { app: "web" } },
        spec: {
          containers: [{ name: "main", image: "registry.k8s.io/e2e-test-images/agnhost:2.53", args: ["netexec"] }],
        },
      },
      service("web", { selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080 }] }),
      ingress(
        "i",
        { rules: [rule("h", ["/api(/|$)(.*)", "ImplementationSpecific", "web"])] },
        { "rewrite-target": "/$2" },
      ),
    ).settle(30);
    expect(told(here, "h", "/api/hostname")).toBe("web");
    expect(told(here, "h", "/apifoo")).toBe(404);
  });

  it("redirects for good, and to https by force", () => {
    expect(ask(one({ "permanent-redirect": "https://elsewhere" }), "h")).toMatchObject({
      status: 301,
      headers: { Location: "https://elsewhere" },
    });
    expect(ask(one({ "force-ssl-redirect": "true" }), "h").status).toBe(308);
  });

  it("lets in who may come, and no more than fits", () => {
    expect(told(one({ "whitelist-source-range": "203.0.113.0/24" }), "h")).toBe(403);
    expect(told(one({ "whitelist-source-range": "203.0.113.0/24, 192.168.49.0/24" }), "h")).toBe("a");
    const body = "x".repeat(2000);
    expect(told(one({ "proxy-body-size": "1k" }), "h", "/", { method: "POST", body })).toBe(413);
    expect(told(one({}), "h", "/", { method: "POST", body })).toBe("a");
  });

  it("asks for a password that stands in a Secret as htpasswd wrote it", () => {
    expect(md5Crypt("bar", "mJkZNJNH")).toMatch(/^\$apr1\$mJkZNJNH\$[./0-9A-Za-z]{22}$/);
    const auth = { "auth-type": "basic", "auth-secret": "basic-auth", "auth-realm": "Who are you" };
    const here = one(auth);
    expect(told(here, "h")).toBe(503);
    const line = `foo:${md5Crypt("bar", "H6uskkkW")}\n`;
    here.create({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "basic-auth", namespace: "default" },
      data: { auth: base64Encode(line) },
    });
    expect(ask(here, "h")).toMatchObject({ status: 401, headers: { "WWW-Authenticate": 'Basic realm="Who are you"' } });
    const login = (word: string): Extra => ({ headers: [["Authorization", `Basic ${base64Encode(word)}`]] });
    expect([told(here, "h", "/", login("foo:baz")), told(here, "h", "/", login("foo:bar"))]).toEqual([401, "a"]);
  });

  it("sends a share, a header or a cookie to the canary", () => {
    const both = (annotations: Record<string, string>) =>
      with_(
        ingress("main", { rules: [rule("h", ["/", "Prefix", "a"])] }),
        ingress("canary", { rules: [rule("h", ["/", "Prefix", "b"])] }, { canary: "true", ...annotations }),
      );
    const half = both({ "canary-weight": "30" });
    const share = Array.from({ length: 200 }, () => told(half, "h")).filter((body) => body === "b").length;
    expect(share).toBeGreaterThan(40);
    expect(share).toBeLessThan(80);
    const header = both({ "canary-by-header": "X-Canary" });
    const sent = (value: string) => told(header, "h", "/", { headers: [["X-Canary", value]] });
    expect([told(header, "h"), sent("always"), sent("never")]).toEqual(["a", "b", "a"]);
    const cookie = both({ "canary-by-cookie": "try" });
    expect(told(cookie, "h", "/", { headers: [["Cookie", "x=1; try=always"]] })).toBe("b");
  });

  it("keeps a client at its endpoint by a cookie", () => {
    const here = with_(
      echo("a2", "second"),
      ingress(
        "i",
        { rules: [rule("h", ["/", "Prefix", "a"])] },
        { affinity: "cookie", "session-cookie-name": "route" },
      ),
    );
    here.patch("/api/v1/NS/pods", "default", "a2", { metadata: { labels: { app: "a" } } }).settle(30);
    const first = ask(here, "h");
    const cookie = String(first.headers["Set-Cookie"]).split(";")[0]!;
    expect(cookie).toMatch(/^route=/);
    const again = Array.from({ length: 10 }, () => told(here, "h", "/", { headers: [["Cookie", cookie]] }));
    expect(new Set(again)).toEqual(new Set([first.body]));
    expect(new Set(Array.from({ length: 10 }, () => told(here, "h")))).toEqual(new Set(["a", "second"]));
  });
});

describe("the log", () => {
  it("has a line per request, and tells what is wrong with an Ingress", () => {
    const here = with_(
      ingress("i", {
        tls: [{ hosts: ["t"], secretName: "missing" }],
        rules: [rule("h", ["/", "Prefix", "a"], ["/n", "Prefix", "nobody"])],
      }),
      ingress("foreign", { ingressClassName: "nginks", defaultBackend: backend("a") }),
    );
    ask(here, "h", "/x", { headers: [["User-Agent", "curl/8.5.0"]] });
    const [pod] = here.pods("ingress-nginx", "app.kubernetes.io/component=controller");
    const lines = here.cluster.inside.runtime
      .log({ podUid: pod!.metadata.uid, container: "controller" })!
      .map(({ text }) => text);
    expect(lines.at(-1)).toMatch(
      /^192\.168\.49\.1 - - \[05\/Jan\/2026:09:[\d:]+ \+0000\] "GET \/x HTTP\/1\.1" 200 2 "-" "curl\/8\.5\.0" \d+ 0\.\d{3} \[default-a-80\] \[\] 10\.244\.\d\.\d+:5678 2 0\.\d{3} 200 [0-9a-f]{32}$/,
    );
    const bare = lines.map((line) => line.replace(/^\w\d{4} [\d:.]+ +7 \S+ /, ""));
    expect(bare).toContain('Service "default/nobody" does not have any active Endpoint.');
    expect(bare).toContain(
      'Error getting SSL certificate "default/missing": local SSL certificate default/missing was not found. Using default certificate',
    );
    expect(bare).toContain(
      '"Ignoring ingress because of error while validating ingress class" ingress="default/foreign" error="no object matching key \\"nginks\\" in local store"',
    );
  });
});
