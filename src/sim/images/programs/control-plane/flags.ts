import type { ProgramContext } from "../../program";

/** `--name=value` and `--name value`, in the order given; a bare flag is `true`. */
export function parseFlags(argv: readonly string[]): { flags: Map<string, string>; stray?: string } {
  const flags = new Map<string, string>();
  const words = argv.slice(1);
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    const [, name, value] = /^--?([^=]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
    if (name === undefined) return { flags, stray: word };
    const next = words[index + 1];
    if (value !== undefined) flags.set(name, value);
    else if (next !== undefined && !next.startsWith("-")) {
      flags.set(name, next);
      index++;
    } else flags.set(name, "true");
  }
  return { flags };
}

/** Whether a file that a flag names is there, as the container sees it. */
export const hasFile = (context: ProgramContext, path: string): boolean => context.files.stat(path)?.type === "file";

const names = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

/** Flags that all three servers have. */
const COMMON = `allow-metric-labels authorization-always-allow-paths bind-address cert-dir contention-profiling disabled-metrics
  emulated-version feature-gates help http2-max-streams-per-connection kubeconfig log-flush-frequency log-json-info-buffer-size
  log-json-split-stream log-text-info-buffer-size log-text-split-stream logging-format permit-address-sharing permit-port-sharing
  profiling secure-port show-hidden-metrics-for-version tls-cert-file tls-cipher-suites tls-min-version tls-private-key-file
  tls-sni-cert-key v version vmodule requestheader-allowed-names requestheader-client-ca-file requestheader-extra-headers-prefix
  requestheader-group-headers requestheader-uid-headers requestheader-username-headers client-ca-file`;

const CLIENT = `authentication-kubeconfig authentication-skip-lookup authentication-token-webhook-cache-ttl
  authentication-tolerate-lookup-failure authorization-kubeconfig authorization-webhook-cache-authorized-ttl
  authorization-webhook-cache-unauthorized-ttl kube-api-burst kube-api-content-type kube-api-qps leader-elect
  leader-elect-lease-duration leader-elect-renew-deadline leader-elect-resource-lock leader-elect-resource-name
  leader-elect-resource-namespace leader-elect-retry-period master`;

export const SCHEDULER_FLAGS = names(
  `${COMMON} ${CLIENT} config write-config-to pod-max-in-unschedulable-pods-duration`,
);

export const CONTROLLER_MANAGER_FLAGS =
  names(`${COMMON} ${CLIENT} allocate-node-cidrs allow-untagged-cloud attach-detach-reconcile-sync-period
  cidr-allocator-type cloud-config cloud-provider cluster-cidr cluster-name cluster-signing-cert-file cluster-signing-duration
  cluster-signing-key-file concurrent-cron-job-syncs concurrent-daemonset-syncs concurrent-deployment-syncs concurrent-endpoint-syncs
  concurrent-gc-syncs concurrent-job-syncs concurrent-namespace-syncs concurrent-node-syncs concurrent-replicaset-syncs
  concurrent-resource-quota-syncs concurrent-service-endpoint-syncs concurrent-service-syncs concurrent-serviceaccount-token-syncs
  concurrent-statefulset-syncs concurrent-ttl-after-finished-syncs configure-cloud-routes controller-start-interval controllers
  disable-attach-detach-reconcile-sync enable-dynamic-provisioning enable-garbage-collector enable-hostpath-provisioner
  enable-leader-migration endpoint-updates-batch-period endpointslice-updates-batch-period external-cloud-volume-plugin
  flex-volume-plugin-dir horizontal-pod-autoscaler-cpu-initialization-period horizontal-pod-autoscaler-downscale-delay
  horizontal-pod-autoscaler-downscale-stabilization horizontal-pod-autoscaler-initial-readiness-delay
  horizontal-pod-autoscaler-sync-period horizontal-pod-autoscaler-tolerance kube-api-qps large-cluster-size-threshold
  max-endpoints-per-slice min-resync-period namespace-sync-period node-cidr-mask-size node-cidr-mask-size-ipv4
  node-cidr-mask-size-ipv6 node-eviction-rate node-monitor-grace-period node-monitor-period node-startup-grace-period
  node-sync-period pv-recycler-increment-timeout-nfs pvclaimbinder-sync-period resource-quota-sync-period root-ca-file
  route-reconciliation-period secondary-node-eviction-rate service-account-private-key-file service-cluster-ip-range
  terminated-pod-gc-threshold unhealthy-zone-threshold use-service-account-credentials`);

