import { type ImageRepository, MiB } from "../repository";
import { alpineFiles, debianFiles } from "./os-release";

const udacity = (name: string, program: string, tags: string[], sizeMb: number): ImageRepository => ({
  names: [`docker.io/udacity/${name}`],
  shared: {
    entrypoint: [program],
    programs: { [program]: "monolith", [`/usr/bin/${program}`]: "monolith" },
    exposedPorts: [],
    userland: "alpine",
    sizeBytes: Math.round(sizeMb * MiB),
    files: alpineFiles("3.1.4"),
  },
  tags: Object.fromEntries(tags.map((tag) => [tag, { env: {} }])),
});

/** The course images of "Scalable Microservices with Kubernetes". */
export const monolith = udacity("example-monolith", "monolith", ["1.0.0", "2.0.0", "latest"], 5.2);
export const hello = udacity("example-hello", "hello", ["1.0.0", "2.0.0", "latest"], 4.8);
export const auth = udacity("example-auth", "auth", ["1.0.0", "2.0.0", "latest"], 5.1);

export const dockerDemo: ImageRepository = {
  names: ["docker.io/zxcvbnius/docker-demo"],
  shared: {
    cmd: ["npm", "start"],
    workingDirectory: "/app",
    exposedPorts: [3000],
    programs: { npm: "docker-demo", node: "docker-demo" },
    userland: "debian",
    sizeBytes: 260 * MiB,
    env: { NODE_VERSION: "6.2.2", NPM_CONFIG_LOGLEVEL: "info" },
    files: {
      ...debianFiles("8"),
      "/app/package.json":
        '{\n  "name": "docker-demo",\n  "version": "0.0.1",\n  "private": true,\n  "scripts": {\n    "start": "node index.js"\n  },\n  "dependencies": {\n    "express": "^4.14.0"\n  }\n}\n',
      "/app/index.js":
        "var express = require('express');\nvar app = express();\n\napp.get('/', function (req, res) {\n  res.send('Hello World!');\n});\n\nvar server = app.listen(3000, function () {\n  var host = server.address().address;\n  var port = server.address().port;\n  console.log('Example app listening at http://%s:%s', host, port);\n});\n",
    },
  },
  tags: { latest: {}, v1: {}, v2: {} },
};

export const kuard: ImageRepository = {
  names: ["gcr.io/kuar-demo/kuard-amd64"],
  shared: {
    cmd: ["/kuard"],
    exposedPorts: [8080],
    programs: { "/kuard": "kuard", kuard: "kuard" },
    user: { uid: 65534, gid: 65534 },
    userland: "alpine",
    sizeBytes: 11_500_000,
    files: alpineFiles("3.8.1"),
  },
  tags: {
    "1": { env: { KUARD_VERSION: "v0.10.0-1" } },
    "2": { env: { KUARD_VERSION: "v0.10.0-2" } },
    "3": { env: { KUARD_VERSION: "v0.10.0-3" } },
    blue: { env: { KUARD_VERSION: "v0.10.0-blue" } },
    green: { env: { KUARD_VERSION: "v0.10.0-green" } },
    purple: { env: { KUARD_VERSION: "v0.10.0-purple" } },
    latest: "blue",
  },
};

