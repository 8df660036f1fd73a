/** curl's command line. Only what is read here is known; everything else is refused as curl refuses it. */
export interface CurlOptions {
  urls: string[];
  method?: string;
  headers: [string, string][];
  data: string[];
  /** `-G`: the data goes into the query. */
  dataInQuery: boolean;
  json: boolean;
  user?: string;
  userAgent?: string;
  referer?: string;
  cookie?: string;
  insecure: boolean;
  caFile?: string;
  certFile?: string;
  keyFile?: string;
  verbose: boolean;
  include: boolean;
  head: boolean;
  silent: boolean;
  showError: boolean;
  fail: "no" | "yes" | "with-body";
  output?: string;
  remoteName: boolean;
  dumpHeader?: string;
  writeOut?: string;
  location: boolean;
  maxRedirects: number;
  maxTimeMs?: number;
  connectTimeoutMs?: number;
  resolve: { host: string; port: number; address: string }[];
  retries: number;
  retryDelayMs: number;
  uploadFile?: string;
  version: boolean;
  help: boolean;
}

export class CurlUsageError extends Error {
  constructor(
    message: string,
    readonly exitCode = 2,
  ) {
    super(message);
  }
}

type Taker = (options: CurlOptions, value: string) => void;
type Setter = (options: CurlOptions) => void;

const seconds = (name: string, value: string): number => {
  const number = Number(value);
  if (!Number.isFinite(number) || value === "")
    throw new CurlUsageError(`curl: option ${name}: expected a proper numerical parameter`);
  return number * 1000;
};

const VALUES: Record<string, Taker> = {
  request: (o, v) => {
    o.method = v;
  },
  header: (o, v) => {
    const colon = v.indexOf(":");
    if (colon > 0) o.headers.push([v.slice(0, colon).trim(), v.slice(colon + 1).trim()]);
    else if (v.endsWith(";")) o.headers.push([v.slice(0, -1), ""]);
  },
  data: (o, v) => o.data.push(v.startsWith("@") ? v : `=${v}`),
  "data-ascii": (o, v) => o.data.push(v.startsWith("@") ? v : `=${v}`),
  "data-raw": (o, v) => o.data.push(`=${v}`),
  "data-binary": (o, v) => o.data.push(v.startsWith("@") ? `b${v}` : `=${v}`),
  "data-urlencode": (o, v) => {
    const equals = v.indexOf("=");
    o.data.push(
      equals < 0 ? `=${encodeURIComponent(v)}` : `=${v.slice(0, equals + 1)}${encodeURIComponent(v.slice(equals + 1))}`,
    );
  },
  json: (o, v) => {
    o.json = true;
    o.data.push(v.startsWith("@") ? v : `=${v}`);
  },
  user: (o, v) => {
    o.user = v;
  },
  "user-agent": (o, v) => {
    o.userAgent = v;
  },
  referer: (o, v) => {
    o.referer = v;
  },
  cookie: (o, v) => {
    o.cookie = v;
  },
  cacert: (o, v) => {
    o.caFile = v;
  },
  cert: (o, v) => {
    o.certFile = v;
  },
  key: (o, v) => {
    o.keyFile = v;
  },
  output: (o, v) => {
    o.output = v;
  },
  "dump-header": (o, v) => {
    o.dumpHeader = v;
  },
  "write-out": (o, v) => {
    o.writeOut = v;
  },
  "max-redirs": (o, v) => {
    o.maxRedirects = Number(v);
  },
  "max-time": (o, v) => {
    o.maxTimeMs = seconds("-m", v);
  },
  "connect-timeout": (o, v) => {
    o.connectTimeoutMs = seconds("--connect-timeout", v);
  },
  resolve: (o, v) => {
    const [host, port, ...address] = v.split(":");
    o.resolve.push({ host: host!, port: Number(port), address: address.join(":") });
  },
  retry: (o, v) => {
    o.retries = Number(v);
  },
  "retry-delay": (o, v) => {
    o.retryDelayMs = seconds("--retry-delay", v);
  },
  "upload-file": (o, v) => {
    o.uploadFile = v;
  },
  url: (o, v) => o.urls.push(v),
};

