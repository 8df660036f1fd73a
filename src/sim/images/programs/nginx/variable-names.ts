import { ConfigError, type Directive } from "./read-config";

/** Variables that nginx itself has; `variables.ts` gives their values. */
export const BUILT_IN = new Set(
  `args binary_remote_addr body_bytes_sent bytes_sent connection connection_requests content_length content_type document_root
  document_uri host hostname https is_args msec nginx_version pid pipe proxy_add_x_forwarded_for proxy_host proxy_port
  query_string realip_remote_addr realpath_root remote_addr remote_port remote_user request request_body
  request_completion request_filename request_id request_length request_method request_time request_uri scheme server_addr
  server_name server_port server_protocol ssl_cipher ssl_protocol ssl_server_name status tcpinfo_rtt time_iso8601 time_local
  upstream_addr upstream_bytes_received upstream_cache_status upstream_connect_time upstream_header_time
  upstream_response_length upstream_response_time upstream_status uri`.split(/\s+/),
);

const FAMILIES = /^(http_|sent_http_|arg_|cookie_|upstream_http_)|^\d$/;
/** Directives whose values are filled in when a request comes. */
const EVALUATED = new Set([
  "return",
  "rewrite",
  "set",
  "if",
  "proxy_pass",
  "proxy_set_header",
  "add_header",
  "log_format",
  "root",
  "alias",
  "try_files",
  "map",
  "error_page",
  "index",
  "auth_basic",
  "access_log",
  "proxy_redirect",
]);

const NAME = /\$(?:\{([A-Za-z0-9_]+)\}|([A-Za-z_][A-Za-z0-9_]*|\d))/g;

/** The names of variables in a text. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(NAME)].map((match) => match[1] ?? match[2]!);
}

/** nginx refuses to start where a name is used that nobody sets. */
export function checkVariables(directives: Directive[]): void {
  const known = new Set<string>();
  walk(directives, (directive) => {
    if (directive.name === "set") known.add(directive.args[0]!.slice(1));
    if (directive.name === "map" || directive.name === "geo" || directive.name === "split_clients")
      known.add(directive.args.at(-1)!.slice(1));
    if (directive.name === "auth_request_set") known.add(directive.args[0]!.slice(1));
    for (const arg of directive.args) {
      for (const [, name] of arg.matchAll(/\(\?P?<([A-Za-z_]\w*)>/g)) known.add(name!);
    }
  });
  walk(directives, (directive) => {
    if (!EVALUATED.has(directive.name)) return;
    const args = directive.name === "rewrite" ? directive.args.slice(1) : directive.args;
    for (const arg of args) {
      for (const name of variablesIn(arg)) {
        const lower = name.toLowerCase();
        if (!known.has(name) && !BUILT_IN.has(lower) && !FAMILIES.test(lower)) {
          throw new ConfigError(`unknown "${lower}" variable`, directive.name === "log_format" ? undefined : directive);
        }
      }
    }
  });
}

function walk(directives: Directive[], visit: (directive: Directive) => void): void {
  for (const directive of directives) {
    visit(directive);
    if (directive.block && directive.name !== "types") walk(directive.block, visit);
  }
}
