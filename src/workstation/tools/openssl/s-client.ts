import {
  certificatePem,
  commonName,
  nameText,
  type PublicKey,
  parseCertificates,
  type VerifyResult,
  verifyChain,
} from "@/sim/network/pki";
import { SYSTEM_CA } from "../curl/transfer";
import type { ToolContext } from "../tool";
import { OpensslError, parseArguments, readInput } from "./arguments";
import { printedTime } from "./x509";

/** `openssl s_client -connect host:port`: shows what the server sent and whether it verifies. */
export async function sClient(argv: string[], context: ToolContext): Promise<number> {
  const args = parseArguments(
    "s_client",
    argv,
    ["connect", "servername", "CAfile", "verify_hostname", "starttls"],
    ["showcerts", "brief", "quiet", "tls1_2", "tls1_3", "verify_return_error", "noservername"],
  );
  const target = args.value("connect") ?? args.rest[0];
  const match = /^\[?(.+?)\]?:(\d+)$/.exec(target ?? "localhost:4433");
  if (!match) throw new OpensslError("s_client: -connect argument or target parameter malformed or ambiguous");
  const [, host, port] = match;
  const serverName = args.value("servername") ?? host!;
  const answer = await context.network({
    host: host!,
    port: Number(port),
    payload: {
      kind: "http",
      http: { method: "GET", path: "/", headers: [["Host", serverName]], body: "" },
      tls: { serverName },
    },
  });
  const errors: Partial<Record<typeof answer.outcome, string>> = {
    refused: "connect:errno=111",
    timeout: "connect:errno=110",
    unreachable: "connect:errno=113",
    "unknown-host": "BIO_lookup_ex:system lib:Name or service not known\nconnect:errno=0",
  };
  const failed = errors[answer.outcome];
  if (failed) throw new OpensslError(failed);
  await context.stdout.write("CONNECTED(00000003)\n");
  if (!answer.tls) {
    await context.stdout.write("---\nno peer certificate available\n---\nNo client certificate CA names sent\n---\n");
    throw new OpensslError("error:0A00010B:SSL routines:ssl3_get_record:wrong version number");
  }
  const caPem = args.value("CAfile")
    ? await readInput(context, args.value("CAfile"), "CA file")
    : context.files.stat(SYSTEM_CA)
      ? context.files.readFile(SYSTEM_CA)
      : "";
  const host2 = args.value("verify_hostname");
  const result = verifyChain(answer.tls.chainPem, caPem, { atMs: context.nowMs, ...(host2 && { host: host2 }) });
  context.stderr.write(verifyTrace(result, answer.tls.chainPem));
  await context.stdout.write(report(answer.tls.chainPem, result, args.has("showcerts")));
  if (args.has("quiet") || args.has("brief")) return 0;
  await context.stdin.readAll();
  context.stderr.write("DONE\n");
  return !result.ok && args.has("verify_return_error") ? 1 : 0;
}

function verifyTrace(result: VerifyResult, chainPem: string): string {
  const certificates = parseCertificates(chainPem);
  if (!result.ok)
    return `depth=${result.depth} ${result.subject}\nverify error:num=${result.code}:${result.reason}\nverify return:1\n`;
  return result.chain
    .map((certificate, depth) => ({ depth, certificate }))
    .reverse()
    .map(({ depth, certificate }) => `depth=${depth} ${nameText(certificate.subject)}\nverify return:1\n`)
    .join("")
    .concat(certificates.length === 0 ? "no certificates\n" : "");
}

function keyLine(key: PublicKey): string {
  switch (key.kind) {
    case "rsa":
      return `rsaEncryption, ${key.modulus.toString(2).length}`;
    case "ec":
      return `id-ecPublicKey, ${key.curve.slice(2)}`;
    default:
      return "ED25519, 256";
  }
}

function report(chainPem: string, result: VerifyResult, all: boolean): string {
  const certificates = parseCertificates(chainPem);
  const lines = ["---", "Certificate chain"];
  for (const [index, certificate] of certificates.entries()) {
    lines.push(
      ` ${index} s:${nameText(certificate.subject)}`,
      `   i:${nameText(certificate.issuer)}`,
      `   a:PKEY: ${keyLine(certificate.publicKey)} (bit); sigalg: ${certificate.signatureAlgorithm}`,
      `   v:NotBefore: ${printedTime(certificate.notBeforeMs)}; NotAfter: ${printedTime(certificate.notAfterMs)}`,
    );
    if (all) lines.push(certificatePem(certificate).trimEnd());
  }
  const leaf = certificates[0];
  lines.push("---", "Server certificate");
  if (leaf && !all) lines.push(certificatePem(leaf).trimEnd());
  if (leaf) lines.push(`subject=${nameText(leaf.subject)}`, `issuer=${nameText(leaf.issuer)}`);
  lines.push(
    "---",
    "No client certificate CA names sent",
    "Peer signing digest: SHA256",
    `Peer signature type: ${leaf?.publicKey.kind === "rsa" ? "RSA-PSS" : "ECDSA"}`,
    "Server Temp Key: X25519, 253 bits",
    "---",
  );
  lines.push(
    "New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384",
    "Secure Renegotiation IS NOT supported",
    "No ALPN negotiated",
    "Early data was not sent",
  );
  lines.push(`Verify return code: ${result.ok ? "0 (ok)" : `${result.code} (${result.reason})`}`, "---", "");
  return lines.join("\n");
}

/** `openssl verify -CAfile ca.pem cert.pem …` */
export async function verify(argv: string[], context: ToolContext): Promise<number> {
  const args = parseArguments(
    "verify",
    argv,
    ["CAfile", "untrusted", "verify_hostname", "verify_ip", "purpose"],
    ["verbose", "show_chain", "partial_chain"],
  );
  const caPem = args.value("CAfile") ? await readInput(context, args.value("CAfile"), "CA file") : "";
  const untrusted = args.value("untrusted")
    ? await readInput(context, args.value("untrusted"), "untrusted certificates")
    : "";
  const host = args.value("verify_hostname") ?? args.value("verify_ip");
  let exitCode = 0;
  for (const file of args.rest.length > 0 ? args.rest : [undefined]) {
    const label = file ?? "stdin";
    const result = verifyChain(`${await readInput(context, file, "certificate")}\n${untrusted}`, caPem, {
      atMs: context.nowMs,
      ...(host && { host }),
    });
    if (result.ok) {
      await context.stdout.write(`${label}: OK\n`);
      if (args.has("show_chain"))
        await context.stdout.write(
          `Chain:\n${result.chain.map((certificate, depth) => `depth=${depth}: ${commonName(certificate.subject) ? nameText(certificate.subject) : ""}${depth === 0 ? " (untrusted)" : ""}\n`).join("")}`,
        );
      continue;
    }
    exitCode = 2;
    context.stderr.write(
      `${result.subject}\nerror ${result.code} at ${result.depth} depth lookup: ${result.reason}\nerror ${label}: verification failed\n`,
    );
  }
  return exitCode;
}
