import { sha256 } from "@noble/hashes/sha2.js";
import { encodeBytes } from "@/posix/files/bytes";
import type { FileEntry } from "@/posix/files/tree";
import { nodeAddress } from "../boot/addresses";
import { fromCivil } from "../kernel/time";
import { clusterPki, createCertificate, generateKeyPair } from "../network/pki";
import { bytesToBigint } from "../network/pki/der";
import { serviceAccountKey } from "../network/pki/service-account-key";
import type { ClusterOptions } from "../options";
import { PKI } from "./control-plane-manifests";

/** Certificates of components are as long-lived as the cluster's others: clusters live inside this time. */
const NOT_BEFORE_MS = fromCivil(2025, 1, 1);
const NOT_AFTER_MS = fromCivil(2049, 12, 31);

export interface Issued {
  certificatePem: string;
  privateKeyPem: string;
}

interface Subject {
  name: string;
  organisation?: string;
  dnsNames?: string[];
  ipAddresses?: string[];
}

/** All are made of constants, as the cluster's authority is: one making serves the whole process. */
const issued = new Map<string, Issued>();
const ISSUED_LIMIT = 256;

function once(key: string, make: () => Issued): Issued {
  let found = issued.get(key);
  if (!found) {
    found = make();
    if (issued.size >= ISSUED_LIMIT) issued.delete(issued.keys().next().value!);
    issued.set(key, found);
  }
  return found;
}

const bytes = (what: string) => sha256(encodeBytes(`kubernetes/machines/${what}`));
const serial = (what: string) => bytesToBigint(bytes(`${what}/serial`).subarray(0, 8)) >> 1n;

function authority(name: string): Issued {
  if (name === "kubernetes") {
    const pki = clusterPki();
    return { certificatePem: pki.caCertificatePem, privateKeyPem: pki.caPrivateKeyPem };
  }
  return once(`ca/${name}`, () => {
    const { privateKeyPem } = generateKeyPair(bytes(`ca/${name}`));
    const certificatePem = createCertificate({
      notBeforeMs: NOT_BEFORE_MS,
      notAfterMs: NOT_AFTER_MS,
      subject: [["CN", name]],
      serialNumber: serial(`ca/${name}`),
      privateKeyPem,
      isCa: true,
      keyUsage: ["digitalSignature", "keyEncipherment", "keyCertSign"],
      dnsNames: [name],
    });
    return { certificatePem, privateKeyPem };
  });
}

/** A certificate of the cluster's authority (or of etcd's, or the front proxy's). */
export function issue(ca: "kubernetes" | "etcd-ca" | "front-proxy-ca", subject: Subject): Issued {
  const { name, organisation, dnsNames, ipAddresses } = subject;
  const key = [ca, name, organisation ?? "", ...(dnsNames ?? []), ...(ipAddresses ?? [])].join("/");
  return once(key, () => {
    const issuer = authority(ca);
    const { privateKeyPem } = generateKeyPair(bytes(key));
    const certificatePem = createCertificate({
      notBeforeMs: NOT_BEFORE_MS,
      notAfterMs: NOT_AFTER_MS,
      subject: [...(organisation ? [["O", organisation] as [string, string]] : []), ["CN", name]],
      serialNumber: serial(key),
      privateKeyPem,
      issuer,
      isCa: false,
      keyUsage: ["digitalSignature", "keyEncipherment"],
      extendedKeyUsage: dnsNames ? ["serverAuth"] : ["clientAuth"],
      ...(dnsNames && { dnsNames }),
      ...(ipAddresses && { ipAddresses }),
    });
    return { certificatePem, privateKeyPem };
  });
}

/** What lies in /etc/kubernetes/pki of a control-plane node. */
export function controlPlanePki(options: ClusterOptions, index: number): Record<string, FileEntry> {
  const address = nodeAddress(index);
  const { name } = options.nodes[index]!;
  const files: Record<string, FileEntry> = {};
  const put = (path: string, { certificatePem, privateKeyPem }: Issued) => {
    files[`${PKI}/${path}.crt`] = certificatePem;
    files[`${PKI}/${path}.key`] = { content: privateKeyPem, mode: 0o600 };
  };
  put("ca", authority("kubernetes"));
  put("etcd/ca", authority("etcd-ca"));
  put("front-proxy-ca", authority("front-proxy-ca"));
  const service = [
    "kubernetes",
    "kubernetes.default",
    "kubernetes.default.svc",
    "kubernetes.default.svc.cluster.local",
  ];
  put(
    "apiserver",
    issue("kubernetes", { name: "kube-apiserver", dnsNames: [name, ...service], ipAddresses: ["10.96.0.1", address] }),
  );
  put(
    "apiserver-kubelet-client",
    issue("kubernetes", { name: "kube-apiserver-kubelet-client", organisation: "kubeadm:cluster-admins" }),
  );
  put("apiserver-etcd-client", issue("etcd-ca", { name: "kube-apiserver-etcd-client" }));
  put("front-proxy-client", issue("front-proxy-ca", { name: "front-proxy-client" }));
  const member = { name, dnsNames: ["localhost", name], ipAddresses: [address, "127.0.0.1"] };
  put("etcd/server", issue("etcd-ca", member));
  put("etcd/peer", issue("etcd-ca", { ...member, dnsNames: [name, "localhost"] }));
  put("etcd/healthcheck-client", issue("etcd-ca", { name: "kube-etcd-healthcheck-client" }));
  const accounts = serviceAccountKey();
  files[`${PKI}/sa.key`] = { content: accounts.privateKeyPem, mode: 0o600 };
  files[`${PKI}/sa.pub`] = accounts.publicKeyPem;
  return files;
}
