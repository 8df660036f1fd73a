import { sha1 } from "@noble/hashes/legacy.js";
import { decodeBytes, encodeBytes } from "@/posix/files/bytes";
import { inCidr } from "../../../network/address";
import { decodeBase64, encodeBase64 } from "../../../network/pki/base64";
import { type Answer, type Exchange, headerOf, logError, page } from "./exchange";
import { addressFits } from "./select";
import { expand } from "./variables";

/** `allow`, `deny` and `auth_basic`: the refusal, or undefined where the client may pass. */
export function access(exchange: Exchange): Answer | undefined {
  const { settings, incoming } = exchange;
  const rule = settings.access.find((item) => addressFits(item.who, incoming.remote.address, inCidr));
  if (rule && !rule.allow) {
    logError(exchange, "access forbidden by rule");
    return page(403);
  }
  if (settings.authBasic === undefined) return undefined;
  const challenge = page(401, [["WWW-Authenticate", `Basic realm="${expand(exchange, settings.authBasic)}"`]]);
  const [scheme, encoded] = (headerOf(exchange.http, "authorization") ?? "").split(" ");
  if (scheme?.toLowerCase() !== "basic" || encoded === undefined) return challenge;
  let pair: string;
  try {
    pair = decodeBytes(decodeBase64(encoded));
  } catch {
    return challenge;
  }
  const colon = pair.indexOf(":");
  const user = pair.slice(0, colon);
  const lines = passwordLines(exchange);
  if (!lines) return page(403);
  const line = lines.find((item) => item.startsWith(`${user}:`));
  if (colon < 0 || !line) {
    logError(exchange, `user "${user}" was not found in "${settings.authFile}"`);
    return challenge;
  }
  if (passwordFits(line.slice(user.length + 1).split(":")[0]!, pair.slice(colon + 1))) {
    exchange.user = user;
    return undefined;
  }
  logError(exchange, `user "${user}": password mismatch`);
  return challenge;
}

function passwordLines(exchange: Exchange): string[] | undefined {
  const { authFile } = exchange.settings;
  try {
    return exchange.context.files.readFile(authFile ?? "").split("\n");
  } catch {
    logError(exchange, `open() "${authFile}" failed (2: No such file or directory)`);
    return undefined;
  }
}

function passwordFits(stored: string, given: string): boolean {
  if (stored.startsWith("{PLAIN}")) return stored.slice(7) === given;
  if (stored.startsWith("{SHA}")) return stored.slice(5) === encodeBase64(sha1(encodeBytes(given)));
  return false;
}

export function stubStatus(exchange: Exchange): Answer {
  const { connections } = exchange.counters;
  const body = `Active connections: 1 \nserver accepts handled requests\n ${connections} ${connections} ${connections} \nReading: 0 Writing: 1 Waiting: 0 \n`;
  return { kind: "response", status: 200, headers: [], body, type: "text/plain" };
}
