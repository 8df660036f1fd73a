import type { ServerResponse } from "node:http";
import { stringify } from "yaml";
import { encodeBytes } from "@/posix/files/bytes";
import type { ApiResponse } from "@/sim/apiserver/request";
import { failure, StatusError } from "@/sim/apiserver/status";

export type Wire = "json" | "yaml";

const MEDIA_TYPES = ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"];

/** In what a client wants its answer; throws a Status where it takes nothing that can be given. */
export function negotiate(accept: string | undefined): Wire {
  const wanted = (accept ?? "*/*").split(",").map((part) => part.split(";")[0]!.trim());
  for (const type of wanted) {
    if (["application/json", "application/*", "*/*", ""].includes(type)) return "json";
    if (type === "application/yaml") return "yaml";
  }
  throw failure(
    406,
    "NotAcceptable",
    `only the following media types are accepted: ${MEDIA_TYPES.slice(0, 2).join(", ")}`,
  );
}

export function send(response: ServerResponse, answer: ApiResponse, wire: Wire = "json"): void {
  const { status, body, headers = {}, warnings = [] } = answer;
  const text = typeof body === "string";
  const content =
    text || Buffer.isBuffer(body) ? body : wire === "yaml" ? stringify(body) : `${JSON.stringify(body)}\n`;
  for (const warning of warnings) response.appendHeader("warning", `299 - ${JSON.stringify(headerText(warning))}`);
  const bytes = text ? encodeBytes(body) : typeof content === "string" ? Buffer.from(content) : content;
  response.writeHead(status, {
    "cache-control": "no-cache, private",
    "content-type": text ? "text/plain; charset=utf-8" : `application/${wire}`,
    ...headers,
    "content-length": bytes.length,
  });
  // Node itself leaves the body of an answer to HEAD out.
  response.end(bytes);
}

/** Headers carry no control characters, and texts beyond Latin-1 only as UTF-8 bytes. */
const headerText = (text: string) => Buffer.from(text.replace(/\p{Cc}+/gu, " "), "utf8").toString("latin1");

export const statusAnswer = (error: unknown): ApiResponse => {
  if (error instanceof StatusError) return { status: error.code, body: error.status };
  throw error;
};

/** What kube-apiserver's mux says, in place of a Status, of paths that it does not know. */
export const plain404: ApiResponse = { status: 404, body: "404 page not found\n" };

/** The simulated server has one Status for all that it does not route: no object is named in it. */
export const isUnrouted = ({ status, body }: ApiResponse): boolean =>
  status === 404 && (body as { message?: string }).message === "the server could not find the requested resource";
