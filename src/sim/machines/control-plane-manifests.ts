import { stringify } from "yaml";
import { nodeAddress } from "../boot/addresses";
import { systemImages } from "../boot/release";
import type { ClusterOptions } from "../options";

/** The port on which this cluster's API server listens: minikube's choice, where kubeadm's own is 6443. */
export const API_PORT = 8443;
export const PKI = "/etc/kubernetes/pki";
export const ETCD_DATA = "/var/lib/etcd";

/** A component of the control plane as a manifest of /etc/kubernetes/manifests starts it. */
interface StaticComponent {
  name: string;
  image: string;
  arguments: string[];
  requests: Record<string, string>;
  annotations?: Record<string, string>;
  health: { host: string; port: number; scheme: "HTTP" | "HTTPS"; live: string; ready?: string };
  mounts: { name: string; path: string; type: string; readOnly: boolean }[];
}

const directory = (name: string, path: string, readOnly = true) => ({
  name,
  path,
  type: "DirectoryOrCreate",
  readOnly,
});
const file = (name: string, path: string) => ({ name, path, type: "FileOrCreate", readOnly: true });

const CA_CERTS = [
  directory("ca-certs", "/etc/ssl/certs"),
  directory("etc-ca-certificates", "/etc/ca-certificates"),
  directory("k8s-certs", PKI),
  directory("usr-local-share-ca-certificates", "/usr/local/share/ca-certificates"),
  directory("usr-share-ca-certificates", "/usr/share/ca-certificates"),
];

function components(options: ClusterOptions, index: number): StaticComponent[] {
  return [etcd(options, index), apiServer(options, index), controllerManager(options), scheduler(options)];
}

function etcd(options: ClusterOptions, index: number): StaticComponent {
  const address = nodeAddress(index);
  const { name } = options.nodes[index]!;
  // A member that joins names those that were there before it.
  const members = options.nodes.flatMap((node, at) =>
    node.role === "control-plane" && at <= index ? [`${node.name}=https://${nodeAddress(at)}:2380`] : [],
  );
  return {
    name: "etcd",
    image: systemImages(options.version).etcd,
    requests: { cpu: "100m", memory: "100Mi" },
    annotations: { "kubeadm.kubernetes.io/etcd.advertise-client-urls": `https://${address}:2379` },
    arguments: [
      `--advertise-client-urls=https://${address}:2379`,
      `--cert-file=${PKI}/etcd/server.crt`,
      "--client-cert-auth=true",
      `--data-dir=${ETCD_DATA}`,
      "--experimental-initial-corrupt-check=true",
      "--experimental-watch-progress-notify-interval=5s",
      `--initial-advertise-peer-urls=https://${address}:2380`,
      `--initial-cluster=${members.join(",")}`,
      ...(members.length > 1 ? ["--initial-cluster-state=existing"] : []),
      `--key-file=${PKI}/etcd/server.key`,
      `--listen-client-urls=https://127.0.0.1:2379,https://${address}:2379`,
      "--listen-metrics-urls=http://127.0.0.1:2381",
      `--listen-peer-urls=https://${address}:2380`,
      `--name=${name}`,
      `--peer-cert-file=${PKI}/etcd/peer.crt`,
      "--peer-client-cert-auth=true",
      `--peer-key-file=${PKI}/etcd/peer.key`,
      `--peer-trusted-ca-file=${PKI}/etcd/ca.crt`,
      "--snapshot-count=10000",
      `--trusted-ca-file=${PKI}/etcd/ca.crt`,
    ],
    health: { host: "127.0.0.1", port: 2381, scheme: "HTTP", live: "/livez", ready: "/readyz" },
    mounts: [directory("etcd-data", ETCD_DATA, false), directory("etcd-certs", `${PKI}/etcd`, false)],
  };
}

function apiServer(options: ClusterOptions, index: number): StaticComponent {
  const address = nodeAddress(index);
  return {
    name: "kube-apiserver",
    image: systemImages(options.version).apiserver,
    requests: { cpu: "250m" },
    annotations: { "kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint": `${address}:${API_PORT}` },
    arguments: [
      `--advertise-address=${address}`,
      "--allow-privileged=true",
      "--authorization-mode=Node,RBAC",
      `--client-ca-file=${PKI}/ca.crt`,
      "--enable-admission-plugins=NodeRestriction",
      "--enable-bootstrap-token-auth=true",
      `--etcd-cafile=${PKI}/etcd/ca.crt`,
      `--etcd-certfile=${PKI}/apiserver-etcd-client.crt`,
      `--etcd-keyfile=${PKI}/apiserver-etcd-client.key`,
      "--etcd-servers=https://127.0.0.1:2379",
      `--kubelet-client-certificate=${PKI}/apiserver-kubelet-client.crt`,
      `--kubelet-client-key=${PKI}/apiserver-kubelet-client.key`,
      "--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname",
      `--proxy-client-cert-file=${PKI}/front-proxy-client.crt`,
      `--proxy-client-key-file=${PKI}/front-proxy-client.key`,
      "--requestheader-allowed-names=front-proxy-client",
      `--requestheader-client-ca-file=${PKI}/front-proxy-ca.crt`,
      "--requestheader-extra-headers-prefix=X-Remote-Extra-",
      "--requestheader-group-headers=X-Remote-Group",
      "--requestheader-username-headers=X-Remote-User",
      `--secure-port=${API_PORT}`,
      "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
      `--service-account-key-file=${PKI}/sa.pub`,
      `--service-account-signing-key-file=${PKI}/sa.key`,
      `--service-cluster-ip-range=${options.serviceCidr}`,
      `--tls-cert-file=${PKI}/apiserver.crt`,
      `--tls-private-key-file=${PKI}/apiserver.key`,
    ],
    health: { host: address, port: API_PORT, scheme: "HTTPS", live: "/livez", ready: "/readyz" },
    mounts: CA_CERTS,
  };
}

