import {
  generateKeyPair,
  generateRsaKey,
  type KeyPair,
  keyPair,
  keyText,
  parsePrivateKey,
  traditionalKeyPem,
} from "@/sim/network/pki";
import type { ToolContext } from "../tool";
import { OpensslError, parseArguments, readInput, writeOutput } from "./arguments";

const KEY_MODE = 0o600;

export const randomBytes = (context: ToolContext, length: number): Uint8Array =>
  Uint8Array.from({ length }, () => Math.floor(context.random() * 256));

export const randomSerial = (context: ToolContext): bigint =>
  randomBytes(context, 19).reduce((sum, byte) => sum * 256n + BigInt(byte), 1n);

/** A new key as `-newkey` and `genpkey` name it: `rsa:2048`, `ec` (P-256). */
export function newKey(algorithm: string, context: ToolContext): KeyPair {
  const [kind, bits] = algorithm.toLowerCase().split(":");
  if (kind === "rsa") {
    const size = Number(bits ?? 2048);
    if (!Number.isInteger(size) || size < 512) throw new OpensslError("Error setting RSA length: key size too small");
    return keyPair(generateRsaKey(size, (length) => randomBytes(context, length)));
  }
  if (kind === "ec") return generateKeyPair(randomBytes(context, 32));
  throw new OpensslError(`Error: algorithm ${algorithm} not found`);
}

/** `genrsa`, `genpkey`, `ecparam -genkey`. */
export async function generate(command: string, argv: string[], context: ToolContext): Promise<number> {
  const args = parseArguments(
    command,
    argv,
    ["out", "algorithm", "pkeyopt", "name"],
    ["genkey", "noout", "traditional", "verbose"],
  );
  const bits =
    args.rest[0] ??
    args
      .all("pkeyopt")
      .map((option) => /rsa_keygen_bits:(\d+)/.exec(option)?.[1])
      .find(Boolean) ??
    "2048";
  const algorithm = command === "ecparam" || /^ec$/i.test(args.value("algorithm") ?? "") ? "ec" : `rsa:${bits}`;
  await writeOutput(context, args.value("out"), newKey(algorithm, context).privateKeyPem, KEY_MODE);
  return 0;
}

/** `rsa`, `ec`, `pkey`: prints or converts a private key. */
export async function showKey(command: string, argv: string[], context: ToolContext): Promise<number> {
  const args = parseArguments(
    command,
    argv,
    ["in", "out"],
    ["text", "noout", "pubout", "check", "modulus", "traditional"],
  );
  const key = parsePrivateKey(await readInput(context, args.value("in"), "private key"));
  if (!key) throw new OpensslError(`Could not read private key from ${args.value("in") ?? "<stdin>"}`);
  let output = args.has("text") ? keyText(key) : "";
  if (args.has("check")) output += key.kind === "rsa" ? "RSA key ok\n" : "Key is valid\n";
  if (args.has("modulus") && key.kind === "rsa") output += `Modulus=${key.modulus.toString(16).toUpperCase()}\n`;
  if (!args.has("noout")) {
    if (!args.has("pubout")) context.stderr.write(command === "pkey" ? "" : `writing ${command.toUpperCase()} key\n`);
    output += args.has("pubout")
      ? keyPair(key).publicKeyPem
      : args.has("traditional")
        ? traditionalKeyPem(key)
        : keyPair(key).privateKeyPem;
  }
  await writeOutput(context, args.value("out"), output, KEY_MODE);
  return 0;
}
