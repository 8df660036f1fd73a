import { civil, monthName } from "@/sim/kernel/time";
import { type Certificate, nameText, type VerifyResult } from "@/sim/network/pki";

/** `Nov 20 11:39:36 2026 GMT` */
function certificateTime(timeMs: number): string {
  const t = civil(timeMs);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${monthName(t.month)} ${String(t.day).padStart(2, " ")} ${two(t.hour)}:${two(t.minute)}:${two(t.second)} ${t.year} GMT`;
}

/** What `-v` tells of a TLS 1.3 handshake. */
export function handshakeTrace(
  leaf: Certificate | undefined,
  { verified, named, insecure, caFile }: { verified: VerifyResult; named: boolean; insecure: boolean; caFile: string },
): string[] {
  const lines = ["* ALPN: offers h2,http/1.1", "* TLSv1.3 (OUT), TLS handshake, Client hello (1):"];
  if (!insecure) lines.push(`*  CAfile: ${caFile}`, "*  CApath: /etc/ssl/certs");
  lines.push(
    "* TLSv1.3 (IN), TLS handshake, Server hello (2):",
    "* TLSv1.3 (IN), TLS handshake, Encrypted Extensions (8):",
    "* TLSv1.3 (IN), TLS handshake, Certificate (11):",
  );
  if (!verified.ok && !insecure) {
    return [
      ...lines,
      "* TLSv1.3 (OUT), TLS alert, unknown CA (560):",
      `* SSL certificate problem: ${verified.reason}`,
      "* Closing connection 0",
    ];
  }
  lines.push(
    "* TLSv1.3 (IN), TLS handshake, CERT verify (15):",
    "* TLSv1.3 (IN), TLS handshake, Finished (20):",
    "* TLSv1.3 (OUT), TLS handshake, Finished (20):",
    "* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384",
    "* ALPN: server accepted http/1.1",
  );
  if (!leaf) return lines;
  lines.push(
    "* Server certificate:",
    `*  subject: ${nameText(leaf.subject, "=")}`,
    `*  start date: ${certificateTime(leaf.notBeforeMs)}`,
    `*  expire date: ${certificateTime(leaf.notAfterMs)}`,
  );
  if (named && !insecure) lines.push("*  subjectAltName: matches the host");
  lines.push(`*  issuer: ${nameText(leaf.issuer, "=")}`);
  if (verified.ok) lines.push("*  SSL certificate verify ok.");
  else lines.push(`*  SSL certificate verify result: ${verified.reason} (${verified.code}), continuing anyway.`);
  return lines;
}
