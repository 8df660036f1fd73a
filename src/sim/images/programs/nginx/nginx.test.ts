import { describe, expect, test } from "vitest";
import { createCertificate } from "../../../network/pki/certificate";
import { generateKeyPair } from "../../../network/pki/keys";
import type { NetworkRequest, NetworkResponse } from "../../../network/types";
import { ContainerFixture } from "../container-fixture";

const CONF = "/etc/nginx/conf.d/default.conf";
const NOW = 1_767_603_600_000;
const key = generateKeyPair(new Uint8Array(48).fill(7));
const otherKey = generateKeyPair(new Uint8Array(48).fill(9));
const cert = createCertificate({
  subject: [["CN", "localhost"]],
  serialNumber: 1,
  notBeforeMs: NOW,
  notAfterMs: NOW + 86_400_000,
  privateKeyPem: key.privateKeyPem,
});
const TLS_FILES = { "/etc/tls/cert.pem": cert, "/etc/tls/key.pem": key.privateKeyPem };

const withConf = (conf: string, image = "nginx:1.25.3", more: ConstructorParameters<typeof ContainerFixture>[1] = {}) =>
  new ContainerFixture(image, { ...more, files: { [CONF]: conf, ...more.files } });
const server = (body: string) => `server {\n    listen 80;\n${body}\n}\n`;

test("an old image starts silently, a new one tells of it", () => {
  expect(new ContainerFixture("nginx:1.10.0")).toMatchObject({
    stdout: "",
    stderr: "",
    exit: undefined,
    listening: [80],
  });
  const modern = new ContainerFixture("nginx:1.25.3");
  expect(modern.stdout).toContain(
    "10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf\n",
  );
  expect(modern.stderr.split("\n").slice(0, 2)).toEqual([
    '2026/01/05 09:00:00 [notice] 1#1: using the "epoll" event method',
    "2026/01/05 09:00:00 [notice] 1#1: nginx/1.25.3",
  ]);
});

test("the welcome page, with its headers and its line in the log", () => {
  const nginx = new ContainerFixture("nginx:1.10.0");
  const page = nginx.get("/");
  expect(page.body).toContain("<h1>Welcome to nginx!</h1>");
  expect(page.headers.map(([name]) => name)).toEqual([
    "Server",
    "Date",
    "Content-Type",
    "Content-Length",
    "Last-Modified",
    "Connection",
    "ETag",
    "Accept-Ranges",
  ]);
  expect(nginx.stdout).toBe(
    `10.244.1.1 - - [05/Jan/2026:09:00:00 +0000] "GET / HTTP/1.1" 200 ${page.body.length} "-" "curl/8.5.0" "-"\n`,
  );
  const head = nginx.get("/", { method: "HEAD" });
  expect([head.status, head.body, head.headers]).toEqual([200, "", page.headers]);
  const etag = page.headers.find(([name]) => name === "ETag")![1];
  expect(nginx.get("/", { headers: [["If-None-Match", etag]] })).toMatchObject({ status: 304, body: "" });
});

test("what is not there is told in page and log", () => {
  const nginx = new ContainerFixture("nginx:1.10.0");
  expect(nginx.get("/none?x=1")).toMatchObject({
    status: 404,
    body: '<html>\r\n<head><title>404 Not Found</title></head>\r\n<body bgcolor="white">\r\n<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx/1.10.0</center>\r\n</body>\r\n</html>\r\n',
  });
  expect(nginx.stderr).toBe(
    '2026/01/05 09:00:00 [error] 29#29: *1 open() "/usr/share/nginx/html/none" failed (2: No such file or directory), client: 10.244.1.1, server: localhost, request: "GET /none?x=1 HTTP/1.1", host: "localhost"\n',
  );
  nginx.files.remove("/usr/share/nginx/html/index.html");
  expect(nginx.get("/").status).toBe(403);
  expect(nginx.stderr).toContain('directory index of "/usr/share/nginx/html/" is forbidden');
  expect(nginx.get("/", { method: "POST" }).status).toBe(403);
  expect(nginx.get("/50x.html", { method: "POST" }).status).toBe(405);
  expect(nginx.get("/../etc/passwd").status).toBe(400);
});

