import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

const digest = (text: string) => createHash("sha256").update(text).digest();

const isToken = (given: string, token: string) => timingSafeEqual(digest(given), digest(token));

/** Where a token may stand in the path: kubectl sends none in headers unless the connection is encrypted. */
const IN_PATH = "/token/";

export const tokenPath = (token: string): string => `${IN_PATH}${encodeURIComponent(token)}`;

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/**
 * A page that a browser shows sends the Origin of another host, or a Host that only pretends to be this one. Python's WebSocket client sends
 * the server's own address as its Origin.
 */
const isLocalClient = ({ headers }: IncomingMessage): boolean =>
  LOOPBACK.test(headers.host ?? "") && (headers.origin === undefined || headers.origin === `http://${headers.host}`);

/** The path that a request with the right token asks for; undefined for any other request. */
export function authorizedPath(request: IncomingMessage, path: string, token: string | undefined): string | undefined {
  if (token === undefined) return isLocalClient(request) ? path : undefined;
  if (path.startsWith(IN_PATH)) {
    const [given = "", ...rest] = path.slice(IN_PATH.length).split("/");
    return isToken(given, encodeURIComponent(token)) ? `/${rest.join("/")}` : undefined;
  }
  const [scheme, given] = (request.headers.authorization ?? "").split(" ");
  return scheme?.toLowerCase() === "bearer" && isToken(given ?? "", token) ? path : undefined;
}
