/** The files of the official nginx images that a learner looks at or replaces. */

export const WELCOME_PAGE = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`;

const ERROR_PAGE = `<!DOCTYPE html>
<html>
<head>
<title>Error</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>An error occurred.</h1>
<p>Sorry, the page you are looking for is currently unavailable.<br/>
Please try again later.</p>
<p>If you are the system administrator of this resource then you should check
the error log for details.</p>
<p><em>Faithfully yours, nginx.</em></p>
</body>
</html>
`;

export const DEFAULT_SERVER = `server {
    listen       80;
    server_name  localhost;

    #access_log  /var/log/nginx/host.access.log  main;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    #error_page  404              /404.html;

    # redirect server error pages to the static page /50x.html
    #
    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}
`;

const MIME_TYPES: [type: string, extensions: string][] = [
  ["text/html", "html htm shtml"],
  ["text/css", "css"],
  ["text/xml", "xml"],
  ["image/gif", "gif"],
  ["image/jpeg", "jpeg jpg"],
  ["application/javascript", "js"],
  ["application/atom+xml", "atom"],
  ["application/rss+xml", "rss"],
  ["text/plain", "txt"],
  ["image/png", "png"],
  ["image/svg+xml", "svg svgz"],
  ["image/webp", "webp"],
  ["image/x-icon", "ico"],
  ["font/woff", "woff"],
  ["font/woff2", "woff2"],
  ["application/json", "json"],
  ["application/pdf", "pdf"],
  ["application/wasm", "wasm"],
  ["application/zip", "zip"],
  ["application/octet-stream", "bin exe dll"],
  ["audio/mpeg", "mp3"],
  ["video/mp4", "mp4"],
];

export function nginxFiles(version: string): Record<string, string> {
  const [, minor = 0] = version.split(".").map(Number);
  const modern = minor >= 21;
  const types = MIME_TYPES.map(([type, extensions]) => `    ${type.padEnd(48)} ${extensions};`).join("\n");
  return {
    "/etc/nginx/nginx.conf": `
user  nginx;
worker_processes  ${modern ? "auto" : "1"};

error_log  /var/log/nginx/error.log ${modern ? "notice" : "warn"};
pid        /${minor >= 27 ? "run" : "var/run"}/nginx.pid;


events {
    worker_connections  1024;
}


http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;

    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';

    access_log  /var/log/nginx/access.log  main;

    sendfile        on;
    #tcp_nopush     on;

    keepalive_timeout  65;

    #gzip  on;

    include /etc/nginx/conf.d/*.conf;
}
`,
    "/etc/nginx/conf.d/default.conf": DEFAULT_SERVER,
    "/etc/nginx/mime.types": `\ntypes {\n${types}\n}\n`,
    "/usr/share/nginx/html/index.html": WELCOME_PAGE,
    "/usr/share/nginx/html/50x.html": ERROR_PAGE,
  };
}
