import {
  createCertificate,
  createCertificateRequest,
  nameText,
  parseCertificateRequest,
  parsePrivateKey,
  parseSubject,
  requestText,
} from "@/sim/network/pki";
import type { ToolContext } from "../tool";
import { OpensslError, parseArguments, readInput, writeOutput } from "./arguments";
import { newKey, randomSerial } from "./keys";
import { altNamesOf } from "./x509";

const DAY_MS = 86_400_000;

/** `openssl req`: makes a request, or with `-x509` a self-signed certificate; prints a request with `-text`, `-subject`. */
export async function req(argv: string[], context: ToolContext): Promise<number> {
  const args = parseArguments(
    "req",
    argv,
    ["in", "out", "key", "keyout", "newkey", "days", "subj", "addext", "config", "extensions", "passout"],
    ["new", "x509", "nodes", "noenc", "text", "noout", "subject", "verify", "sha256", "batch", "utf8"],
  );
  const makes = args.has("new") || args.has("x509") || args.has("newkey");
  if (!makes) return show(args, context);
  const { privateKeyPem } = args.value("key")
    ? await existingKey(args.value("key")!, context)
    : makeKey(args.value("newkey") ?? "rsa:2048", args.value("keyout"), context);
  const subject = parseSubject(args.value("subj") ?? (await askSubject(context)));
  if (!subject)
    throw new OpensslError(
      "req: subject name is expected to be in the format /type0=value0/type1=value1/type2=... where characters may be escaped by \\.",
    );
  const extensions = args.all("addext").join("\n");
  const { dns, ip } = altNamesOf(extensions);
  const made = args.has("x509")
    ? createCertificate({
        subject,
        serialNumber: randomSerial(context),
        notBeforeMs: context.nowMs,
        notAfterMs: context.nowMs + Number(args.value("days") ?? 30) * DAY_MS,
        privateKeyPem,
        isCa: !/CA:FALSE/i.test(extensions),
        dnsNames: dns,
        ipAddresses: ip,
      })
    : createCertificateRequest({ subject, privateKeyPem, dnsNames: dns, ipAddresses: ip });
  await writeOutput(context, args.value("out"), made);
  return 0;
}

async function existingKey(path: string, context: ToolContext): Promise<{ privateKeyPem: string }> {
  const privateKeyPem = await readInput(context, path, "private key");
  if (!parsePrivateKey(privateKeyPem)) throw new OpensslError(`Could not read private key from ${path}`);
  return { privateKeyPem };
}

function makeKey(algorithm: string, keyout: string | undefined, context: ToolContext): { privateKeyPem: string } {
  const pair = newKey(algorithm, context);
  context.stderr.write("-----\n");
  void writeOutput(context, keyout ?? "privkey.pem", pair.privateKeyPem, 0o600);
  return pair;
}

/** Without -subj the real one asks for each part; here one question stands for all. */
async function askSubject(context: ToolContext): Promise<string> {
  context.stderr.write("Common Name (e.g. server FQDN or YOUR name) []:");
  return `/CN=${((await context.stdin.readLine()) ?? "").trim()}`;
}

async function show(args: ReturnType<typeof parseArguments>, context: ToolContext): Promise<number> {
  const text = await readInput(context, args.value("in"), "certificate request");
  const request = parseCertificateRequest(text);
  if (!request)
    throw new OpensslError(
      `Could not read certificate request from ${args.value("in") ?? "<stdin>"}\nUnable to load X509 request`,
    );
  if (args.has("verify"))
    context.stderr.write(`Certificate request self-signature verify ${request.selfSigned ? "OK" : "failure"}\n`);
  let output = args.has("text") ? requestText(request) : "";
  if (args.has("subject")) output += `subject=${nameText(request.subject)}\n`;
  if (!args.has("noout")) output += text;
  await writeOutput(context, args.value("out"), output);
  return 0;
}
