import { parseAllDocuments } from "yaml";
import type { Challenge } from "@/challenges/schema";
import { nextUint32, seedRandom } from "@/sim/kernel/random";
import { createCertificate, generateKeyPair } from "@/sim/network/pki";
import { clusterOptions, DEFAULT_START_MS } from "@/sim/options";
import { Lab } from "@/workstation/lab/lab";
import { parseDuration } from "./duration";

const CA_AGE_MS = 90 * 86_400_000;
const CA_LIFE_MS = 3650 * 86_400_000;
/** A new namespace takes pods once the service account controller has given it the account `default`. */
const NEW_NAMESPACE_MS = 1_000;

/** A setup manifest that the cluster refuses: the author's mistake. */
export class SetupError extends Error {}

export interface StartOptions {
  seed: string;
  /** ms since 1970 UTC; the lab's time starts here. */
  startMs?: number;
  language?: string;
}

/** A fresh lab for a challenge: its files and certificates in the home, its manifests applied, its faults come about, all settled. */
export function startChallenge(
  challenge: Challenge,
  { seed, startMs = DEFAULT_START_MS, language }: StartOptions,
): Lab {
  const { addons, nodes, kubectl, settle, setupAt, faults } = challenge.lab;
  const settleMs = parseDuration(settle);
  const lab = Lab.create({
    seed,
    startMs: startMs - settleMs,
    cluster: clusterOptions({ seed, startMs: startMs - settleMs, addons, ...(nodes && { nodes }) }),
    files: { ...challenge.files, ...certificateFiles(challenge, seed, startMs) },
    kubectl,
    ...(language && { language }),
  });
  const past = [
    ...faults.map(({ at, ...fault }) => ({ at, happen: () => lab.cluster.apply({ kind: "fault", fault }) })),
    { at: setupAt, happen: () => applyManifests(lab, challenge) },
  ];
  for (const { afterMs, happen } of past
    .map(({ at, happen }) => ({ afterMs: parseDuration(at), happen }))
    .sort((a, b) => a.afterMs - b.afterMs)) {
    lab.cluster.advanceTo(Math.max(lab.nowMs, startMs - settleMs + Math.min(afterMs, settleMs)));
    happen();
  }
  lab.cluster.advanceTo(Math.max(lab.nowMs, startMs));
  return lab;
}

function applyManifests(lab: Lab, challenge: Challenge): void {
  for (const { name, content } of challenge.setup) {
    for (const document of parseAllDocuments(content)) {
      const object = document.toJS();
      if (!object) continue;
      applySetup(lab, `setup/${name}`, object);
      if (object.kind === "Namespace") lab.cluster.advanceTo(lab.nowMs + NEW_NAMESPACE_MS);
    }
  }
}

function applySetup(
  lab: Lab,
  file: string,
  object: { apiVersion: string; kind: string; metadata?: { name?: string; namespace?: string } },
): void {
  const kind = lab.cluster.inside.kinds.findKind(object.apiVersion, object.kind);
  if (!kind) throw new SetupError(`${file}: the cluster knows no ${object.kind} of ${object.apiVersion}`);
  const root = kind.group ? `/apis/${kind.group}/${kind.version}` : `/api/${kind.version}`;
  const path = kind.namespaced
    ? `${root}/namespaces/${object.metadata?.namespace ?? "default"}/${kind.plural}`
    : `${root}/${kind.plural}`;
  const query = { fieldValidation: "Strict" };
  const named = `${path}/${object.metadata?.name}`;
  // What the cluster brings along, such as CoreDNS, is changed by a manifest that says only what differs.
  const exists = lab.cluster.request({ method: "GET", path: named }).status === 200;
  const response = exists
    ? lab.cluster.request({
        method: "PATCH",
        path: named,
        headers: { "content-type": "application/apply-patch+yaml" },
        body: object,
        query: { ...query, fieldManager: "setup", force: "true" },
      })
    : lab.cluster.request({ method: "POST", path, body: object, query });
  if (response.status >= 400) throw new SetupError(`${file}: ${(response.body as { message?: string }).message}`);
}

/** Real certificates, valid in lab time; the same seed gives the same ones. Certificates of one CA file share that CA. */
function certificateFiles(challenge: Challenge, seed: string, startMs: number): Record<string, string> {
  const random = seedRandom(`${seed}/certificates`);
  const bytes = (length: number) => Uint8Array.from({ length }, () => nextUint32(random) & 0xff);
  const serialNumber = () => bytes(15).reduce((sum, byte) => sum * 256n + BigInt(byte), 1n);
  const files: Record<string, string> = {};
  const authorities = new Map<string, { certificatePem: string; privateKeyPem: string }>();
  for (const wanted of challenge.lab.certificates) {
    let authority = authorities.get(wanted.ca);
    if (!authority) {
      const { privateKeyPem } = generateKeyPair(bytes(32));
      const certificatePem = createCertificate({
        subject: [["CN", "Podium Harbour CA"]],
        serialNumber: serialNumber(),
        notBeforeMs: startMs - CA_AGE_MS,
        notAfterMs: startMs + CA_LIFE_MS,
        privateKeyPem,
        isCa: true,
        keyUsage: ["keyCertSign", "cRLSign"],
      });
      authority = { certificatePem, privateKeyPem };
      authorities.set(wanted.ca, authority);
      files[wanted.ca] = certificatePem;
    }
    const { privateKeyPem } = generateKeyPair(bytes(32));
    files[wanted.key] = privateKeyPem;
    files[wanted.certificate] = createCertificate({
      subject: [["CN", wanted.commonName]],
      serialNumber: serialNumber(),
      notBeforeMs: startMs + parseDuration(wanted.notBefore),
      notAfterMs: startMs + parseDuration(wanted.notAfter),
      privateKeyPem,
      issuer: authority,
      dnsNames: wanted.names,
      ipAddresses: wanted.addresses,
      keyUsage: ["digitalSignature"],
      extendedKeyUsage: ["serverAuth"],
    });
  }
  return files;
}