function controllerManager(options: ClusterOptions): StaticComponent {
  const kubeconfig = "/etc/kubernetes/controller-manager.conf";
  const plugins = "/usr/libexec/kubernetes/kubelet-plugins/volume/exec";
  return {
    name: "kube-controller-manager",
    image: systemImages(options.version).controllerManager,
    requests: { cpu: "200m" },
    arguments: [
      "--allocate-node-cidrs=true",
      `--authentication-kubeconfig=${kubeconfig}`,
      `--authorization-kubeconfig=${kubeconfig}`,
      "--bind-address=127.0.0.1",
      `--client-ca-file=${PKI}/ca.crt`,
      `--cluster-cidr=${options.podCidr}`,
      "--cluster-name=kubernetes",
      `--cluster-signing-cert-file=${PKI}/ca.crt`,
      `--cluster-signing-key-file=${PKI}/ca.key`,
      "--controllers=*,bootstrapsigner,tokencleaner",
      `--kubeconfig=${kubeconfig}`,
      "--leader-elect=true",
      `--requestheader-client-ca-file=${PKI}/front-proxy-ca.crt`,
      `--root-ca-file=${PKI}/ca.crt`,
      `--service-account-private-key-file=${PKI}/sa.key`,
      `--service-cluster-ip-range=${options.serviceCidr}`,
      "--use-service-account-credentials=true",
    ],
    health: { host: "127.0.0.1", port: 10_257, scheme: "HTTPS", live: "/healthz" },
    mounts: [
      CA_CERTS[0]!,
      CA_CERTS[1]!,
      directory("flexvolume-dir", plugins, false),
      CA_CERTS[2]!,
      file("kubeconfig", kubeconfig),
      CA_CERTS[3]!,
      CA_CERTS[4]!,
    ],
  };
}

function scheduler(options: ClusterOptions): StaticComponent {
  const kubeconfig = "/etc/kubernetes/scheduler.conf";
  return {
    name: "kube-scheduler",
    image: systemImages(options.version).scheduler,
    requests: { cpu: "100m" },
    arguments: [
      `--authentication-kubeconfig=${kubeconfig}`,
      `--authorization-kubeconfig=${kubeconfig}`,
      "--bind-address=127.0.0.1",
      `--kubeconfig=${kubeconfig}`,
      "--leader-elect=true",
    ],
    health: { host: "127.0.0.1", port: 10_259, scheme: "HTTPS", live: "/livez", ready: "/readyz" },
    mounts: [file("kubeconfig", kubeconfig)],
  };
}

/** By file name: what kubeadm writes to /etc/kubernetes/manifests of a control-plane node. */
export function controlPlaneManifests(options: ClusterOptions, index: number): Record<string, string> {
  return Object.fromEntries(
    components(options, index).map((component) => [`${component.name}.yaml`, manifestText(component)]),
  );
}

function manifestText(component: StaticComponent): string {
  const { name, annotations, health, mounts } = component;
  const probe = (path: string, rest: Record<string, number>) => ({
    failureThreshold: rest.failureThreshold,
    httpGet: { host: health.host, path, port: health.port, scheme: health.scheme },
    ...(rest.initialDelaySeconds && { initialDelaySeconds: rest.initialDelaySeconds }),
    periodSeconds: rest.periodSeconds,
    timeoutSeconds: 15,
  });
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      ...(annotations && { annotations }),
      labels: { component: name, tier: "control-plane" },
      name,
      namespace: "kube-system",
    },
    spec: {
      containers: [
        {
          command: [name, ...component.arguments],
          image: component.image,
          imagePullPolicy: "IfNotPresent",
          livenessProbe: probe(health.live, { failureThreshold: 8, initialDelaySeconds: 10, periodSeconds: 10 }),
          name,
          ...(health.ready && { readinessProbe: probe(health.ready, { failureThreshold: 3, periodSeconds: 1 }) }),
          resources: { requests: component.requests },
          startupProbe: probe(health.live, { failureThreshold: 24, initialDelaySeconds: 10, periodSeconds: 10 }),
          volumeMounts: mounts.map((mount) => ({
            mountPath: mount.path,
            name: mount.name,
            ...(mount.readOnly && { readOnly: true }),
          })),
        },
      ],
      hostNetwork: true,
      priority: 2_000_001_000,
      priorityClassName: "system-node-critical",
      securityContext: { seccompProfile: { type: "RuntimeDefault" } },
      volumes: mounts.map(({ name, path, type }) => ({ hostPath: { path, type }, name })),
    },
    status: {},
  };
  return stringify(pod, { indentSeq: false, lineWidth: 0 });
}