const SWITCHES: Record<string, Setter> = {
  get: (o) => {
    o.dataInQuery = true;
  },
  insecure: (o) => {
    o.insecure = true;
  },
  verbose: (o) => {
    o.verbose = true;
  },
  include: (o) => {
    o.include = true;
  },
  head: (o) => {
    o.head = true;
  },
  silent: (o) => {
    o.silent = true;
  },
  "show-error": (o) => {
    o.showError = true;
  },
  fail: (o) => {
    o.fail = "yes";
  },
  "fail-with-body": (o) => {
    o.fail = "with-body";
  },
  "remote-name": (o) => {
    o.remoteName = true;
  },
  location: (o) => {
    o.location = true;
  },
  version: (o) => {
    o.version = true;
  },
  help: (o) => {
    o.help = true;
  },
};
// Accepted, and without effect here: one HTTP version, no proxies, no compression.
for (const name of [
  "http1.1",
  "http1.0",
  "http2",
  "ipv4",
  "ipv6",
  "compressed",
  "no-buffer",
  "progress-bar",
  "globoff",
  "basic",
  "retry-connrefused",
  "no-progress-meter",
  "path-as-is",
  "tlsv1.2",
  "tlsv1.3",
  "no-keepalive",
]) {
  SWITCHES[name] = () => {};
}

const SHORT: Record<string, string> = {
  X: "request",
  H: "header",
  d: "data",
  u: "user",
  A: "user-agent",
  e: "referer",
  b: "cookie",
  E: "cert",
  o: "output",
  D: "dump-header",
  w: "write-out",
  m: "max-time",
  T: "upload-file",
  G: "get",
  k: "insecure",
  v: "verbose",
  i: "include",
  I: "head",
  s: "silent",
  S: "show-error",
  f: "fail",
  O: "remote-name",
  L: "location",
  V: "version",
  h: "help",
  "4": "ipv4",
  "6": "ipv6",
  N: "no-buffer",
  g: "globoff",
  "#": "progress-bar",
  "0": "http1.0",
};

const TRY = "curl: try 'curl --help' or 'curl --manual' for more information";

export function parseCurl(argv: readonly string[]): CurlOptions {
  const options: CurlOptions = {
    urls: [],
    headers: [],
    data: [],
    dataInQuery: false,
    json: false,
    insecure: false,
    verbose: false,
    include: false,
    head: false,
    silent: false,
    showError: false,
    fail: "no",
    remoteName: false,
    location: false,
    maxRedirects: 50,
    resolve: [],
    retries: 0,
    retryDelayMs: 1000,
    version: false,
    help: false,
  };
  for (let index = 1; index < argv.length; index++) {
    const word = argv[index]!;
    const value = (name: string): string => {
      const next = argv[++index];
      if (next === undefined) throw new CurlUsageError(`curl: option ${name}: requires parameter\n${TRY}`);
      return next;
    };
    if (word.startsWith("--") && word.length > 2) {
      const name = word.slice(2);
      if (SWITCHES[name]) SWITCHES[name](options);
      else if (VALUES[name]) VALUES[name](options, value(word));
      else throw new CurlUsageError(`curl: option ${word}: is unknown\n${TRY}`);
    } else if (word.startsWith("-") && word.length > 1) {
      for (let at = 1; at < word.length; at++) {
        const name = SHORT[word[at]!];
        if (name && SWITCHES[name]) SWITCHES[name](options);
        else if (name && VALUES[name]) {
          VALUES[name](options, at + 1 < word.length ? word.slice(at + 1) : value(`-${word[at]}`));
          break;
        } else throw new CurlUsageError(`curl: option ${word}: is unknown\n${TRY}`);
      }
    } else options.urls.push(word);
  }
  return options;
}
