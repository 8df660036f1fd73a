import { base64Decode } from "@/posix/files/bytes";
import { keyMatchesCertificate, parseCertificate } from "@/sim/network/pki";
import { CliError, PlainExit } from "../errors";
import type { FlagValues } from "../flags/parse";

/** The learner's own certificate: its files are not there, the lab knows who sits at its machine. */
export const LAB_CLIENT_CERTIFICATE = "/home/learner/.kube/client.crt";

/**
 * The certificate that a user of the kubeconfig, or the flags, show to the server; undefined where none is meant.
 * `read` gives a file's content, or throws. A certificate without its key is refused as client-go does.
 */
export function clientCertificateOf(
  user: Record<string, any>,
  userName: string,
  flags: FlagValues,
  read: (path: string) => string,
): string | undefined {
  const certificate = part(user, "client-certificate", userName, flags, read);
  if (certificate === undefined) return undefined;
  const key = part(user, "client-key", userName, flags, read);
  if (key === undefined)
    throw new PlainExit(
      `Error in configuration: client-key-data or client-key must be specified for ${userName} to use the clientCert authentication method.`,
    );
  if (!parseCertificate(certificate)) throw new CliError("tls: failed to find any PEM data in certificate input");
  if (!keyMatchesCertificate(key, certificate)) throw new CliError("tls: private key does not match public key");
  return certificate;
}

function part(
  user: Record<string, any>,
  field: "client-certificate" | "client-key",
  userName: string,
  flags: FlagValues,
  read: (path: string) => string,
): string | undefined {
  const given = flags.text(field);
  const data = given ? undefined : user[`${field}-data`];
  if (data) return base64Decode(String(data));
  const path: string | undefined = given || user[field];
  if (!path) return undefined;
  try {
    return read(path);
  } catch {
    if (path === LAB_CLIENT_CERTIFICATE) return undefined;
    const what = field === "client-key" ? "client-key" : "client-cert";
    throw new PlainExit(
      `Error in configuration: unable to read ${what} ${path} for ${userName} due to open ${path}: no such file or directory`,
    );
  }
}