export const httpd: ImageRepository = {
  names: ["docker.io/library/httpd"],
  shared: {
    cmd: ["httpd-foreground"],
    workingDirectory: "/usr/local/apache2",
    exposedPorts: [80],
    programs: { "httpd-foreground": "httpd", httpd: "httpd", "/usr/local/apache2/bin/httpd": "httpd" },
    env: {
      HTTPD_PREFIX: "/usr/local/apache2",
      PATH: "/usr/local/apache2/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    },
    files: {
      "/usr/local/apache2/htdocs/index.html": "<html><body><h1>It works!</h1></body></html>\n",
      "/usr/local/apache2/conf/httpd.conf":
        'ServerRoot "/usr/local/apache2"\nListen 80\nUser www-data\nGroup www-data\nServerAdmin you@example.com\nDocumentRoot "/usr/local/apache2/htdocs"\nDirectoryIndex index.html\nErrorLog /proc/self/fd/2\nLogLevel warn\nCustomLog /proc/self/fd/1 common\n',
    },
  },
  tags: {
    "2.4.62": { userland: "debian", sizeBytes: 58_700_000, env: { HTTPD_VERSION: "2.4.62" }, files: debianFiles("12") },
    "2.4.62-alpine": {
      userland: "alpine",
      sizeBytes: 21_000_000,
      env: { HTTPD_VERSION: "2.4.62" },
      files: alpineFiles("3.20.3"),
    },
    "2.4": "2.4.62",
    "2": "2.4.62",
    latest: "2.4.62",
    "2.4-alpine": "2.4.62-alpine",
    alpine: "2.4.62-alpine",
  },
};

const redisTag = (version: string, alpine: boolean, sizeMb: number) => ({
  userland: alpine ? ("alpine" as const) : ("debian" as const),
  sizeBytes: Math.round(sizeMb * 1_000_000),
  env: { REDIS_VERSION: version },
  files: alpine ? alpineFiles("3.20.3") : debianFiles("12"),
});

export const redis: ImageRepository = {
  names: ["docker.io/library/redis"],
  shared: {
    entrypoint: ["docker-entrypoint.sh"],
    cmd: ["redis-server"],
    workingDirectory: "/data",
    exposedPorts: [6379],
    programs: {
      "docker-entrypoint.sh": "redis",
      "redis-server": "redis",
      "/usr/local/bin/redis-server": "redis",
      "redis-cli": "redis-cli",
    },
  },
  tags: {
    "3.2.12": redisTag("3.2.12", false, 30.1),
    "5.0.14": redisTag("5.0.14", false, 40.6),
    "6.2.14": redisTag("6.2.14", false, 41.1),
    "6.2.14-alpine": redisTag("6.2.14", true, 11.2),
    "7.2.5": redisTag("7.2.5", false, 45.6),
    "7.2.5-alpine": redisTag("7.2.5", true, 16.2),
    "7.4.1": redisTag("7.4.1", false, 45.9),
    "7.4.1-alpine": redisTag("7.4.1", true, 16.9),
    "3.2": "3.2.12",
    "3": "3.2.12",
    "5.0": "5.0.14",
    "5.0.4": "5.0.14",
    "5": "5.0.14",
    "6.2": "6.2.14",
    "6.0.5": "6.2.14",
    "6": "6.2.14",
    "6-alpine": "6.2.14-alpine",
    "7.2": "7.2.5",
    "7.4": "7.4.1",
    "7": "7.4.1",
    "7-alpine": "7.4.1-alpine",
    alpine: "7.4.1-alpine",
    latest: "7.4.1",
  },
};

const echoFiles = alpineFiles("3.3.3");

export const echoserver: ImageRepository = {
  names: [
    "registry.k8s.io/echoserver",
    "k8s.gcr.io/echoserver",
    "gcr.io/google_containers/echoserver",
    "gcr.io/google-containers/echoserver",
  ],
  shared: {
    cmd: ["/usr/local/bin/run.sh"],
    exposedPorts: [8080],
    programs: { "/usr/local/bin/run.sh": "echoserver", "run.sh": "echoserver" },
    userland: "debian",
    sizeBytes: 46_237_000,
    files: echoFiles,
  },
  tags: { "1.4": {}, "1.8": {}, "1.10": {} },
};

export const agnhost: ImageRepository = {
  names: ["registry.k8s.io/e2e-test-images/agnhost", "k8s.gcr.io/e2e-test-images/agnhost"],
  shared: {
    entrypoint: ["/agnhost"],
    cmd: ["pause"],
    programs: { "/agnhost": "agnhost", agnhost: "agnhost" },
    userland: "alpine",
    sizeBytes: 53_000_000,
    files: alpineFiles("3.12.0"),
    extraCommands: ["curl", "dig", "nslookup"],
  },
  tags: { "2.21": {}, "2.32": {}, "2.39": {}, "2.40": {}, "2.53": {} },
};

export const httpEcho: ImageRepository = {
  names: ["docker.io/hashicorp/http-echo"],
  shared: {
    entrypoint: ["/http-echo"],
    programs: { "/http-echo": "http-echo", "http-echo": "http-echo" },
    exposedPorts: [5678],
    sizeBytes: 3_200_000,
  },
  tags: { "0.2.3": {}, "1.0": {}, "1.0.0": "1.0", latest: "1.0" },
};

export const hpaExample: ImageRepository = {
  names: [
    "registry.k8s.io/hpa-example",
    "k8s.gcr.io/hpa-example",
    "gcr.io/google_containers/hpa-example",
    "gcr.io/google-containers/hpa-example",
  ],
  shared: {
    cmd: ["apache2-foreground"],
    workingDirectory: "/var/www/html",
    exposedPorts: [80],
    programs: { "apache2-foreground": "hpa-example" },
    userland: "debian",
    sizeBytes: 180_700_000,
    files: {
      ...debianFiles("8"),
      "/var/www/html/index.php":
        '<?php\n  $x = 0.0001;\n  for ($i = 0; $i <= 1000000; $i++) {\n    $x += sqrt($x);\n  }\n  echo "OK!";\n?>\n',
    },
  },
  tags: { latest: {} },
};
