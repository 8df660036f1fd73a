import { sha1 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { civil, monthName } from "@/sim/kernel/time";
import {
  type Certificate,
  certificatePem,
  certificateText,
  colonHex,
  createCertificate,
  keyPair,
  nameText,
  parseCertificate,
  parseCertificateRequest,
  parsePrivateKey,
} from "@/sim/network/pki";
import type { ToolContext } from "../tool";
import { OpensslError, parseArguments, readInput, writeOutput } from "./arguments";
import { randomSerial } from "./keys";

const DAY_MS = 86_400_000;

/** `Nov 20 11:39:36 2026 GMT` */
export function printedTime(timeMs: number): string {
  const t = civil(timeMs);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${monthName(t.month)} ${String(t.day).padStart(2, " ")} ${two(t.hour)}:${two(t.minute)}:${two(t.second)} ${t.year} GMT`;
}

/** `openssl x509`: prints a certificate, or signs a request with `-req -CA … -CAkey …`. */
export async function x509(argv: string[], context: ToolContext): Promise<number> {
  const args = parseArguments(
    "x509",
    argv,
    [
      "in",
      "out",
      "checkend",
      "CA",
      "CAkey",
      "days",
      "ext",
      "nameopt",
      "set_serial",
      "extfile",
      "extensions",
      "inform",
      "outform",
      "checkhost",
      "checkip",
      "key",
      "signkey",
    ],
    [
      "text",
      "noout",
      "subject",
      "issuer",
      "dates",
      "startdate",
      "enddate",
      "serial",
      "fingerprint",
      "sha256",
      "sha1",
      "pubkey",
      "req",
      "CAcreateserial",
      "modulus",
      "hash",
      "email",
      "purpose",
    ],
  );
  if (args.has("req")) return signRequest(args, context);
  const text = await readInput(context, args.value("in"), "certificate");
  const certificate = parseCertificate(text);
  if (!certificate)
    throw new OpensslError(
      `Could not read certificate${args.value("in") ? ` from ${args.value("in")}` : " from <stdin>"}\nUnable to load certificate`,
    );
  const lines: string[] = [];
  // Printed in the order of the command line, as the real one does.
  for (const word of argv) describe(word.replace(/^-/, ""), certificate, args, lines);
  let output = lines.map((line) => (line.endsWith("\n") ? line : `${line}\n`)).join("");
  const end = args.value("checkend");
  const expires = end !== undefined && certificate.notAfterMs <= context.nowMs + Number(end) * 1000;
  if (end !== undefined) output += expires ? "Certificate will expire\n" : "Certificate will not expire\n";
  const host = args.value("checkhost") ?? args.value("checkip");
  if (!args.has("noout") && host === undefined) output += certificatePem(certificate);
  await writeOutput(context, args.value("out"), output);
  return expires ? 1 : 0;
}

function describe(
  option: string,
  certificate: Certificate,
  args: ReturnType<typeof parseArguments>,
  lines: string[],
): void {
  switch (option) {
    case "text":
      lines.push(certificateText(certificate));
      break;
    case "subject":
      lines.push(`subject=${nameText(certificate.subject)}`);
      break;
    case "issuer":
      lines.push(`issuer=${nameText(certificate.issuer)}`);
      break;
    case "dates":
      lines.push(
        `notBefore=${printedTime(certificate.notBeforeMs)}`,
        `notAfter=${printedTime(certificate.notAfterMs)}`,
      );
      break;
    case "startdate":
      lines.push(`notBefore=${printedTime(certificate.notBeforeMs)}`);
      break;
    case "enddate":
      lines.push(`notAfter=${printedTime(certificate.notAfterMs)}`);
      break;
    case "serial": {
      const hex = certificate.serialNumber.toString(16).toUpperCase();
      lines.push(`serial=${hex.length % 2 ? `0${hex}` : hex}`);
      break;
    }
    case "fingerprint": {
      const digest = args.has("sha256") ? sha256(certificate.der) : sha1(certificate.der);
      lines.push(`${args.has("sha256") ? "sha256" : "SHA1"} Fingerprint=${colonHex(digest).toUpperCase()}`);
      break;
    }
    case "ext":
      if (args.value("ext")?.includes("subjectAltName") && certificate.altNames.length > 0) {
        const names = certificate.altNames.map(({ kind, value }) => `${kind === "IP" ? "IP Address" : kind}:${value}`);
        lines.push("X509v3 Subject Alternative Name: ", `    ${names.join(", ")}`);
      } else lines.push("No extensions matched");
      break;
    case "modulus":
      lines.push(
        certificate.publicKey.kind === "rsa"
          ? `Modulus=${certificate.publicKey.modulus.toString(16).toUpperCase()}`
          : "Modulus=No modulus for this public key type",
      );
      break;
    case "checkhost":
    case "checkip": {
      const name = args.value(option)!;
      const matches = certificate.altNames.some(
        (alt) => alt.value === name || (alt.value.startsWith("*.") && name.endsWith(alt.value.slice(1))),
      );
      lines.push(
        `${option === "checkip" ? "IP" : "Hostname"} ${name} ${matches ? "does match" : "does NOT match"} certificate`,
      );
      break;
    }
  }
}

async function signRequest(args: ReturnType<typeof parseArguments>, context: ToolContext): Promise<number> {
  const request = parseCertificateRequest(await readInput(context, args.value("in"), "certificate request"));
  if (!request) throw new OpensslError(`Unable to load certificate request input file`);
  if (!request.selfSigned) throw new OpensslError("Error with certificate request self-signature");
  const caFile = args.value("CA");
  const ownKey = args.value("signkey") ?? args.value("key");
  if (!caFile && !ownKey) throw new OpensslError("We need a private key to sign with, use -key or -CA or -CAkey");
  const certificateOfCa = caFile ? await readInput(context, caFile, "CA certificate") : undefined;
  const keyText = await readInput(context, args.value("CAkey") ?? ownKey ?? caFile, "CA private key");
  const signer = parsePrivateKey(keyText);
  if (!signer || (certificateOfCa !== undefined && !parseCertificate(certificateOfCa)))
    throw new OpensslError("Could not read CA private key");
  const extensions = args.value("extfile") ? await readInput(context, args.value("extfile"), "extension file") : "";
  const names = altNamesOf(extensions);
  const signed = createCertificate({
    subject: request.subject,
    serialNumber: args.value("set_serial") ? BigInt(args.value("set_serial")!) : randomSerial(context),
    notBeforeMs: context.nowMs,
    notAfterMs: context.nowMs + Number(args.value("days") ?? 30) * DAY_MS,
    publicKey: request.publicKey,
    ...(certificateOfCa === undefined
      ? { privateKeyPem: keyPair(signer).privateKeyPem }
      : { issuer: { certificatePem: certificateOfCa, privateKeyPem: keyText } }),
    dnsNames: names.dns,
    ipAddresses: names.ip,
    isCa: /CA:TRUE/i.test(extensions),
  });
  context.stderr.write(`Certificate request self-signature ok\nsubject=${nameText(request.subject)}\n`);
  await writeOutput(context, args.value("out"), signed);
  return 0;
}

/** `subjectAltName=DNS:a,IP:1.2.3.4` of an extension file or `-addext`. */
export function altNamesOf(text: string): { dns: string[]; ip: string[] } {
  const names = { dns: [] as string[], ip: [] as string[] };
  for (const [, kind, value] of text.matchAll(/(?:^|[=,\s])(DNS|IP)(?:\.\d+)?\s*[:=]\s*([^,\s]+)/g))
    (kind === "DNS" ? names.dns : names.ip).push(value!);
  return names;
}
