import { createServer } from "node:http";
import type { Socket } from "node:net";
import { type Addon, DEFAULT_NODES, type NodeOptions } from "@/sim/options";
import { Lab } from "@/workstation/lab/lab";
import { listen } from "../listening";
import { labCluster } from "./backend";
import { createKubeApiHandler } from "./handler";
import { kubeconfigFor } from "./kubeconfig";
import { tokenPath } from "./users";
import { WallClock } from "./wall-clock";

export interface ServeOptions {
  /** 0 picks one. */
  port: number;
  /** Lab time per wall time. */
  speed: number;
  /** How many nodes, the control plane among them. */
  nodes?: number;
  seed: string;
  /** Left out: whoever reaches loopback may ask, except web pages. */
  token?: string;
  serviceCidr?: string;
  addons?: Addon[];
  /** Components and admission plugins that the cluster goes without. */
  without?: string[];
  /** Laid into the home of the lab's own machine. */
  files?: Record<string, string>;
  onAnswer?(method: string, path: string, status: number): void;
}

export interface ServedCluster {
  lab: Lab;
  url: string;
  kubeconfig: string;
  clock: WallClock;
  close(): Promise<void>;
}

/** One fresh cluster on loopback. */
export async function serveCluster(options: ServeOptions): Promise<ServedCluster> {
  const begun = performance.now();
  const lab = Lab.create({
    seed: options.seed,
    startMs: Date.now(),
    ...(options.files && { files: options.files }),
    cluster: {
      ...(options.nodes && { nodes: nodesOf(options.nodes) }),
      ...(options.serviceCidr && { serviceCidr: options.serviceCidr }),
      ...(options.without && { without: options.without }),
      ...(options.addons && { addons: options.addons }),
    },
  });
  const clock = new WallClock(lab, options.speed, performance.now() - begun);
  const { token, onAnswer } = options;
  const handler = createKubeApiHandler({
    cluster: labCluster(lab, clock),
    prefix: "",
    ...(token !== undefined && { token }),
    ...(onAnswer && { onAnswer }),
  });
  const server = createServer(handler.handle);
  server.on("upgrade", handler.upgrade);
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  // Watches and logs last as long as they are wanted.
  server.requestTimeout = 0;
  const url = `http://127.0.0.1:${await listen(server, options.port, "127.0.0.1")}`;
  return {
    lab,
    url,
    kubeconfig: token === undefined ? kubeconfigFor(url) : kubeconfigFor(`${url}${tokenPath(token)}`, token),
    clock,
    close: async () => {
      clock.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        // Those that were upgraded are the server's no more.
        for (const socket of sockets) socket.destroy();
      });
    },
  };
}

function nodesOf(count: number): NodeOptions[] {
  const [controlPlane, worker] = DEFAULT_NODES;
  const workers = Array.from({ length: count - 1 }, (_, index) => ({ ...worker!, name: `node-${index + 1}` }));
  return [controlPlane!, ...workers];
}