describe("a configuration that nginx does not take", () => {
  test.each([
    ["server {\n  listen 80;\n  foo bar;\n}\n", `unknown directive "foo" in ${CONF}:3`],
    ["server {\n  listen 80;\n", `unexpected end of file, expecting "}" in ${CONF}:3`],
    ["server {\n  listen 80\n}\n", `unexpected "}" in ${CONF}:3`],
    ["server {\n  root /a;\n  root /b;\n}\n", `"root" directive is duplicate in ${CONF}:3`],
    ["proxy_pass http://a;\n", `"proxy_pass" directive is not allowed here in ${CONF}:1`],
    ["server {\n  listen 99999;\n}\n", `invalid port in "99999" of the "listen" directive in ${CONF}:2`],
    ["server {\n  listen 80 81;\n}\n", `invalid parameter "81" in ${CONF}:2`],
    [
      "server {\n  location / {\n    proxy_pass http://backend;\n  }\n}\n",
      `host not found in upstream "backend" in ${CONF}:3`,
    ],
    ["server {\n  location / {\n    proxy_pass backend:80;\n  }\n}\n", `invalid URL prefix in ${CONF}:3`],
    [
      "server {\n  autoindex yes;\n}\n",
      `invalid value "yes" in "autoindex" directive, it must be "on" or "off" in ${CONF}:2`,
    ],
    ["server {\n  root;\n}\n", `invalid number of arguments in "root" directive in ${CONF}:2`],
    ["server {\n  return 200 $nope;\n}\n", `unknown "nope" variable in ${CONF}:2`],
    ["server {\n  location /a {}\n  location /a {}\n}\n", `duplicate location "/a" in ${CONF}:3`],
    [
      "server {\n  include /etc/none.conf;\n}\n",
      `open() "/etc/none.conf" failed (2: No such file or directory) in ${CONF}:2`,
    ],
    ["server\n  listen 80;\n", `directive "server" has no opening "{" in ${CONF}:2`],
    [
      "server {\n  listen 443 ssl;\n}\n",
      `no "ssl_certificate" is defined for the "listen ... ssl" directive in ${CONF}:1`,
    ],
    ["server {\n  ssl on;\n}\n", `unknown directive "ssl" in ${CONF}:2`],
    ["server {\n  access_log /none/a.log;\n}\n", 'open() "/none/a.log" failed (2: No such file or directory)'],
  ])("%j", (conf, message) => {
    const nginx = withConf(conf, "nginx:1.25.5");
    expect(nginx.exit).toBe(1);
    expect(nginx.stderr).toBe(`2026/01/05 09:00:00 [emerg] 1#1: ${message}\nnginx: [emerg] ${message}\n`);
  });

  const tls =
    "server {\n  listen 443 ssl;\n  ssl_certificate /etc/tls/cert.pem;\n  ssl_certificate_key /etc/tls/key.pem;\n}\n";
  test.each([
    [
      "nginx:1.25.3",
      {},
      'cannot load certificate "/etc/tls/cert.pem": BIO_new_file() failed (SSL: error:80000002:system library::No such file or directory:calling fopen(/etc/tls/cert.pem, r) error:10000080:BIO routines::no such file)',
    ],
    [
      "nginx:1.9.14",
      {},
      "BIO_new_file(\"/etc/tls/cert.pem\") failed (SSL: error:02001002:system library:fopen:No such file or directory:fopen('/etc/tls/cert.pem','r') error:2006D080:BIO routines:BIO_new_file:no such file)",
    ],
    [
      "nginx:1.25.3",
      { ...TLS_FILES, "/etc/tls/key.pem": otherKey.privateKeyPem },
      'SSL_CTX_use_PrivateKey("/etc/tls/key.pem") failed (SSL: error:05800074:x509 certificate routines::key values mismatch)',
    ],
    [
      "nginx:1.9.14",
      { ...TLS_FILES, "/etc/tls/key.pem": otherKey.privateKeyPem },
      'SSL_CTX_use_PrivateKey_file("/etc/tls/key.pem") failed (SSL: error:0B080074:x509 certificate routines:X509_check_private_key:key values mismatch)',
    ],
    [
      "nginx:1.25.3",
      { ...TLS_FILES, "/etc/tls/cert.pem": "no\n" },
      'cannot load certificate "/etc/tls/cert.pem": PEM_read_bio_X509_AUX() failed (SSL: error:0480006C:PEM routines::no start line:Expecting: TRUSTED CERTIFICATE)',
    ],
  ])("%s with %#", (image, files, message) => {
    const nginx = withConf(tls, image, { files });
    expect([nginx.exit, nginx.stderr.split("\n").at(-2)]).toEqual([1, `nginx: [emerg] ${message}`]);
  });

  test("a read-only root, a port that is taken", () => {
    const readOnly = new ContainerFixture("nginx:1.10.0", { readOnly: true });
    expect(readOnly.stderr).toContain(
      'nginx: [emerg] mkdir() "/var/cache/nginx/client_temp" failed (30: Read-only file system)\n',
    );
    const taken = new ContainerFixture("nginx:1.10.0", { takenPorts: [80] });
    expect([taken.exit, taken.stderr.split("\n").at(-2)]).toEqual([1, "nginx: [emerg] still could not bind()"]);
    expect(taken.stderr).toContain("nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)\n");
  });
});

