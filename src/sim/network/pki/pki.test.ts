import { execFileSync, spawnSync } from "node:child_process";
import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Kernel } from "../../kernel/kernel";
import {
  createCertificate,
  createCertificateRequest,
  keyMatchesCertificate,
  parseCertificate,
  parseCertificateRequest,
} from "./certificate";
import { clusterPki } from "./cluster-pki";
import { nameText, parseSubject } from "./distinguished-name";
import { generateKeyPair, keyPair, parsePrivateKey, traditionalKeyPem } from "./keys";
import { generateRsaKey } from "./rsa";
import { certificateText, requestText } from "./text";
import { verifyChain } from "./verify";

const NOW = 1_767_603_600_000;
const DAY = 86_400_000;
const kernel = Kernel.create("pki", NOW);
const keys = () => generateKeyPair(kernel.randomBytes(48));

const ca = keys();
const caPem = createCertificate({
  subject: [
    ["O", "Podium"],
    ["CN", "Podium CA"],
  ],
  serialNumber: 1,
  notBeforeMs: NOW - DAY,
  notAfterMs: NOW + 3650 * DAY,
  privateKeyPem: ca.privateKeyPem,
  isCa: true,
  keyUsage: ["keyCertSign", "cRLSign"],
});
const issuer = { certificatePem: caPem, privateKeyPem: ca.privateKeyPem };
const leafKeys = keys();
const leaf = (more: object = {}) =>
  createCertificate({
    subject: [["CN", "web.example.com"]],
    serialNumber: 0x1234_5678_9abc_def0_1234n,
    notBeforeMs: NOW - DAY,
    notAfterMs: NOW + 90 * DAY,
    privateKeyPem: leafKeys.privateKeyPem,
    issuer,
    isCa: false,
    keyUsage: ["digitalSignature", "keyEncipherment"],
    extendedKeyUsage: ["serverAuth"],
    dnsNames: ["web.example.com", "*.pods.example.com"],
    ipAddresses: ["127.0.0.1"],
    ...more,
  });

test("node's own cryptography takes the certificates for what they say", () => {
  const parsed = new X509Certificate(leaf());
  expect(parsed.verify(createPublicKey(ca.publicKeyPem))).toBe(true);
  expect(parsed.checkIssued(new X509Certificate(caPem))).toBe(true);
  expect(parsed.subjectAltName).toBe("DNS:web.example.com, DNS:*.pods.example.com, IP Address:127.0.0.1");
  expect(parsed.checkPrivateKey(createPrivateKey(leafKeys.privateKeyPem))).toBe(true);
  expect(parsed.checkPrivateKey(createPrivateKey(traditionalKeyPem(parsePrivateKey(leafKeys.privateKeyPem)!)))).toBe(
    true,
  );
  expect(new Date(parsed.validTo).getTime()).toBe(NOW + 90 * DAY);
  expect(leaf()).toBe(leaf());
});

describe("verification", () => {
  const at = { atMs: NOW };
  test.each([
    ["a good chain", leaf(), caPem, { ...at, host: "web.example.com" }, undefined],
    ["an address", leaf(), caPem, { ...at, host: "127.0.0.1" }, undefined],
    ["a wildcard", leaf(), caPem, { ...at, host: "a.pods.example.com" }, undefined],
    ["a wildcard for two labels", leaf(), caPem, { ...at, host: "a.b.pods.example.com" }, [62, "hostname mismatch"]],
    ["another name", leaf(), caPem, { ...at, host: "example.com" }, [62, "hostname mismatch"]],
    ["another address", leaf(), caPem, { ...at, host: "10.0.0.1" }, [64, "IP address mismatch"]],
    ["after its time", leaf(), caPem, { atMs: NOW + 91 * DAY }, [10, "certificate has expired"]],
    ["before its time", leaf(), caPem, { atMs: NOW - 2 * DAY }, [9, "certificate is not yet valid"]],
    ["nobody trusted", leaf(), "", at, [20, "unable to get local issuer certificate"]],
    ["a self-signed leaf", caPem, "", at, [18, "self-signed certificate"]],
    ["an untrusted root in the chain", leaf() + caPem, "", at, [19, "self-signed certificate in certificate chain"]],
    ["the leaf itself trusted", leaf(), leaf(), at, undefined],
    [
      "a client's certificate",
      leaf({ extendedKeyUsage: ["clientAuth"] }),
      caPem,
      { ...at, purpose: "serverAuth" as const },
      [26, "unsuitable certificate purpose"],
    ],
    ["nothing at all", "", caPem, at, [20, "unable to get local issuer certificate"]],
  ])("%s", (_, chain, trusted, options, error) => {
    const result = verifyChain(chain, trusted, options);
    expect(result.ok ? undefined : [result.code, result.reason]).toEqual(error);
  });

  test("a chain over an intermediate, which must be a CA", () => {
    const middle = keys();
    const make = (isCa: boolean) =>
      createCertificate({
        subject: [["CN", "Middle"]],
        serialNumber: 7,
        notBeforeMs: NOW - DAY,
        notAfterMs: NOW + DAY,
        privateKeyPem: middle.privateKeyPem,
        issuer,
        isCa,
      });
    const below = (certificatePem: string) => leaf({ issuer: { certificatePem, privateKeyPem: middle.privateKeyPem } });
    expect(verifyChain(below(make(true)) + make(true), caPem, at)).toMatchObject({ ok: true });
    expect(verifyChain(below(make(true)), caPem, at)).toMatchObject({ ok: false, code: 20 });
    expect(verifyChain(below(make(false)) + make(false), caPem, at)).toMatchObject({ ok: false, code: 79, depth: 1 });
  });

  test("a certificate signed by another key of the same name", () => {
    const forger = keys();
    const forged = createCertificate({
      subject: [
        ["O", "Podium"],
        ["CN", "Podium CA"],
      ],
      serialNumber: 1,
      notBeforeMs: NOW - DAY,
      notAfterMs: NOW + DAY,
      privateKeyPem: forger.privateKeyPem,
      isCa: true,
    });
    const chain = leaf({ issuer: { certificatePem: forged, privateKeyPem: forger.privateKeyPem } });
    expect(verifyChain(chain, caPem, at)).toMatchObject({ ok: false, code: 20 });
  });
});

