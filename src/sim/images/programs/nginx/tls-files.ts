import type { FileErrorCode } from "@/posix/files/file-system";
import { parseCertificates } from "../../../network/pki/certificate";
import { parsePrivateKey, samePublicKey } from "../../../network/pki/keys";
import { type Environment, errnoText } from "./environment";
import { ConfigError, type Directive } from "./read-config";

/** Which OpenSSL an image has: that decides the words of its errors. */
type OpenSsl = "1.0" | "1.1" | "3";

function opensslOf(version: string): OpenSsl {
  const minor = Number(version.split(".")[1]);
  return minor >= 25 ? "3" : minor >= 16 ? "1.1" : "1.0";
}

/** Loads and checks the key pair of a server; the chain as PEM, or undefined where the server has none. */
export function loadCertificate(
  server: Directive,
  block: Directive[],
  http: Directive[],
  environment: Environment,
  listensSsl: boolean,
): string | undefined {
  const pick = (name: string) => block.find((item) => item.name === name) ?? http.find((item) => item.name === name);
  const certificate = pick("ssl_certificate");
  const key = pick("ssl_certificate_key");
  const openssl = opensslOf(environment.version);
  if (!certificate) {
    if (listensSsl && openssl !== "1.0") {
      throw new ConfigError('no "ssl_certificate" is defined for the "listen ... ssl" directive', server);
    }
    return undefined;
  }
  const certificatePath = absolute(certificate.args[0]!);
  if (!key) throw new ConfigError(`no "ssl_certificate_key" is defined for certificate "${certificatePath}"`);
  const keyPath = absolute(key.args[0]!);
  const chainPem = readCertificate(certificatePath, environment, openssl);
  checkKey(keyPath, chainPem, environment, openssl);
  return chainPem;
}

const absolute = (path: string) => (path.startsWith("/") ? path : `/etc/nginx/${path}`);

function readCertificate(path: string, environment: Environment, openssl: OpenSsl): string {
  const text = environment.readFile(path);
  const label = openssl === "1.0" ? "" : `cannot load certificate "${path}": `;
  if (typeof text !== "string")
    throw new ConfigError(`${label}${openError("BIO_new_file", path, text.error, openssl)}`);
  if (parseCertificates(text).length > 0) return text;
  const call = openssl === "1.0" ? `PEM_read_bio_X509_AUX("${path}")` : "PEM_read_bio_X509_AUX()";
  throw new ConfigError(`${label}${call} failed (SSL: ${NO_START_LINE[openssl]}:Expecting: TRUSTED CERTIFICATE)`);
}

function checkKey(path: string, chainPem: string, environment: Environment, openssl: OpenSsl): void {
  const text = environment.readFile(path);
  const label = openssl === "1.0" ? "" : `cannot load certificate key "${path}": `;
  const call = openssl === "1.0" ? `SSL_CTX_use_PrivateKey_file("${path}")` : "";
  if (typeof text !== "string") {
    const cause =
      openssl === "1.0" ? keyFileError(path, text.error) : openError("BIO_new_file", path, text.error, openssl);
    throw new ConfigError(`${label}${cause}`);
  }
  const key = parsePrivateKey(text);
  if (!key) {
    const read = openssl === "1.0" ? call : "PEM_read_bio_PrivateKey()";
    const cause =
      openssl === "3"
        ? "error:1E08010C:DECODER routines::unsupported:No supported data to decode."
        : `${NO_START_LINE[openssl]}:Expecting: ANY PRIVATE KEY`;
    throw new ConfigError(`${label}${read} failed (SSL: ${cause})`);
  }
  const [leaf] = parseCertificates(chainPem);
  if (leaf && samePublicKey(key.publicKey, leaf.publicKey)) return;
  const use = openssl === "1.0" ? call : `SSL_CTX_use_PrivateKey("${path}")`;
  throw new ConfigError(`${use} failed (SSL: ${MISMATCH[openssl]}:key values mismatch)`);
}

const NO_START_LINE: Record<OpenSsl, string> = {
  "1.0": "error:0906D06C:PEM routines:PEM_read_bio:no start line",
  "1.1": "error:0909006C:PEM routines:get_name:no start line",
  "3": "error:0480006C:PEM routines::no start line",
};

const MISMATCH: Record<OpenSsl, string> = {
  "1.0": "error:0B080074:x509 certificate routines:X509_check_private_key",
  "1.1": "error:0B080074:x509 certificate routines:X509_check_private_key",
  "3": "error:05800074:x509 certificate routines:",
};

function openError(call: string, path: string, code: FileErrorCode, openssl: OpenSsl): string {
  const [, number = "2", text = ""] = /^\((\d+): (.*)\)$/.exec(errnoText(code)) ?? [];
  const missing = code === "ENOENT";
  if (openssl === "3") {
    const after = missing ? "error:10000080:BIO routines::no such file" : "error:10080002:BIO routines::system lib";
    const errno = `8000${Number(number).toString(16).padStart(4, "0").toUpperCase()}`;
    return `${call}() failed (SSL: error:${errno}:system library::${text}:calling fopen(${path}, r) ${after})`;
  }
  const shown = openssl === "1.0" ? `${call}("${path}")` : `${call}()`;
  const errno = `020010${Number(number).toString(16).padStart(2, "0").toUpperCase()}`;
  const after = missing
    ? "error:2006D080:BIO routines:BIO_new_file:no such file"
    : "error:2006D002:BIO routines:BIO_new_file:system lib";
  return `${shown} failed (SSL: error:${errno}:system library:fopen:${text}:fopen('${path}','r') ${after})`;
}

function keyFileError(path: string, code: FileErrorCode): string {
  const [, number = "2", text = ""] = /^\((\d+): (.*)\)$/.exec(errnoText(code)) ?? [];
  const errno = `020010${Number(number).toString(16).padStart(2, "0").toUpperCase()}`;
  return `SSL_CTX_use_PrivateKey_file("${path}") failed (SSL: error:${errno}:system library:fopen:${text}:fopen('${path}','r') error:20074002:BIO routines:FILE_CTRL:system lib error:140B0002:SSL routines:SSL_CTX_use_PrivateKey_file:system lib)`;
}
