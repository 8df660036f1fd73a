import type { IncomingRequest, OutgoingResponse } from "../../program";

/** A page of a health endpoint; `tls`: the server speaks nothing else. */
export function healthAnswer(
  request: IncomingRequest,
  pages: Readonly<Record<string, { status: number; body: string }>>,
  tls: boolean,
): OutgoingResponse {
  const shaken = tls && request.tls ? { tls: { chainPem: "" } } : {};
  if (!request.http || (request.tls !== undefined) !== tls) return shaken;
  const page = pages[request.http.path.replace(/\?.*$/, "")] ?? { status: 404, body: "404 page not found\n" };
  const headers: [string, string][] = [
    ["Content-Type", "text/plain; charset=utf-8"],
    ["Content-Length", String(page.body.length)],
  ];
  return { ...shaken, http: { status: page.status, headers, body: page.body } };
}
