/** nginx's directives as data (https://nginx.org/en/docs/dirindex.html): where each may stand and what it takes. */

const CONTEXTS: Record<string, number> = {
  main: 1,
  events: 2,
  http: 4,
  server: 8,
  location: 16,
  upstream: 32,
  "server-if": 64,
  "location-if": 128,
  stream: 256,
};

export interface DirectiveDefinition {
  contexts: number;
  /** `flag`, a number, `1-2`, `1+`. */
  arguments: string;
  block: boolean;
}

export const contextBit = (scope: string): number => CONTEXTS[scope] ?? 0;

/** Letters of contexts: m e h s l u i (if in server) j (if in location). */
const LETTERS: Record<string, number> = { m: 1, e: 2, h: 4, s: 8, l: 16, u: 32, i: 64, j: 128 };

/** `contexts arguments: names`; a `{` after the arguments marks blocks. */
const TABLE = `
m 0{: events http stream mail
m 1: worker_processes pid worker_rlimit_nofile worker_rlimit_core worker_priority worker_shutdown_timeout load_module lock_file ssl_engine timer_resolution working_directory
m 1-2: user
m flag: daemon master_process pcre_jit
m 1+: env worker_cpu_affinity thread_pool
me 1: debug_connection
e 1: worker_connections use worker_aio_requests accept_mutex_delay
e flag: multi_accept accept_mutex
mhsl 1+: error_log
h 0{: server
h 1{: upstream
h 2{: map split_clients
h 1-2{: geo
sl 1-2{: location
l 1+{: limit_except
sl 1+{: if
hsl 0{: types
h 2+: log_format
h 1+: limit_req_zone limit_conn_zone proxy_cache_path keys_zone open_log_file_cache
h 1: server_names_hash_bucket_size server_names_hash_max_size types_hash_bucket_size types_hash_max_size variables_hash_max_size variables_hash_bucket_size map_hash_bucket_size map_hash_max_size
s 1+: listen server_name
hs 1: ssl_certificate ssl_certificate_key ssl_dhparam ssl_ecdh_curve ssl_session_timeout ssl_ciphers ssl_client_certificate ssl_trusted_certificate ssl_verify_client ssl_verify_depth ssl_password_file ssl_crl ssl_session_ticket_key ssl_buffer_size client_header_timeout client_header_buffer_size connection_pool_size request_pool_size
hs 1+: ssl_protocols ssl_session_cache ssl_conf_command
hs flag: ssl ssl_prefer_server_ciphers ssl_session_tickets ssl_stapling ssl_stapling_verify ssl_early_data ssl_reject_handshake http2 http3 ignore_invalid_headers merge_slashes underscores_in_headers
hs 2: large_client_header_buffers
hslj 1: root default_type client_max_body_size limit_rate limit_rate_after sendfile_max_chunk
hsl 1: client_body_buffer_size client_body_timeout client_body_temp_path send_timeout keepalive_requests keepalive_time lingering_close lingering_time lingering_timeout resolver_timeout if_modified_since charset gzip_comp_level gzip_min_length gzip_http_version server_tokens satisfy auth_basic_user_file auth_request max_ranges open_file_cache_valid open_file_cache_min_uses postpone_output read_ahead send_lowat directio limit_conn_status limit_req_status limit_conn_log_level limit_req_log_level autoindex_format disable_symlinks
hsl 1-2: keepalive_timeout output_buffers gzip_buffers
hsl 1+: resolver gzip_types gzip_disable gzip_proxied charset_types keepalive_disable open_file_cache limit_req limit_conn set_real_ip_from real_ip_header auth_request_set sub_filter_types
hsl flag: tcp_nopush tcp_nodelay log_not_found log_subrequest etag gzip_vary gzip_static msie_padding msie_refresh recursive_error_pages reset_timedout_connection port_in_redirect absolute_redirect server_name_in_redirect chunked_transfer_encoding autoindex_exact_size autoindex_localtime real_ip_recursive override_charset sub_filter_once open_file_cache_errors source_charset client_body_in_single_buffer chunked
hsl 1: client_body_in_file_only
hsl 2: sub_filter
hslj flag: sendfile autoindex gzip ssi
hslj 1: aio
hslj 1+: index access_log add_header add_trailer expires
hslj 2+: error_page
hslj 1: auth_basic
hsl 1: allow deny
hsl 1: proxy_connect_timeout proxy_read_timeout proxy_send_timeout proxy_http_version proxy_buffer_size proxy_busy_buffers_size proxy_temp_file_write_size proxy_max_temp_file_size proxy_next_upstream_timeout proxy_next_upstream_tries proxy_ssl_certificate proxy_ssl_certificate_key proxy_ssl_trusted_certificate proxy_ssl_verify_depth proxy_ssl_name proxy_ssl_ciphers proxy_headers_hash_max_size proxy_headers_hash_bucket_size proxy_hide_header proxy_pass_header proxy_cache proxy_cache_key proxy_cache_min_uses proxy_cache_lock_timeout proxy_set_body proxy_method proxy_store
hsl 1+: proxy_next_upstream proxy_ssl_protocols proxy_ignore_headers proxy_cache_valid proxy_cache_bypass proxy_no_cache proxy_cache_use_stale proxy_temp_path proxy_cookie_path proxy_cookie_domain proxy_bind proxy_cache_methods
hsl 1-2: proxy_redirect
hsl 2: proxy_set_header proxy_buffers
hsl flag: proxy_buffering proxy_request_buffering proxy_intercept_errors proxy_pass_request_headers proxy_pass_request_body proxy_ignore_client_abort proxy_ssl_verify proxy_ssl_server_name proxy_ssl_session_reuse proxy_socket_keepalive proxy_cache_lock proxy_force_ranges
lj 1: proxy_pass fastcgi_pass uwsgi_pass scgi_pass grpc_pass
hsl 2-3: fastcgi_param
hsl 1: fastcgi_index fastcgi_read_timeout fastcgi_connect_timeout fastcgi_split_path_info
l 1: alias
l 0: internal
l 0-1: stub_status
sl 2+: try_files
slij 1-2: return
slij 2-3: rewrite
slij 2: set
slij 0: break
hslij flag: rewrite_log uninitialized_variable_warn
u 1+: server hash
u 1: keepalive keepalive_timeout keepalive_requests
u 1-2: zone
u 0: ip_hash
u 0-1: least_conn
u 0-2: random
`;

