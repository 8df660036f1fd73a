import { sha256 } from "@noble/hashes/sha2.js";
import { encodeBytes } from "@/posix/files/bytes";
import type { ClusterOptions } from "../../options";
import { createCertificate } from "./certificate";
import { bytesToBigint, concat } from "./der";
import { generateKeyPair } from "./keys";

const YEAR_MS = 31_536_000_000;
const CA_YEARS = 10;
/** Clusters of one process whose certificates are kept at hand; they are made again when needed. */
const CACHE_LIMIT = 64;

/** The certificates of a cluster's control plane, as kubeadm makes them. Derived from the seed: no state. */
export interface ClusterPki {
  caCertificatePem: string;
  caPrivateKeyPem: string;
  apiServerChainPem: string;
  kubeletChainPem: string;
}

const cache = new Map<string, ClusterPki>();

/** `addresses`: the control plane's, for the API server's certificate. */
export function clusterPki(options: ClusterOptions, addresses: string[] = []): ClusterPki {
  const key = `${options.seed}\u0000${options.startMs}\u0000${addresses.join(",")}`;
  const known = cache.get(key);
  if (known) return known;
  const made = make(options, addresses);
  if (cache.size >= CACHE_LIMIT) cache.delete(cache.keys().next().value!);
  cache.set(key, made);
  return made;
}

function make(options: ClusterOptions, addresses: string[]): ClusterPki {
  const random = (what: string) => sha256(encodeBytes(`${options.seed}/pki/${what}`));
  const keys = (what: string) => generateKeyPair(concat(random(`${what}/key`), random(`${what}/more`)));
  const serial = (what: string) => bytesToBigint(random(`${what}/serial`).subarray(0, 8));
  // kubeadm dates certificates back a little, so that a clock that lags still takes them.
  const notBeforeMs = options.startMs - 300_000;
  const ca = keys("ca");
  const caCertificatePem = createCertificate({
    subject: [["CN", "kubernetes"]],
    serialNumber: 0,
    notBeforeMs,
    notAfterMs: notBeforeMs + CA_YEARS * YEAR_MS,
    privateKeyPem: ca.privateKeyPem,
    isCa: true,
    keyUsage: ["digitalSignature", "keyEncipherment", "keyCertSign"],
    dnsNames: ["kubernetes"],
  });
  const leaf = (name: string, dnsNames: string[], ipAddresses: string[]) =>
    createCertificate({
      subject: [["CN", name]],
      serialNumber: serial(name),
      notBeforeMs,
      notAfterMs: notBeforeMs + YEAR_MS,
      privateKeyPem: keys(name).privateKeyPem,
      issuer: { certificatePem: caCertificatePem, privateKeyPem: ca.privateKeyPem },
      isCa: false,
      keyUsage: ["digitalSignature", "keyEncipherment"],
      extendedKeyUsage: ["serverAuth"],
      dnsNames,
      ipAddresses,
    });
  const nodes = options.nodes.map((node) => node.name);
  const service = [
    "kubernetes",
    "kubernetes.default",
    "kubernetes.default.svc",
    "kubernetes.default.svc.cluster.local",
  ];
  const first = options.serviceCidr.replace(/\d+\/\d+$/, "1");
  return {
    caCertificatePem,
    caPrivateKeyPem: ca.privateKeyPem,
    apiServerChainPem: leaf("kube-apiserver", [...nodes, ...service], [first, ...addresses]),
    kubeletChainPem: leaf("kubelet", nodes, addresses),
  };
}
