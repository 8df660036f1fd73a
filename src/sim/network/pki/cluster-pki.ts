import { sha256 } from "@noble/hashes/sha2.js";
import { encodeBytes } from "@/posix/files/bytes";
import type { ClusterOptions } from "../../options";
import { createCertificate } from "./certificate";
import { bytesToBigint, concat } from "./der";
import { generateKeyPair } from "./keys";

/** 2025-01-01, and longer than any lab lasts: the clocks of labs are far apart. */
const NOT_BEFORE_MS = 1_735_689_600_000;
const NOT_AFTER_MS = NOT_BEFORE_MS + 25 * 31_536_000_000;
const SEED = "cluster-pki";
/** Clusters of one process whose certificates are kept at hand; they are made again when needed. */
const CACHE_LIMIT = 64;

/**
 * The certificates of a cluster's control plane, as kubeadm makes them. Clusters of the same nodes share them: they are
 * part of what a new cluster takes over ready-made, and making keys would cost more than all the rest of its start.
 */
export interface ClusterPki {
  caCertificatePem: string;
  caPrivateKeyPem: string;
  apiServerChainPem: string;
  kubeletChainPem: string;
}

const cache = new Map<string, ClusterPki>();

/** `addresses`: the control plane's, for the API server's certificate. */
export function clusterPki(options: ClusterOptions, addresses: string[] = []): ClusterPki {
  const nodes = options.nodes.map((node) => node.name);
  const key = JSON.stringify([nodes, options.serviceCidr, addresses]);
  const known = cache.get(key);
  if (known) return known;
  const made = make(options, addresses);
  if (cache.size >= CACHE_LIMIT) cache.delete(cache.keys().next().value!);
  cache.set(key, made);
  return made;
}

function make(options: ClusterOptions, addresses: string[]): ClusterPki {
  const random = (what: string) => sha256(encodeBytes(`${SEED}/${what}`));
  const keys = (what: string) => generateKeyPair(concat(random(`${what}/key`), random(`${what}/more`)));
  const serial = (what: string) => bytesToBigint(random(`${what}/serial`).subarray(0, 8));
  const ca = keys("ca");
  const caCertificatePem = createCertificate({
    subject: [["CN", "kubernetes"]],
    serialNumber: 0,
    notBeforeMs: NOT_BEFORE_MS,
    notAfterMs: NOT_AFTER_MS,
    privateKeyPem: ca.privateKeyPem,
    isCa: true,
    keyUsage: ["digitalSignature", "keyEncipherment", "keyCertSign"],
    dnsNames: ["kubernetes"],
  });
  const leaf = (name: string, dnsNames: string[], ipAddresses: string[]) =>
    createCertificate({
      subject: [["CN", name]],
      serialNumber: serial(name),
      notBeforeMs: NOT_BEFORE_MS,
      notAfterMs: NOT_AFTER_MS,
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