describe("locations", () => {
  const nginx = withConf(
    server(`
    default_type text/plain;
    location / { return 200 "prefix"; }
    location = / { return 200 "exact"; }
    location /images/ { return 200 "images"; }
    location ^~ /static/ { return 200 "static"; }
    location ~ \\.php$ { return 200 "php"; }
    location ~* \\.(gif|jpg)$ { return 200 "picture $1"; }
    location /old { rewrite ^/old/(.*)$ /new/$1 last; }
    location /new/ { return 200 "new $uri $args"; }
    location /moved { return 301 /there; }
    location /gone { return 410; }
    location /say { add_header X-From "$hostname $host"; return 200 "$request_method $arg_name $http_x_a"; }
    location /if { if ($arg_v = "2") { return 200 "two"; } return 200 "other"; }
    location /spa/ { root /srv; try_files $uri $uri/ /spa/index.html; }
    location /data/ { alias /srv/files/; autoindex on; }
    location /shut { deny all; }
    location /fallback { error_page 404 = @named; return 404; }
    location @named { return 200 "named"; }
    location /quiet { return 444; }`),
    "nginx:1.25.3",
    { files: { "/srv/spa/index.html": "spa", "/srv/spa/app.js": "js", "/srv/files/a.txt": "A" } },
  );
  test.each([
    ["/", 200, "exact"],
    ["/x", 200, "prefix"],
    ["/images/a.gif", 200, "picture gif"],
    ["/images/a.png", 200, "images"],
    ["/static/a.php", 200, "static"],
    ["/a.php", 200, "php"],
    ["/old/thing?q=1", 200, "new /new/thing q=1"],
    ["/say?name=me", 200, "GET me "],
    ["/if?v=2", 200, "two"],
    ["/if", 200, "other"],
    ["/spa/app.js", 200, "js"],
    ["/spa/deep/link", 200, "spa"],
    ["/data/a.txt", 200, "A"],
    ["/fallback", 200, "named"],
    ["/a//b/../images/x", 200, "prefix"],
    ["/%69mages/x", 200, "images"],
  ])("%s", (path, status, body) => {
    expect(nginx.get(path)).toMatchObject({ status, body });
  });
  test("redirects, listings, refusals", () => {
    const location = (path: string) => nginx.get(path).headers.find(([name]) => name === "Location")?.[1];
    expect([nginx.get("/moved").status, location("/moved")]).toEqual([301, "http://localhost/there"]);
    expect(location("/spa/../spa/..%2fx")).toBeUndefined();
    expect(nginx.get("/gone").status).toBe(410);
    expect(nginx.get("/shut").status).toBe(403);
    expect(nginx.send("/quiet").http).toBeUndefined();
    expect(nginx.get("/data/").body).toContain('<a href="a.txt">a.txt</a>');
    expect(nginx.get("/say").headers).toContainEqual(["X-From", "web-1 localhost"]);
    expect(nginx.get("/x", { method: "POST", body: "x".repeat(1_048_577) }).status).toBe(413);
  });
});