const definitions = new Map<string, DirectiveDefinition[]>();
for (const row of TABLE.trim().split("\n")) {
  const [head = "", names = ""] = row.split(": ");
  const [letters = "", taken = ""] = head.split(" ");
  const contexts = [...letters].reduce((sum, letter) => sum | LETTERS[letter]!, 0);
  const definition = { contexts, arguments: taken.replace("{", ""), block: taken.endsWith("{") };
  for (const name of names.split(" ")) {
    definitions.set(name, [...(definitions.get(name) ?? []), definition]);
  }
}

/** Directives that came or went: first version that has them, first that has them no more. */
const LIFETIMES: Record<string, [from?: string, until?: string]> = {
  ssl: [undefined, "1.25.1"],
  http2: ["1.25.1"],
  http3: ["1.25.0"],
  ssl_reject_handshake: ["1.19.4"],
  ssl_conf_command: ["1.19.4"],
  keepalive_time: ["1.19.10"],
  absolute_redirect: ["1.11.8"],
};

export function findDirective(name: string, version: string): DirectiveDefinition[] | undefined {
  const [from, until] = LIFETIMES[name] ?? [];
  if (from !== undefined && isOlder(version, from)) return undefined;
  if (until !== undefined && !isOlder(version, until)) return undefined;
  return definitions.get(name);
}

function isOlder(version: string, other: string): boolean {
  const [left, right] = [version, other].map((text) => text.split(".").map(Number));
  for (let part = 0; part < 3; part++) {
    if (left![part] !== right![part]) return left![part]! < right![part]!;
  }
  return false;
}

export function takesArguments(definition: DirectiveDefinition, count: number): boolean {
  const { arguments: taken } = definition;
  if (taken === "flag") return count === 1;
  if (taken.endsWith("+")) return count >= Number(taken.slice(0, -1));
  const [least = "0", most = least] = taken.split("-");
  return count >= Number(least) && count <= Number(most);
}