test("a key belongs to its certificate only", () => {
  expect(keyMatchesCertificate(leafKeys.privateKeyPem, leaf())).toBe(true);
  expect(keyMatchesCertificate(ca.privateKeyPem, leaf())).toBe(false);
  expect(keyMatchesCertificate("not a key", leaf())).toBe(false);
});

test("subjects as openssl takes and prints them", () => {
  expect(nameText(parseSubject("/C=TW/O=Acme, Inc/CN=a\\/b")!)).toBe('C = TW, O = "Acme, Inc", CN = a/b');
  expect(parseSubject("CN=x")).toBeUndefined();
});

test("broken input is undefined, not an error", () => {
  expect(parseCertificate("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")).toBeUndefined();
  expect(parseCertificate("")).toBeUndefined();
  expect(parsePrivateKey("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----")).toBeUndefined();
});

test("RSA keys are made, sign and are verified", () => {
  const key = generateRsaKey(1024, (length) => kernel.randomBytes(length));
  const pair = keyPair(key);
  const pem = createCertificate({
    subject: [["CN", "rsa"]],
    serialNumber: 2,
    notBeforeMs: NOW,
    notAfterMs: NOW + DAY,
    privateKeyPem: pair.privateKeyPem,
  });
  expect(new X509Certificate(pem).verify(createPublicKey(pair.publicKeyPem))).toBe(true);
  expect(verifyChain(pem, pem, { atMs: NOW })).toMatchObject({ ok: true });
  expect(new X509Certificate(pem).checkPrivateKey(createPrivateKey(traditionalKeyPem(key)))).toBe(true);
});

test("a cluster's API server is known under its Service's names", () => {
  const pki = clusterPki(["192.168.49.2"]);
  for (const host of ["kubernetes", "kubernetes.default.svc", "10.96.0.1", "192.168.49.2"]) {
    expect(verifyChain(pki.apiServerChainPem, pki.caCertificatePem, { atMs: NOW, host })).toMatchObject({ ok: true });
  }
});

const hasOpenssl = spawnSync("openssl", ["version"]).stdout?.toString().startsWith("OpenSSL 3.0") ?? false;

describe.skipIf(!hasOpenssl)(`against openssl${hasOpenssl ? "" : " (skipped: OpenSSL 3.0 is not installed)"}`, () => {
  const run = (...args: string[]) =>
    execFileSync("openssl", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const inFolder = (act: (folder: string) => void) => {
    const folder = mkdtempSync(join(tmpdir(), "pki-"));
    try {
      act(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test("certificates and requests print alike, and theirs are read and verified", () => {
    inFolder((folder) => {
      const file = (name: string, content: string) => {
        writeFileSync(join(folder, name), content);
        return join(folder, name);
      };
      for (const pem of [leaf(), caPem]) {
        expect(certificateText(parseCertificate(pem)!)).toBe(run("x509", "-text", "-noout", "-in", file("c.pem", pem)));
      }
      const request = createCertificateRequest({
        subject: [["CN", "web"]],
        privateKeyPem: leafKeys.privateKeyPem,
        dnsNames: ["web"],
      });
      expect(requestText(parseCertificateRequest(request)!)).toBe(
        run("req", "-text", "-noout", "-in", file("r.pem", request)),
      );
      expect(parseCertificateRequest(request)!.selfSigned).toBe(true);

      const [key, made] = [join(folder, "k.pem"), join(folder, "m.pem")];
      run(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        key,
        "-out",
        made,
        "-days",
        "2",
        "-subj",
        "/O=Podium/CN=rsa",
        "-addext",
        "subjectAltName=DNS:rsa,IP:10.0.0.1",
      );
      const rsaPem = readFileSync(made, "utf8");
      expect(certificateText(parseCertificate(rsaPem)!)).toBe(run("x509", "-text", "-noout", "-in", made));
      expect(verifyChain(rsaPem, rsaPem, { atMs: Date.now() + 60_000, host: "rsa" })).toMatchObject({ ok: true });
      expect(keyMatchesCertificate(readFileSync(key, "utf8"), rsaPem)).toBe(true);
      expect(
        run("verify", "-attime", String(NOW / 1000), "-CAfile", file("ca.pem", caPem), file("l.pem", leaf())),
      ).toContain(": OK");
    });
  });
});
