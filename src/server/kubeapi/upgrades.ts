import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { queryFlag } from "@/sim/apiserver/listing";
import type { ApiRequest } from "@/sim/apiserver/request";
import { badRequest, failure } from "@/sim/apiserver/status";
import type { ApiStream } from "@/workstation/lab/types";
import type { ClusterApi } from "./backend";
import { PodForward } from "./forward/pod-forward";
import { FORWARD_PROTOCOL, forwardOverSpdy } from "./forward/spdy-forward";
import { forwardOverChannels, forwardOverTunnel, portsOf } from "./forward/websocket-forward";
import { COMMAND_VERSIONS, commandOverSpdy } from "./streams/spdy-command";
import {
  acceptWebSocket,
  chosenProtocol,
  commandOverWebSocket,
  commandProtocol,
  isWebSocket,
  PORT_PROTOCOLS,
  TUNNEL_PROTOCOL,
} from "./streams/websocket";

const SPDY = "SPDY/3.1";
const PORTFORWARD = /\/portforward$/;

/** Serves exec, attach or port-forward over whatever the client can speak. Throws where it is refused. */
export async function serveUpgrade(
  cluster: ClusterApi,
  request: ApiRequest,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  // The streams answer GET and POST alike.
  const connect = () => cluster.connect(request);
  const forwards = PORTFORWARD.test(request.path);
  if (isWebSocket(incoming)) {
    if (forwards) return forwardWebSocket(request, incoming, socket, head, connect);
    const protocol = commandProtocol(incoming);
    if (protocol === undefined) throw unsupported(incoming);
    const stream = await connect();
    commandOverWebSocket(await acceptWebSocket(incoming, socket, head, protocol), stream);
    return;
  }
  if (incoming.headers.upgrade?.toLowerCase() !== SPDY.toLowerCase())
    throw badRequest(
      `unable to upgrade: missing upgrade headers in request: ${JSON.stringify(incoming.headers.upgrade ?? "")}`,
    );
  const version = negotiated(incoming, forwards ? [FORWARD_PROTOCOL] : COMMAND_VERSIONS);
  const stream = await connect();
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${SPDY}\r\n${version ? `X-Stream-Protocol-Version: ${version}\r\n` : ""}\r\n`,
  );
  if (head.length > 0) socket.unshift(head);
  if (forwards) forwardOverSpdy(socket, new PodForward(stream));
  else commandOverSpdy(socket, version || "channel.k8s.io", wantedStreams(request), stream);
}

async function forwardWebSocket(
  request: ApiRequest,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  connect: () => Promise<ApiStream>,
): Promise<void> {
  const tunnel = chosenProtocol(incoming, [TUNNEL_PROTOCOL]);
  const protocol = tunnel || chosenProtocol(incoming, PORT_PROTOCOLS);
  if (protocol === undefined) throw unsupported(incoming);
  const ports = tunnel ? [] : portsOf(request.query?.ports);
  const stream = await connect();
  const webSocket = await acceptWebSocket(incoming, socket, head, protocol);
  const forward = new PodForward(stream);
  if (tunnel) forwardOverTunnel(webSocket, forward);
  else forwardOverChannels(webSocket, ports, forward);
}

const wantedStreams = (request: ApiRequest) => ({
  stdin: queryFlag(request, "stdin"),
  stdout: queryFlag(request, "stdout"),
  stderr: queryFlag(request, "stderr"),
  tty: queryFlag(request, "tty"),
});

const unsupported = ({ headers }: IncomingMessage) =>
  badRequest(`unable to upgrade: unsupported protocol ${JSON.stringify(headers["sec-websocket-protocol"] ?? "")}`);

/** The first version of the client's that can be given; "" where it names none (apimachinery's `httpstream.Handshake`). */
function negotiated({ headers }: IncomingMessage, known: readonly string[]): string {
  const wanted = String(headers["x-stream-protocol-version"] ?? "")
    .split(",")
    .map((version) => version.trim())
    .filter(Boolean);
  if (wanted.length === 0) return "";
  const version = wanted.find((one) => known.includes(one));
  if (version === undefined)
    throw failure(
      403,
      "Forbidden",
      `unable to upgrade: unable to negotiate protocol: client supports [${wanted.join(" ")}], server accepts [${known.join(" ")}]`,
    );
  return version;
}