test("servers are chosen by name, else the default one", () => {
  const nginx = withConf(`
    server { listen 80; server_name a.example.com; return 200 a; }
    server { listen 80 default_server; server_name _; return 200 default; }
    server { listen 80; server_name *.example.com; return 200 wild; }
    server { listen 8080; return 200 other; }`);
  const ask = (host: string, port = 80) => nginx.get("/", { port, headers: [["Host", host]] }).body;
  expect([ask("a.example.com"), ask("A.Example.com:80"), ask("b.example.com"), ask("x"), ask("x", 8080)]).toEqual([
    "a",
    "a",
    "wild",
    "default",
    "other",
  ]);
  expect(nginx.listening).toEqual([80, 8080]);
});

describe("as a proxy", () => {
  const seen: NetworkRequest[] = [];
  const answer = (body: string): NetworkResponse => ({
    outcome: "ok",
    latencyMs: 2,
    hops: [],
    http: {
      status: 200,
      headers: [
        ["Server", "app"],
        ["Content-Type", "text/plain"],
        ["X-App", "1"],
      ],
      body,
    },
  });
  const request = (asked: Omit<NetworkRequest, "from">): NetworkResponse => {
    seen.push(asked as NetworkRequest);
    if (asked.port === 9) return { outcome: "refused", latencyMs: 1, hops: [] };
    if (asked.port === 10) return { outcome: "timeout", latencyMs: 134_000, hops: [] };
    return answer(`${asked.host}:${asked.port}`);
  };
  const nginx = withConf(
    `upstream pool { server 10.0.0.1:80; server 10.0.0.2:80; }
     upstream half { server 10.0.0.1:9; server 10.0.0.2:80; }
     server { listen 80;
       location / { proxy_pass http://web:8080; }
       location /api/ { proxy_pass http://web:8080/v1/; proxy_set_header Host $host; proxy_set_header X-Real-IP $remote_addr; }
       location /pool { proxy_pass http://pool; }
       location /half { proxy_pass http://half; }
       location /dead { proxy_pass http://127.0.0.1:9; }
       location /slow { proxy_pass http://127.0.0.1:10; proxy_connect_timeout 5s; }
       location /late { set $target web; proxy_pass http://$target; } }`,
    "nginx:1.25.3",
    { request, names: { web: ["10.0.0.9"] } },
  );
  const sent = () => (seen.at(-1)!.payload as { http: { path: string; headers: [string, string][] } }).http;

  test("the request goes on with or without the location's prefix", () => {
    expect(nginx.get("/a/b?c=d")).toMatchObject({ status: 200, body: "10.0.0.9:8080" });
    expect(sent()).toMatchObject({
      path: "/a/b?c=d",
      headers: [
        ["Host", "web:8080"],
        ["Connection", "close"],
        ["User-Agent", "curl/8.5.0"],
      ],
    });
    expect(nginx.get("/api/x").headers).toContainEqual(["X-App", "1"]);
    expect(sent().path).toBe("/v1/x");
    expect(sent().headers).toContainEqual(["X-Real-IP", "10.244.1.1"]);
    expect(sent().headers).toContainEqual(["Host", "localhost"]);
  });
  test("peers take turns, and a failed one is passed over", () => {
    expect(["/pool", "/pool", "/pool"].map((path) => nginx.get(path).body)).toEqual([
      "10.0.0.1:80",
      "10.0.0.2:80",
      "10.0.0.1:80",
    ]);
    expect(nginx.get("/half").body).toBe("10.0.0.2:80");
    expect(nginx.stderr).toContain("connect() failed (111: Connection refused)");
    expect(nginx.get("/half").body).toBe("10.0.0.2:80");
    expect(nginx.stderr).toBe("");
  });
  test("failures are 502 and 504", () => {
    expect(nginx.get("/dead").status).toBe(502);
    expect(nginx.stderr).toContain(
      'connect() failed (111: Connection refused) while connecting to upstream, client: 10.244.1.1, server: , request: "GET /dead HTTP/1.1", upstream: "http://127.0.0.1:9/dead", host: "localhost"\n',
    );
    expect(nginx.send("/slow")).toMatchObject({ http: { status: 504 }, delayMs: 5000 });
    expect(nginx.get("/late").status).toBe(502);
    expect(nginx.stderr).toContain("no resolver defined to resolve web");
  });
});

