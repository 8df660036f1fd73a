import { sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { base64FromBytes, decodeBytes, encodeBytes } from "@/posix/files/bytes";
import type { Tool, ToolContext } from "../tool";
import { OpensslError, parseArguments, readInput, writeOutput } from "./arguments";
import { generate, randomBytes, showKey } from "./keys";
import { req } from "./req";
import { sClient, verify } from "./s-client";
import { x509 } from "./x509";

const VERSION = "OpenSSL 3.0.17 1 Jul 2025 (Library: OpenSSL 3.0.17 1 Jul 2025)\n";

const COMMANDS: Record<string, (argv: string[], context: ToolContext) => Promise<number>> = {
  x509,
  req,
  verify,
  s_client: sClient,
  genrsa: (argv, context) => generate("genrsa", argv, context),
  genpkey: (argv, context) => generate("genpkey", argv, context),
  ecparam: (argv, context) => generate("ecparam", argv, context),
  rsa: (argv, context) => showKey("rsa", argv, context),
  ec: (argv, context) => showKey("ec", argv, context),
  pkey: (argv, context) => showKey("pkey", argv, context),
  dgst: digest,
  rand,
  version: async (_argv, context) => {
    await context.stdout.write(VERSION);
    return 0;
  },
};

const HASHES: Record<string, (bytes: Uint8Array) => Uint8Array> = { sha256, sha384, sha512, sha1 };

async function digest(argv: string[], context: ToolContext): Promise<number> {
  const args = parseArguments("dgst", argv, [], [...Object.keys(HASHES), "r", "hex"]);
  const name = Object.keys(HASHES).find((hash) => args.has(hash)) ?? "sha256";
  for (const file of args.rest.length > 0 ? args.rest : [undefined]) {
    const hex = bytesToHex(HASHES[name]!(encodeBytes(await readInput(context, file, "file"))));
    await context.stdout.write(
      args.has("r")
        ? `${hex} *${file ?? "stdin"}\n`
        : `${name.toUpperCase().replace("SHA", "SHA2-").replace("SHA2-1", "SHA1")}(${file ?? "stdin"})= ${hex}\n`,
    );
  }
  return 0;
}

async function rand(argv: string[], context: ToolContext): Promise<number> {
  const args = parseArguments("rand", argv, ["out"], ["hex", "base64"]);
  const length = Number(args.rest[0]);
  if (!Number.isInteger(length) || length < 0 || length > 1_048_576)
    throw new OpensslError("rand: Use -help for summary.");
  const bytes = randomBytes(context, length);
  await writeOutput(
    context,
    args.value("out"),
    args.has("hex")
      ? `${bytesToHex(bytes)}\n`
      : args.has("base64")
        ? `${base64FromBytes(bytes)}\n`
        : decodeBytes(bytes),
  );
  return 0;
}

/** OpenSSL 3 as far as certificates and keys of a cluster need it. */
export const openssl: Tool = {
  name: "openssl",
  async run(context) {
    const [, command, ...rest] = context.argv;
    if (command === undefined || command === "help") {
      await context.stdout.write(`help:\n\nCommands: ${Object.keys(COMMANDS).sort().join(" ")}\n`);
      return 0;
    }
    const run = COMMANDS[command];
    if (!run) {
      context.stderr.write(`Invalid command '${command}'; type "help" for a list.\n`);
      return 1;
    }
    try {
      return await run(rest, context);
    } catch (error) {
      if (!(error instanceof OpensslError)) throw error;
      context.stderr.write(`${error.message}\n`);
      return error.exitCode;
    }
  },
  complete: ({ words }) => (words.length === 2 ? Object.keys(COMMANDS).map((value) => ({ value })) : []),
};
