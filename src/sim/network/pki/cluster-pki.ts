import { sha256 } from "@noble/hashes/sha2.js";
import { encodeBytes } from "@/posix/files/bytes";
import { fromCivil } from "../../kernel/time";
import { createCertificate } from "./certificate";
import { bytesToBigint } from "./der";
import { generateKeyPair } from "./keys";

/** Sets of certificates at hand; they are made again when needed. */
const CACHE_LIMIT = 16;
/** All clusters live inside this time. */
const NOT_BEFORE_MS = fromCivil(2025, 1, 1);
const NOT_AFTER_MS = fromCivil(2049, 12, 31);

/**
 * The certificates of the control plane, in the form that kubeadm gives them. All clusters share one authority, made of
 * a constant: it protects nothing, and making one at each start would cost more than the start.
 */
export interface ClusterPki {
  caCertificatePem: string;
  caPrivateKeyPem: string;
  apiServerChainPem: string;
  kubeletChainPem: string;
}

const cache = new Map<string, ClusterPki>();

/** `addresses` and `names`: those of the machines, for the certificates of what listens there. */
export function clusterPki(addresses: string[] = [], names: string[] = [], serviceAddress = "10.96.0.1"): ClusterPki {
  const key = [...addresses, ...names, serviceAddress].join();
  const known = cache.get(key);
  if (known) return known;
  const made = make(addresses, names, serviceAddress);
  if (cache.size >= CACHE_LIMIT) cache.delete(cache.keys().next().value!);
  cache.set(key, made);
  return made;
}

function make(addresses: string[], names: string[], serviceAddress: string): ClusterPki {
  const bytes = (what: string) => sha256(encodeBytes(`kubernetes/pki/${what}`));
  const dates = { notBeforeMs: NOT_BEFORE_MS, notAfterMs: NOT_AFTER_MS };
  const ca = generateKeyPair(bytes("ca"));
  const caCertificatePem = createCertificate({
    ...dates,
    subject: [["CN", "kubernetes"]],
    serialNumber: bytesToBigint(bytes("ca/serial").subarray(0, 8)) >> 1n,
    privateKeyPem: ca.privateKeyPem,
    isCa: true,
    keyUsage: ["digitalSignature", "keyEncipherment", "keyCertSign"],
    dnsNames: ["kubernetes"],
  });
  const leaf = (name: string, dnsNames: string[], ipAddresses: string[]) =>
    createCertificate({
      ...dates,
      subject: [["CN", name]],
      serialNumber: bytesToBigint(bytes(`${name}/serial`).subarray(0, 8)) >> 1n,
      privateKeyPem: generateKeyPair(bytes(name)).privateKeyPem,
      issuer: { certificatePem: caCertificatePem, privateKeyPem: ca.privateKeyPem },
      isCa: false,
      keyUsage: ["digitalSignature", "keyEncipherment"],
      extendedKeyUsage: ["serverAuth"],
      dnsNames,
      ipAddresses,
    });
  const service = [
    "kubernetes",
    "kubernetes.default",
    "kubernetes.default.svc",
    "kubernetes.default.svc.cluster.local",
  ];
  return {
    caCertificatePem,
    caPrivateKeyPem: ca.privateKeyPem,
    apiServerChainPem: leaf(
      "kube-apiserver",
      [...names, ...service, "localhost"],
      [serviceAddress, ...addresses, "127.0.0.1"],
    ),
    kubeletChainPem: leaf("kubelet", names, addresses),
  };
}