test("TLS: its chain is shown, plain HTTP is told off", () => {
  const conf =
    "server {\n  listen 443;\n  ssl on;\n  ssl_certificate /etc/tls/cert.pem;\n  ssl_certificate_key /etc/tls/key.pem;\n  location / { proxy_pass http://127.0.0.1:80; }\n}\n";
  const request = (): NetworkResponse => ({
    outcome: "ok",
    latencyMs: 1,
    hops: [],
    http: { status: 200, headers: [], body: "hello" },
  });
  const nginx = withConf(conf, "nginx:1.9.14", { files: TLS_FILES, request });
  expect(nginx.send("/", { port: 443, tls: {} })).toMatchObject({
    tls: { chainPem: cert },
    http: { status: 200, body: "hello" },
  });
  const plain = nginx.get("/", { port: 443 });
  expect([plain.status, plain.body.includes("The plain HTTP request was sent to HTTPS port")]).toEqual([400, true]);
  expect(new ContainerFixture("nginx").send("/", { tls: {} })).toEqual({});
});

test("commands: -t, -v, -T, reload, quit", () => {
  const nginx = new ContainerFixture("nginx:1.25.3");
  expect(nginx.command("nginx", "-v")).toEqual({ exitCode: 0, stdout: "", stderr: "nginx version: nginx/1.25.3\n" });
  expect(nginx.command("nginx", "-t").stderr).toBe(
    "nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\nnginx: configuration file /etc/nginx/nginx.conf test is successful\n",
  );
  expect(nginx.command("nginx", "-T").stdout).toContain(`# configuration file ${CONF}:\nserver {`);
  nginx.files.writeFile(CONF, server("return 200 changed;"));
  expect(nginx.get("/").body).toContain("Welcome");
  expect(nginx.command("nginx", "-s", "reload").exitCode).toBe(0);
  expect(nginx.get("/").body).toBe("changed");
  nginx.files.writeFile(CONF, "nonsense;\n");
  expect(nginx.command("nginx", "-t")).toMatchObject({ exitCode: 1 });
  expect(nginx.command("nginx", "-s", "reload").exitCode).toBe(1);
  nginx.signal("SIGHUP");
  expect(nginx.get("/").body).toBe("changed");
  nginx.files.writeFile(CONF, server(""));
  nginx.command("nginx", "-s", "quit");
  expect(nginx.exit).toBe(0);
  expect(nginx.stderr).toContain("[notice] 1#1: gracefully shutting down\n");
});

test("log files that are no links are written", () => {
  const nginx = withConf(server("access_log /tmp/a.log combined; root /usr/share/nginx/html;"), "nginx:1.25.3", {
    files: { "/tmp": { directory: true } },
  });
  nginx.get("/50x.html");
  expect(nginx.files.readFile("/tmp/a.log")).toMatch(
    /^10\.244\.1\.1 - - \[.*\] "GET \/50x\.html HTTP\/1\.1" 200 \d+ "-" "curl\/8\.5\.0"\n$/,
  );
});

test("what goes in circles ends", () => {
  const circle = withConf(server("location / { rewrite ^ /again last; }"));
  expect(circle.get("/").status).toBe(500);
  expect(circle.stderr).toContain('rewrite or internal redirection cycle while processing "/again"');
  const missing = withConf(server("root /none; error_page 404 /404.html; try_files $uri /index.html;"));
  expect(missing.get("/").status).toBe(500);
  expect(withConf(`include ${CONF};\n`).stderr).toContain("[emerg] too many directives");
});