export const API_SERVER_FLAGS =
  names(`${COMMON} admission-control-config-file advertise-address aggregator-reject-forwarding-redirects
  allow-privileged anonymous-auth api-audiences apiserver-count audit-log-batch-buffer-size audit-log-batch-max-size
  audit-log-compress audit-log-format audit-log-maxage audit-log-maxbackup audit-log-maxsize audit-log-mode audit-log-path
  audit-log-truncate-enabled audit-policy-file audit-webhook-batch-max-size audit-webhook-config-file audit-webhook-mode
  authentication-config authentication-token-webhook-cache-ttl authentication-token-webhook-config-file
  authentication-token-webhook-version authorization-config authorization-mode authorization-policy-file
  authorization-webhook-cache-authorized-ttl authorization-webhook-config-file authorization-webhook-version
  cors-allowed-origins debug-socket-path default-not-ready-toleration-seconds default-unreachable-toleration-seconds
  default-watch-cache-size delete-collection-workers disable-admission-plugins disable-http2-serving egress-selector-config-file
  enable-admission-plugins enable-aggregator-routing enable-bootstrap-token-auth enable-garbage-collector
  enable-priority-and-fairness encryption-provider-config encryption-provider-config-automatic-reload endpoint-reconciler-type
  etcd-cafile etcd-certfile etcd-compaction-interval etcd-count-metric-poll-period etcd-db-metric-poll-interval
  etcd-healthcheck-timeout etcd-keyfile etcd-prefix etcd-readycheck-timeout etcd-servers etcd-servers-overrides event-ttl
  external-hostname goaway-chance identity-lease-duration-seconds kubelet-certificate-authority kubelet-client-certificate
  kubelet-client-key kubelet-port kubelet-preferred-address-types kubelet-read-only-port kubelet-timeout
  kubernetes-service-node-port lease-reuse-duration-seconds livez-grace-period max-connection-bytes-per-sec
  max-mutating-requests-inflight max-requests-inflight min-request-timeout oidc-ca-file oidc-client-id oidc-groups-claim
  oidc-groups-prefix oidc-issuer-url oidc-required-claim oidc-signing-algs oidc-username-claim oidc-username-prefix
  peer-advertise-ip peer-advertise-port peer-ca-file proxy-client-cert-file proxy-client-key-file request-timeout
  runtime-config service-account-extend-token-expiration service-account-issuer service-account-jwks-uri
  service-account-key-file service-account-lookup service-account-max-token-expiration service-account-signing-endpoint
  service-account-signing-key-file service-cluster-ip-range service-node-port-range shutdown-delay-duration
  shutdown-send-retry-after shutdown-watch-termination-grace-period storage-backend storage-initialization-timeout
  storage-media-type strict-transport-security-directives token-auth-file tracing-config-file watch-cache watch-cache-sizes`);

export const ETCD_FLAGS =
  names(`advertise-client-urls auth-token auto-compaction-mode auto-compaction-retention auto-tls
  backend-batch-interval backend-batch-limit bcrypt-cost cert-file cipher-suites client-cert-allowed-hostname client-cert-auth
  client-crl-file config-file cors data-dir discovery election-timeout enable-grpc-gateway enable-log-rotation enable-pprof
  experimental-compact-hash-check-enabled experimental-corrupt-check-time experimental-initial-corrupt-check
  experimental-warning-apply-duration experimental-watch-progress-notify-interval force-new-cluster grpc-keepalive-interval
  grpc-keepalive-min-time grpc-keepalive-timeout heartbeat-interval host-whitelist initial-advertise-peer-urls initial-cluster
  initial-cluster-state initial-cluster-token initial-election-tick-advance key-file listen-client-http-urls listen-client-urls
  listen-metrics-urls listen-peer-urls log-format log-level log-outputs log-rotation-config-json logger max-concurrent-streams
  max-request-bytes max-snapshots max-txn-ops max-wals metrics name peer-auto-tls peer-cert-allowed-cn
  peer-cert-allowed-hostname peer-cert-file peer-client-cert-auth peer-crl-file peer-key-file peer-trusted-ca-file pre-vote
  proxy quota-backend-bytes self-signed-cert-validity snapshot-count socket-reuse-address socket-reuse-port strict-reconfig-check
  tls-max-version tls-min-version trusted-ca-file unsafe-no-fsync v2-deprecation wal-dir`);

/** Why a server of Kubernetes does not even begin: pflag's words, or undefined. */
export function flagError(argv: readonly string[], known: ReadonlySet<string>): string | undefined {
  const { flags, stray } = parseFlags(argv);
  const unknown = [...flags.keys()].find((name) => !known.has(name));
  if (unknown !== undefined) return `Error: unknown flag: --${unknown}\n`;
  if (stray !== undefined) return `Error: unknown command "${stray}" for "${argv[0]}"\n`;
  const elect = flags.get("leader-elect");
  if (elect !== undefined && !/^(1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/.test(elect))
    return `Error: invalid argument "${elect}" for "--leader-elect" flag: strconv.ParseBool: parsing "${elect}": invalid syntax\n`;
  const port = flags.get("secure-port");
  if (port !== undefined && !/^\d+$/.test(port))
    return `Error: invalid argument "${port}" for "--secure-port" flag: strconv.ParseInt: parsing "${port}": invalid syntax\n`;
  return undefined;
}
